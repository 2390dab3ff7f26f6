import { DOCUMENT_TYPES } from '../../xero/documents';
import { organisationLocator } from '../organisationParameter';
import { choice, text } from '../parameters/kinds';

/** The parameters of Payment Status to Knack that say which invoices of Xero a run is about. */

export const ORGANISATION = organisationLocator(
	'The Xero organisation to read. Leave empty when the credential is connected to one only. An expression may choose it for each item.',
);

export const OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
	noDataExpression: true,
	options: [
		{
			name: 'For Invoices From Input',
			value: 'fromInput',
			description: 'The invoices that the input items are about',
			action: 'Sync payment status of invoices from input',
		},
		{
			name: 'For Everything Changed Since Last Run',
			value: 'changed',
			description: 'All invoices that changed in Xero, however old; for a schedule',
			action: 'Sync payment status of all changed invoices',
		},
	],
	default: 'fromInput',
});

const PAID = DOCUMENT_TYPES.filter(({ can }) => can.bePaid);

export const DOCUMENT = choice({
	displayName: 'Document',
	name: 'document',
	noDataExpression: true,
	options: PAID.map(({ label, type }) => ({ name: label, value: type })),
	default: PAID[0]?.type ?? '',
	description: 'Whose payments are wanted: what customers owe, or what suppliers are owed',
});

/** Worked out for each item. */
export const INVOICE_NAMED_BY = choice({
	displayName: 'Invoice Is Named By',
	name: 'invoiceNamedBy',
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
});

export const INVOICE_VALUE = text({
	displayName: 'Value',
	name: 'invoiceValue',
	default: '',
	required: true,
	placeholder: 'e.g. {{ $json["Invoice Number"] }}',
	description: 'The ID, number or reference of the invoice, usually by an expression',
	displayOptions: {
		show: { operation: ['fromInput'], invoiceNamedBy: ['id', 'number', 'reference'] },
	},
});
