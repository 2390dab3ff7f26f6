import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { listsOnCall, searchesOnCall } from '../../lib/n8n/onCall';
import { historyProperties } from './properties/historyProperties';
import { invoiceProperties } from './properties/invoiceProperties';
import {
	knackProperties,
	previewProperties,
	syncStateProperties,
} from './properties/knackProperties';
import { logProperties } from './properties/logProperties';
import { guardProperties, optionProperties } from './properties/optionProperties';

export class PaymentStatusToKnack implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Payment Status to Knack',
		name: 'paymentStatusToKnack',
		icon: {
			light: 'file:../../icons/paymentStatusToKnack.svg',
			dark: 'file:../../icons/paymentStatusToKnack.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["preview"] ? "preview: " : "") + ($parameter["operation"] === "changed" ? "everything changed" : "invoices from input") }}',
		description:
			'Write what is paid, due and overdue in Xero into the records of a Knack table, only where it differs',
		defaults: { name: 'Payment Status to Knack' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Synced' },
			{ type: NodeConnectionTypes.Main, displayName: 'Needs Attention' },
		],
		credentials: [
			{ name: 'xeroSyncOAuth2Api', displayName: 'Credential for Xero', required: true },
			{
				name: 'knackApi',
				displayName: 'Credential for Knack',
				required: true,
				testedBy: 'knackApiTest',
			},
		],
		hints: [
			{
				message:
					'Nothing is chosen to find records by. Choose at least one field under Find Record By; the one with the Xero invoice ID is the surest.',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ !$parameter["matchFields"]["invoiceId"] && !$parameter["matchFields"]["invoiceNumber"] && !$parameter["matchFields"]["reference"] }}',
			},
			{
				message:
					'Records are found by reference only, which may be repeated. Add a field with the Xero invoice ID under Find Record By: it is filled in for you.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ !$parameter["matchFields"]["invoiceId"] && !$parameter["matchFields"]["invoiceNumber"] && !!$parameter["matchFields"]["reference"] }}',
			},
			{
				message:
					'No Sync State Table is chosen, so each process of n8n (every worker is one) remembers by itself how far it came, and one that has just started looks back, as far as Look Back (Hours) among the options says (90 days unless set). Choose a Sync State Table to have the place kept in Knack for all of them.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'always',
				displayCondition:
					'={{ $parameter["operation"] === "changed" && !$parameter["syncStateTable"]?.["value"] }}',
			},
		],
		properties: [
			...invoiceProperties,
			...knackProperties,
			...historyProperties,
			...syncStateProperties,
			...logProperties,
			...previewProperties,
			...optionProperties,
			...guardProperties,
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
				['searchHistoryTables'],
				async () => await import('../../lib/n8n/paymentStatus/historyLists'),
			),
			...searchesOnCall(
				['searchLogTables'],
				async () => await import('../../lib/n8n/syncLog/logLists'),
			),
			...searchesOnCall(
				['searchSyncStateTables'],
				async () => await import('../../lib/n8n/paymentStatus/syncStateLists'),
			),
			...searchesOnCall(
				['searchStatusWords'],
				async () => await import('../../lib/n8n/paymentStatus/fieldLists'),
			),
		},
		loadOptions: {
			...listsOnCall(['getStopFields'], async () => await import('../../lib/n8n/guardLists')),
			...listsOnCall(
				[
					'getInvoiceIdMatchFields',
					'getInvoiceNumberMatchFields',
					'getReferenceMatchFields',
					'getRepeatingInvoiceMatchFields',
				],
				async () => (await import('../../lib/n8n/paymentStatus/fieldLists')).matchLists,
			),
			...listsOnCall(
				[
					'getPaymentStatusFields',
					'getAmountPaidFields',
					'getAmountDueFields',
					'getAmountCreditedFields',
					'getInvoiceTotalFields',
					'getLastPaymentDateFields',
					'getFullyPaidDateFields',
					'getDaysOverdueFields',
					'getInvoiceStatusFields',
					'getInvoiceNumberFields',
					'getInvoiceLinkFields',
					'getMessageFields',
				],
				async () => (await import('../../lib/n8n/paymentStatus/fieldLists')).targetLists,
			),
			...listsOnCall(
				[
					'getHistoryRecordFields',
					'getHistoryKeyFields',
					'getHistoryDateFields',
					'getHistoryAmountFields',
					'getHistoryCurrencyFields',
					'getHistoryKindFields',
					'getHistoryReferenceFields',
					'getHistoryStatusFields',
					'getHistoryLinkFields',
				],
				async () => (await import('../../lib/n8n/paymentStatus/historyLists')).historyLists,
			),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executePaymentStatus } = await import(
			'../../lib/n8n/paymentStatus/executePaymentStatus'
		);
		return await executePaymentStatus(this);
	}
}
