import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { formsOnCall, listsOnCall, searchesOnCall } from '../../lib/n8n/onCall';
import { apiCallProperties, apiOptionProperties } from './properties/apiCallProperties';
import { fieldProperties, fileProperties } from './properties/fieldProperties';
import { logProperties } from './properties/logProperties';
import { optionProperties, readProperties, simplifyProperty } from './properties/readProperties';
import { resourceProperties } from './properties/recordProperties';

export class Knack implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Knack',
		name: 'knack',
		icon: { light: 'file:../../icons/knack.svg', dark: 'file:../../icons/knack.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["resource"] === "api" ? "API call: " + $parameter["method"] + " " + $parameter["path"] : $parameter["resource"] === "syncLog" ? "sync log: " + ({ dailyHead: "daily head", erasePerson: "erase personal values", exportPerson: "export for a person", history: "history of a record", removeOldRows: "remove old rows" }[$parameter["operation"]] ?? "verify log") : { create: "create", upsert: "create or update", delete: "delete", get: "get", getAll: "get many", update: "update", upload: "add to record" }[$parameter["operation"]] + ": " + $parameter["resource"] }}',
		description: 'Read, create, update and delete records of a Knack app, and add files to them',
		defaults: { name: 'Knack' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'knackApi', required: true, testedBy: 'knackApiTest' },
			{
				name: 'xeroSyncOAuth2Api',
				displayName: 'Credential for Xero',
				required: true,
				displayOptions: {
					show: { resource: ['syncLog'], operation: ['history'], withXeroHistory: [true] },
				},
			},
		],
		hints: [
			{
				message:
					'Each run creates new records. If the same records may come again, use Create or Update with a field that tells them apart.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ $parameter["resource"] === "record" && $parameter["operation"] === "create" }}',
			},
		],
		properties: [
			...resourceProperties,
			...logProperties,
			...apiCallProperties,
			...fieldProperties,
			...fileProperties,
			...readProperties,
			simplifyProperty,
			...optionProperties,
			...apiOptionProperties,
		],
	};

	methods = {
		credentialTest: knackCredentialTest,
		listSearch: {
			...searchesOnCall(
				['searchTables', 'searchRecords'],
				async () => await import('../../lib/n8n/knackPickers'),
			),
			...searchesOnCall(
				['searchOrganisations'],
				async () => await import('../../lib/n8n/xeroPickers'),
			),
			...searchesOnCall(
				['searchLogTables'],
				async () => await import('../../lib/n8n/syncLog/logLists'),
			),
		},
		loadOptions: listsOnCall(
			[
				'getConnections',
				'getFieldChoices',
				'getFileFields',
				'getFilterFields',
				'getLinkableRecords',
				'getSortFields',
			],
			async () => await import('../../lib/n8n/knackPickers'),
		),
		resourceMapping: formsOnCall(
			['getRecordFields'],
			async () => await import('../../lib/n8n/knackNode/recordForm'),
		),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeKnack } = await import('../../lib/n8n/knackNode/executeKnack');
		return await executeKnack(this);
	}
}
