import { INLINE_CONTACT_FIELDS } from './contactFields';
import type { DocumentLookup } from './definition';
import { CONTACT_MEMBER, LINE_ITEMS } from './wireMembers';
import { INVOICE_LIFECYCLE } from './lifecycles';

/**
 * What stays editable once payments or credits are applied (Invoices endpoint, "Updating"; for
 * bills since 19 March 2026). `lines.tracking` stands for every tracking category.
 */
export const EDITABLE_WHEN_PAID = [
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
export function invoiceLookup(type: 'ACCREC' | 'ACCPAY'): DocumentLookup {
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

/** What sales invoices and bills have in common: they share an endpoint. */
export const INVOICE = {
	numberPath: 'invoiceNumber',
	numberName: 'InvoiceNumber',
	statusPath: 'status',
	scope: 'accounting.invoices',
	isContact: false,
	lifecycle: INVOICE_LIFECYCLE,
} as const;

/** Both kinds stand in one list, told apart by their `Type`. */
export function invoiceWire(type: 'ACCREC' | 'ACCPAY') {
	return {
		resource: 'Invoices',
		idName: 'InvoiceID',
		fixed: { Type: type },
		contact: CONTACT_MEMBER,
		lines: LINE_ITEMS,
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	};
}
