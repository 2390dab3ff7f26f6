import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import {
	getDocumentFields,
	getFieldNames,
	getIdentityFields,
	getLineFields,
} from '../../lib/n8n/documentFormMethods';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { knackCredentialTest } from '../../lib/n8n/knackCredentialTest';
import { searchTables } from '../../lib/n8n/knackPickers';
import { getLineConnections, getWriteBackFields } from '../../lib/n8n/mapUpsert/knackLists';
import { searchOrganisations } from '../../lib/n8n/xeroPickers';
import { adoptProperties } from './properties/adoptProperties';
import { afterWritingProperties } from './properties/afterWritingProperties';
import {
	documentProperties,
	fieldProperties,
	sampleProperties,
	statusProperties,
} from './properties/documentProperties';
import { lineProperties } from './properties/lineProperties';
import { conditionProperties, optionProperties } from './properties/optionProperties';
import { numberProperties } from './properties/numberProperties';
import { organisationProperties } from './properties/organisationProperties';
import { statusRuleProperties } from './properties/statusRuleProperties';
import { statusChangeProperties } from './properties/statusChangeProperties';
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
			'={{ ({ adopt: "adopt", changeStatus: "change status", preview: "preview" }[$parameter["operation"]] ?? "create or update") + ": " + $parameter["document"].replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description:
			'Turn records into contacts, invoices and other documents in Xero, never twice, with a preview',
		defaults: { name: 'Map & Upsert to Xero' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Synced' },
			{ type: NodeConnectionTypes.Main, displayName: 'Needs Attention' },
		],
		credentials: [
			{ name: 'xeroSyncOAuth2Api', displayName: 'Credential for Xero', required: true },
			// For lines of a connected table and for writing back; which of them, one entry cannot say.
			{
				name: 'knackApi',
				displayName: 'Credential for Knack',
				required: false,
				testedBy: 'knackApiTest',
			},
		],
		properties: [
			...organisationProperties,
			...documentProperties,
			...adoptProperties,
			...sampleProperties,
			...statusChangeProperties,
			...fieldProperties,
			...numberProperties,
			...statusProperties,
			...statusRuleProperties,
			...lineProperties,
			...conditionProperties,
			...afterWritingProperties,
			...writeBackProperties,
			...optionProperties,
		],
	};

	methods = {
		credentialTest: knackCredentialTest,
		listSearch: { searchOrganisations, searchTables },
		loadOptions: { getFieldNames, getLineConnections, getWriteBackFields },
		resourceMapping: { getDocumentFields, getIdentityFields, getLineFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeMapUpsert(this);
	}
}
