import { fieldList, namedTable } from '../tableParameter';
import { collection, rows } from '../parameters/collections';
import { choice, locator, number, toggle } from '../parameters/kinds';

/** The parameters of Payment Status to Knack, by their place in the panel. */

export const TABLE = namedTable({
	displayName: 'Knack Table',
	name: 'table',
	description: 'The table whose records take the payment status, such as Orders',
	example: 'object_4',
});

export const MATCH_FIELDS = collection(
	{
		displayName: 'Find Record By',
		name: 'matchFields',
		placeholder: 'Add Field',
		default: { invoiceId: '' },
		description:
			'Fields by which the record of an invoice is found, surest first: its ID, the repeating invoice that it was made from, its number, its reference. At least one.',
	},
	[
		fieldList(
			'Invoice ID',
			'invoiceId',
			'getInvoiceIdMatchFields',
			"Holds the invoice's ID in Xero; filled in once a record was found by another field",
		),
		fieldList(
			'Invoice Number',
			'invoiceNumber',
			'getInvoiceNumberMatchFields',
			'Holds the number of the invoice',
		),
		fieldList(
			'Reference',
			'reference',
			'getReferenceMatchFields',
			'Holds what the invoice has as its reference, such as an order number',
		),
		fieldList(
			'Repeating Invoice ID',
			'repeatingInvoiceId',
			'getRepeatingInvoiceMatchFields',
			'Holds the ID of the repeating invoice in Xero, so that each invoice made from it reaches the record of its subscription; filled in once that was found by reference',
		),
	],
);

export const FIELDS_TO_WRITE = collection(
	{
		displayName: 'Fields to Write',
		name: 'fieldsToWrite',
		placeholder: 'Add Field',
		default: { paymentStatus: '' },
		description: 'What goes into which field of the record; only what differs is written',
	},
	[
		fieldList(
			'Amount Credited',
			'amountCredited',
			'getAmountCreditedFields',
			'Takes the credit notes and prepayments applied',
		),
		fieldList('Amount Due', 'amountDue', 'getAmountDueFields', 'Takes what is still due'),
		fieldList('Amount Paid', 'amountPaid', 'getAmountPaidFields', 'Takes what was paid'),
		fieldList(
			'Days Overdue',
			'daysOverdue',
			'getDaysOverdueFields',
			'Takes the days since the due date. Costs a write a day for each overdue invoice',
		),
		fieldList(
			'Fully Paid Date',
			'fullyPaidDate',
			'getFullyPaidDateFields',
			'Takes the day on which nothing was due any more',
		),
		fieldList(
			'Invoice Link',
			'invoiceLink',
			'getInvoiceLinkFields',
			"Takes the address of the invoice's page in Xero",
		),
		fieldList(
			'Invoice Number',
			'invoiceNumber',
			'getInvoiceNumberFields',
			'Takes the number of the invoice',
		),
		fieldList(
			'Invoice Status',
			'invoiceStatus',
			'getInvoiceStatusFields',
			"Takes Xero's own status, such as AUTHORISED",
		),
		fieldList(
			'Invoice Total',
			'invoiceTotal',
			'getInvoiceTotalFields',
			'Takes the total of the invoice',
		),
		fieldList(
			'Last Payment Date',
			'lastPaymentDate',
			'getLastPaymentDateFields',
			'Takes the day of the latest payment',
		),
		fieldList(
			'Message',
			'message',
			'getMessageFields',
			'Takes the trouble of a record and what to do about it, and is emptied when it is gone',
		),
		fieldList(
			'Payment Status',
			'paymentStatus',
			'getPaymentStatusFields',
			'Takes words such as Paid or Overdue',
		),
	],
);

