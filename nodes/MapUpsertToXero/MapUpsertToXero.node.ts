import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { notForApiCall } from '../../lib/n8n/mapUpsert/notForApiCall';
import { formsOnCall, listsOnCall, searchesOnCall } from '../../lib/n8n/onCall';
import { agentNotices } from './properties/agentNotices';
import { adoptProperties } from './properties/adoptProperties';
import { compareProperties } from './properties/compareProperties';
import { shadowProperties } from './properties/shadowProperties';
import { approveProperties } from './properties/approveProperties';
import { apiCallProperties } from './properties/apiCallProperties';
import { afterWritingProperties } from './properties/afterWritingProperties';
import {
	documentProperties,
	fieldProperties,
	sampleProperties,
	statusProperties,
} from './properties/documentProperties';
import { lineProperties } from './properties/lineProperties';
import {
	conditionProperties,
	guardProperties,
	moreProperties,
	optionProperties,
} from './properties/optionProperties';
import { logProperties } from './properties/logProperties';
import { numberProperties } from './properties/numberProperties';
import { organisationProperties } from './properties/organisationProperties';
import { outputs } from './properties/outputs';
import { statusRuleProperties } from './properties/statusRuleProperties';
import { statusChangeProperties } from './properties/statusChangeProperties';
import { undoProperties } from './properties/undoProperties';
import { writeBackProperties } from './properties/writeBackProperties';

export class MapUpsertToXero implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Map & Upsert to Xero',
		name: 'mapUpsertToXero',
		icon: {
			light: 'file:../../icons/mapUpsertToXero.svg',
			dark: 'file:../../icons/mapUpsertToXero.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "apiCall" ? "API call: " + $parameter["method"] + " " + $parameter["path"] : ({ approve: "approve", undo: "undo a run" })[$parameter["operation"]] ?? (({ adopt: "adopt", changeStatus: "change status", compare: "compare", preview: "preview", shadow: "shadow" }[$parameter["operation"]] ?? "create or update") + ": " + $parameter["document"].replace(/([A-Z])/g, " $1").toLowerCase()) }}',
		description:
			'Turn records into contacts, invoices and other documents in Xero, never twice, with a preview',
		defaults: { name: 'Map & Upsert to Xero' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials: [
			{ name: 'xeroSyncOAuth2Api', displayName: 'Credential for Xero', required: true },
			// For lines of a connected table and for writing back: either of three parameters, which one entry
			// cannot say, and n8n takes the first entry of a name alone. So n8n marks none that is missing.
			{
				name: 'knackApi',
				displayName: 'Credential for Knack',
				required: false,
				testedBy: 'knackApiTest',
			},
		],
		properties: [
			...organisationProperties,
			...[
				...documentProperties,
				...agentNotices,
				...adoptProperties,
				...compareProperties,
				...shadowProperties,
				...undoProperties,
				...sampleProperties,
				...statusChangeProperties,
				...fieldProperties,
				...statusProperties,
				...lineProperties,
				...writeBackProperties,
				...logProperties,
				...optionProperties,
				...apiCallProperties,
				...guardProperties,
				...afterWritingProperties,
				...moreProperties,
				...numberProperties,
				...statusRuleProperties,
				...conditionProperties,
			].map(notForApiCall),
			...approveProperties,
		],
	};

	methods = {
		credentialTest: knackCredentialTest,
		listSearch: {
			...searchesOnCall(
				['searchOrganisations'],
				async () => await import('../../lib/n8n/xeroPickers'),
			),
			...searchesOnCall(['searchTables'], async () => await import('../../lib/n8n/knackPickers')),
			...searchesOnCall(
				['searchStopRecords'],
				async () => await import('../../lib/n8n/guardLists'),
			),
			...searchesOnCall(
				['searchLogTables'],
				async () => await import('../../lib/n8n/syncLog/logLists'),
			),
			...searchesOnCall(
				['searchLoggedRuns'],
				async () => await import('../../lib/n8n/mapUpsert/undo/runLists'),
			),
		},
		loadOptions: {
			...listsOnCall(
				['getFieldNames', 'getLineLists'],
				async () => await import('../../lib/n8n/documentFormMethods'),
			),
			...listsOnCall(['getStopFields'], async () => await import('../../lib/n8n/guardLists')),
			...listsOnCall(
				['getLineConnections', 'getWriteBackFields'],
				async () => await import('../../lib/n8n/mapUpsert/knackLists'),
			),
		},
		resourceMapping: {
			...formsOnCall(
				['getDocumentFields', 'getIdentityFields', 'getLineFields'],
				async () => await import('../../lib/n8n/documentFormMethods'),
			),
			...formsOnCall(
				['getWriteBackForm'],
				async () => await import('../../lib/n8n/mapUpsert/writeBackForm'),
			),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeMapUpsert } = await import('../../lib/n8n/mapUpsert/executeMapUpsert');
		return await executeMapUpsert(this);
	}
}
