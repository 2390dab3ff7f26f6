import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { listsOnCall, searchesOnCall } from '../../lib/n8n/onCall';
import { insightProperties } from './properties/insightProperties';

export class XeroInsights implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Xero Insights',
		name: 'xeroInsights',
		icon: {
			light: 'file:../../icons/xeroInsights.svg',
			dark: 'file:../../icons/xeroInsights.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toLowerCase() + ($parameter["asOf"] ? ": " + String($parameter["asOf"]).slice(0, 10) : "") }}',
		description:
			"See the money in Xero as rows that agree with Xero's own ledger, or say by how much they do not",
		defaults: { name: 'Xero Insights' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'xeroSyncOAuth2Api',
				displayName: 'Credential for Xero',
				required: true,
				displayOptions: { hide: { resource: ['report'] } },
			},
			{
				name: 'knackApi',
				displayName: 'Credential for Knack',
				required: false,
				displayOptions: { hide: { resource: ['report'] } },
				testedBy: 'knackApiTest',
			},
		],
		hints: [
			{
				message:
					'With Rows, a day on which there is nothing to show gives no item, and the nodes behind are not run. Choose One Item, or switch on Always Output Data, where they should be.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $parameter["output"] === "rows" }}',
			},
		],
		properties: insightProperties,
	};

	methods = {
		credentialTest: knackCredentialTest,
		listSearch: {
			...searchesOnCall(
				['searchOrganisations'],
				async () => await import('../../lib/n8n/xeroPickers'),
			),
			...searchesOnCall(['searchTables'], async () => await import('../../lib/n8n/knackPickers')),
		},
		loadOptions: {
			...listsOnCall(
				['getKeyFields', 'getColumnFields'],
				async () => await import('../../lib/n8n/insights/knackLists'),
			),
			...listsOnCall(
				[
					'getHealthAmountFields',
					'getHealthFields',
					'getPlannedAmountFields',
					'getPlannedDateFields',
					'getPlannedFields',
					'getUnbilledAmountFields',
					'getUnbilledDateFields',
					'getUnbilledFields',
				],
				async () => await import('../../lib/n8n/insights/knackFieldLists'),
			),
			...listsOnCall(
				['getAccounts', 'getNumberFields', 'getTrackingCategories'],
				async () => await import('../../lib/n8n/insights/lists'),
			),
			...listsOnCall(
				['getFieldChoices', 'getFields', 'getFilterFields', 'getLinkableRecords'],
				async () => await import('../../lib/n8n/knackPickers'),
			),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeInsights } = await import('../../lib/n8n/insights/executeInsights');
		return await executeInsights(this);
	}
}
