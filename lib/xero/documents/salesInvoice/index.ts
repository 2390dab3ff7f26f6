import { accountingDocument, xeroPage } from '../accountingDocument';
import { CREDIT_OF_CUSTOMERS } from '../creditSources';
import { SALES_INVOICE_FIELDS } from '../invoiceFields';
import { EDITABLE_WHEN_PAID, INVOICE, invoiceLookup, invoiceWire } from '../invoiceParts';
import { SALES_LINE_FIELDS } from '../lineFields';
import { ON_STOP } from '../onStop';

export const SALES_INVOICE = accountingDocument({
	...INVOICE,
	type: 'salesInvoice',
	label: 'Sales Invoice',
	plural: 'sales invoices',
	wire: invoiceWire('ACCREC'),
	lookup: invoiceLookup('ACCREC'),
	keys: [
		{ path: 'invoiceNumber', enforced: true, withinContact: false },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	fields: [...SALES_INVOICE_FIELDS, ON_STOP],
	lineFields: SALES_LINE_FIELDS,
	canBeUpdated: true,
	editableWhenPaid: [...EDITABLE_WHEN_PAID, 'reference'],
	names: [],
	takesCredit: CREDIT_OF_CUSTOMERS,
	isNumberedByThem: false,
	amounts: {
		sideOf: () => 'sale',
		takesUnitPlaces: true,
		mustBalance: false,
		belowZero: () => 'Send a credit note for money that you owe, or check the lines in Knack.',
	},
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: true,
		showFilesOnline: true,
		bePaid: true,
		beApprovedBy: 'CreateApprovedInvoice',
	},
	link: (id, shortCode) => xeroPage('invoicing/view', id, shortCode),
});