export const WORDING = rows(
	{
		displayName: 'Status Wording',
		name: 'wording',
		placeholder: 'Add Wording',
		description:
			'Your own words for a payment status. Without them the usual words are written, or the options of the field that mean the same.',
		row: { displayName: 'Wording', name: 'entries' },
	},
	[
		choice({
			displayName: 'Status',
			name: 'state',
			options: [
				{ name: 'Awaiting Approval', value: 'awaitingApproval' },
				{ name: 'Credited', value: 'credited', description: 'Settled by credit notes alone' },
				{ name: 'Deleted', value: 'deleted' },
				{ name: 'Draft', value: 'draft' },
				{ name: 'Overdue', value: 'overdue' },
				{ name: 'Overpaid', value: 'overpaid' },
				{ name: 'Paid', value: 'paid' },
				{ name: 'Part Paid', value: 'partPaid' },
				{ name: 'Part Paid and Overdue', value: 'partPaidOverdue' },
				{ name: 'Unpaid', value: 'unpaid' },
				{ name: 'Voided', value: 'voided' },
			],
			default: 'unpaid',
			unset: undefined,
		}),
		locator({
			displayName: 'Words',
			name: 'words',
			default: { mode: 'list', value: '' },
			description: 'An option of the status field, or any words when it takes text',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchStatusWords', searchable: true },
				},
				{
					displayName: 'Words',
					name: 'words',
					type: 'string',
					placeholder: 'e.g. Waiting for money',
				},
			],
		}),
	],
);

export const PREVIEW = toggle({
	displayName: 'Preview',
	name: 'preview',
	default: false,
	description: 'Whether to only show what would be written to Knack, and write nothing',
});

export const OPTIONS = collection(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	[
		toggle({
			displayName: 'Allow Writing as AI Tool',
			name: 'allowWritingAsTool',
			default: false,
			description:
				'Whether an AI agent that uses this node as a tool may write. Unless allowed, it gets previews.',
		}),
		number({
			displayName: 'Check All Unpaid Every (Days)',
			name: 'fullCheckDays',
			least: 0,
			default: 7,
			description:
				'Xero does not tell of every edit, such as of a new due date of a part-paid invoice. So all unpaid ones are looked at now and then: one Xero call for 1,000. 0 never does.',
			displayOptions: { show: { '/operation': ['changed'] } },
		}),
		toggle({
			displayName: 'Empty Fields Without a Value',
			name: 'clearWhenNone',
			default: true,
			description:
				'Whether a field is emptied when Xero has nothing for it, such as the payment date after the only payment was removed',
		}),
		toggle({
			displayName: 'Fill In Missing Invoice ID',
			name: 'fillInvoiceId',
			default: true,
			description:
				'Whether the invoice ID is written into a record that was found by number or reference, so that it is found surely from then on',
		}),
		number({
			displayName: 'First Run Looks Back (Days)',
			name: 'firstRunDays',
			least: 0,
			default: 90,
			description:
				'The first run takes all unpaid invoices and what changed in so many days. 0 takes everything there is.',
			displayOptions: { show: { '/operation': ['changed'] } },
		}),
		toggle({
			displayName: 'Include Input Fields',
			name: 'includeInput',
			default: false,
			description: 'Whether to add the fields of the input item to each result, under "input"',
			displayOptions: { show: { '/operation': ['fromInput'] } },
		}),
		number({
			displayName: 'Look Back (Hours)',
			name: 'lookBackHours',
			least: 1,
			default: 2_160,
			description:
				'How far an n8n process that has just started looks back, besides at all unpaid invoices, where no Sync State Table is chosen. What was paid while n8n was down for longer is not found. 2160 hours are 90 days.',
			displayOptions: { show: { '/operation': ['changed'] } },
		}),
		choice({
			displayName: 'When No Record Is Found',
			name: 'whenMissing',
			options: [
				{
					name: 'Needs Attention',
					value: 'attention',
					description: 'Every invoice should have its record in Knack',
				},
				{
					name: 'Skip the Invoice',
					value: 'skip',
					description: 'There are invoices in Xero that do not come from Knack',
				},
			],
			default: 'attention',
			description: 'What becomes of an invoice that no record of the table belongs to',
		}),
	],
);
