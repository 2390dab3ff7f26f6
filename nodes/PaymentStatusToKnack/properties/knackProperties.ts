import type { INodeProperties } from 'n8n-workflow';

export const CHOOSE =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

function fieldList(
	displayName: string,
	name: string,
	loadOptionsMethod: string,
	what: string,
): INodeProperties {
	return {
		displayName: `${displayName} Field Name or ID`,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['table.value'] },
		default: '',
		description: `${what}. ${CHOOSE}.`,
	};
}

/** Where in Knack the payment status goes. */
export const knackProperties: INodeProperties[] = [
	{
		displayName: 'Knack Table',
		name: 'table',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The table whose records take the payment status, such as Orders',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTables', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. object_4',
			},
		],
	},
	{
		displayName: 'Find Record By',
		name: 'matchFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: { invoiceId: '' },
		description:
			'Fields by which the record of an invoice is found, surest first: its ID, its number, its reference. At least one.',
		options: [
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
		],
	},
	{
		displayName: 'Fields to Write',
		name: 'fieldsToWrite',
		type: 'collection',
		placeholder: 'Add Field',
		default: { paymentStatus: '' },
		description: 'What goes into which field of the record; only what differs is written',
		options: [
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
	},
	{
		displayName: 'Status Wording',
		name: 'wording',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Wording',
		default: {},
		description:
			'Your own words for a payment status. Without them the usual words are written, or the options of the field that mean the same.',
		options: [
			{
				displayName: 'Wording',
				name: 'entries',
				values: [
					{
						displayName: 'Status',
						name: 'state',
						type: 'options',
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
					},
					{
						displayName: 'Words',
						name: 'words',
						type: 'resourceLocator',
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
					},
				],
			},
		],
	},
];

export const previewProperties: INodeProperties[] = [
	{
		displayName: 'Preview',
		name: 'preview',
		type: 'boolean',
		default: false,
		description: 'Whether to only show what would be written to Knack, and write nothing',
	},
];
