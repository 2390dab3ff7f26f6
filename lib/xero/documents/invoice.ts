import { accountingDocument, xeroClassicPage, xeroPage } from './accountingDocument';
import { INLINE_CONTACT_FIELDS } from './contactFields';
import type { DocumentLookup } from './definition';
import { BILL_FIELDS, SALES_INVOICE_FIELDS } from './invoiceFields';
import { PURCHASE_LINE_FIELDS, SALES_LINE_FIELDS } from './lineFields';

/** Moves that Xero allows by request; PAID comes and goes with payments alone. */
const STATUS_MOVES = {
	DRAFT: ['SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['DRAFT', 'AUTHORISED', 'DELETED'],
	AUTHORISED: ['VOIDED'],
	PAID: [],
	VOIDED: [],
	DELETED: [],
};

/**
 * What stays editable once payments or credits are applied (Invoices endpoint, "Updating"; for
 * bills since 19 March 2026). `lines.tracking` stands for every tracking category.
 */
const EDITABLE_WHEN_PAID = [
	'dueDate',
	'invoiceNumber',
	'brandingThemeID',
	'url',
	...INLINE_CONTACT_FIELDS.map((field) => field.path),
	'lines.description',
	'lines.accountCode',
	'lines.accountID',
	'lines.tracking',
];

/** Numbers and references are looked up in every status: a voided invoice keeps its number. */
function invoiceLookup(type: 'ACCREC' | 'ACCPAY'): DocumentLookup {
	return {
		ids: { by: 'list', parameter: 'IDs' },
		values: {
			invoiceNumber: { by: 'list', parameter: 'InvoiceNumbers' },
			reference: { by: 'where', name: 'Reference' },
		},
		query: {
			Statuses: 'DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED',
			includeArchived: 'true',
			order: 'InvoiceID',
		},
		where: `Type=="${type}"`,
		hasSearch: true,
		days: { by: 'where', takesContacts: true },
		tellsOwn: true,
		pageSize: 1000,
		takesPageSize: true,
	};
}

const SHARED = {
	resource: 'Invoices',
	idName: 'InvoiceID',
	numberPath: 'invoiceNumber',
	numberName: 'InvoiceNumber',
	statusPath: 'status',
	scope: 'accounting.invoices',
	hasContact: true,
	takesUnitPlaces: true,
	defaultStatus: 'DRAFT',
	postedStatuses: ['AUTHORISED', 'PAID'],
	statusMoves: STATUS_MOVES,
	closedStatuses: ['VOIDED', 'DELETED'],
	goneStatuses: ['VOIDED', 'DELETED'],
} as const;

export const SALES_INVOICE = accountingDocument({
	...SHARED,
	type: 'salesInvoice',
	label: 'Sales Invoice',
	plural: 'sales invoices',
	fixed: { Type: 'ACCREC' },
	lookup: invoiceLookup('ACCREC'),
	keys: [
		{ path: 'invoiceNumber', enforced: true, withinContact: false },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	fields: SALES_INVOICE_FIELDS,
	lineFields: SALES_LINE_FIELDS,
	editableWhenPaid: [...EDITABLE_WHEN_PAID, 'reference'],
	link: (id, shortCode) => xeroPage('invoicing/view', id, shortCode),
});

export const BILL = accountingDocument({
	...SHARED,
	type: 'bill',
	label: 'Bill',
	plural: 'bills',
	fixed: { Type: 'ACCPAY' },
	lookup: invoiceLookup('ACCPAY'),
	// Suppliers number as they like: Xero takes the same number twice.
	keys: [{ path: 'invoiceNumber', enforced: false, withinContact: true }],
	fields: BILL_FIELDS,
	lineFields: PURCHASE_LINE_FIELDS,
	editableWhenPaid: [...EDITABLE_WHEN_PAID, 'plannedPaymentDate'],
	link: (id, shortCode) => xeroClassicPage(`/AccountsPayable/Edit.aspx?InvoiceID=${id}`, shortCode),
});
