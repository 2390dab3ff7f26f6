import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { CREDIT_OF_SUPPLIERS } from '../creditSources';
import { BILL_FIELDS } from '../invoiceFields';
import { EDITABLE_WHEN_PAID, INVOICE, invoiceLookup, invoiceWire } from '../invoiceParts';
import { PURCHASE_LINE_FIELDS } from '../lineFields';
import { fieldInSlot } from '../modelFields';
import { PURCHASE_ORDER } from '../purchaseOrder';

/**
 * Xero keeps no such thing with a bill. It is named by no usual name of a column, so that workflows
 * that map by names go on as they were.
 */
const ORDER = {
	...fieldInSlot(
		'purchaseOrder',
		{ label: 'Purchase Order to Bill', maxLength: 500 },
		{ get: () => undefined, put: () => undefined },
	),
	hasOwnRequest: true,
};

export const BILL = accountingDocument({
	...INVOICE,
	type: 'bill',
	label: 'Bill',
	plural: 'bills',
	wire: invoiceWire('ACCPAY'),
	lookup: invoiceLookup('ACCPAY'),
	// Suppliers number as they like: Xero takes the same number twice.
	keys: [{ path: 'invoiceNumber', enforced: false, withinContact: true }],
	fields: [...BILL_FIELDS, ORDER],
	lineFields: PURCHASE_LINE_FIELDS,
	canBeUpdated: true,
	editableWhenPaid: [...EDITABLE_WHEN_PAID, 'plannedPaymentDate'],
	names: [],
	takesCredit: CREDIT_OF_SUPPLIERS,
	fills: {
		order: PURCHASE_ORDER,
		path: ORDER.path,
		takes: 'AUTHORISED',
		done: 'BILLED',
		asks: 'SUBMITTED',
	},
	isNumberedByThem: true,
	amounts: {
		sideOf: () => 'purchase',
		takesUnitPlaces: true,
		mustBalance: false,
		belowZero: () =>
			'Send a supplier credit note for money that the supplier owes you, or check the lines in Knack.',
	},
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: true,
		beApprovedBy: 'CreateApprovedBill',
	},
	link: (id, shortCode) => xeroClassicPage(`/AccountsPayable/Edit.aspx?InvoiceID=${id}`, shortCode),
});
