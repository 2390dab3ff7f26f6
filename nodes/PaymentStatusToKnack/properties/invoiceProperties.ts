import type { INodeProperties } from 'n8n-workflow';

/** Which invoices of Xero a run is about. */
export const invoiceProperties: INodeProperties[] = [
	{
		displayName: 'Organisation',
		name: 'organisation',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The Xero organisation to read. Leave empty when the credential is connected to one only. An expression may choose it for each item.',
		hint: 'Nothing in the list? Open the Xero credential, choose Connect my account, and tick an organisation',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOrganisations', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f8d5c7a-1b2c-4d3e-8f9a-0b1c2d3e4f5a',
			},
		],
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'For Everything Changed Since Last Run',
				value: 'changed',
				description: 'All invoices that changed in Xero, however old; for a schedule',
				action: 'Sync payment status of all changed invoices',
			},
			{
				name: 'For Invoices From Input',
				value: 'fromInput',
				description: 'The invoices that the input items are about',
				action: 'Sync payment status of invoices from input',
			},
		],
		default: 'fromInput',
	},
	{
		displayName: 'Document',
		name: 'document',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Bill', value: 'bill' },
			{ name: 'Sales Invoice', value: 'salesInvoice' },
		],
		default: 'salesInvoice',
		description: 'Whose payments are wanted: what customers owe, or what suppliers are owed',
	},
	{
		displayName: 'Invoice Is Named By',
		name: 'invoiceNamedBy',
		type: 'options',
		options: [
			{
				name: 'The Item Itself',
				value: 'item',
				description: 'A result of Map & Upsert to Xero, an event of Xero Trigger, or an invoice',
			},
			{
				name: 'Invoice ID',
				value: 'id',
				description: "Xero's own ID, or the address of the invoice's page in Xero",
			},
			{ name: 'Invoice Number', value: 'number', description: 'Such as INV-0042' },
			{ name: 'Reference', value: 'reference' },
		],
		default: 'item',
		description: 'How an item says which invoice it is about',
		displayOptions: { show: { operation: ['fromInput'] } },
	},
	{
		displayName: 'Value',
		name: 'invoiceValue',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json["Invoice Number"] }}',
		description: 'The ID, number or reference of the invoice, usually by an expression',
		displayOptions: {
			show: { operation: ['fromInput'], invoiceNamedBy: ['id', 'number', 'reference'] },
		},
	},
];
