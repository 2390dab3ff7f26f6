import type { XeroEvent } from '../../xero/webhookDelivery';

/** The kinds of documents that events tell of and that can be read. */
export type WatchedKind = 'invoice' | 'contact' | 'creditNote' | 'prepayment' | 'overpayment';

/** How documents of a kind are read, by id and by when they changed. */
export interface WatchedDocuments {
	readonly kind: WatchedKind;
	readonly resource: string;
	readonly idName: string;
	/** Whether `IDs` takes many; otherwise a `where` does. */
	readonly takesIds: boolean;
	/** Sent with every read, so that nothing is left out. */
	readonly query: Readonly<Record<string, string>>;
}

const UNIT_PLACES = { unitdp: '4' };

export const WATCHED: Readonly<Record<WatchedKind, WatchedDocuments>> = {
	invoice: {
		kind: 'invoice',
		resource: 'Invoices',
		idName: 'InvoiceID',
		takesIds: true,
		// Removed ones come only when they are asked for.
		query: { ...UNIT_PLACES, Statuses: 'DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED' },
	},
	contact: {
		kind: 'contact',
		resource: 'Contacts',
		idName: 'ContactID',
		takesIds: true,
		query: { includeArchived: 'true' },
	},
	creditNote: {
		kind: 'creditNote',
		resource: 'CreditNotes',
		idName: 'CreditNoteID',
		takesIds: false,
		query: UNIT_PLACES,
	},
	prepayment: {
		kind: 'prepayment',
		resource: 'Prepayments',
		idName: 'PrepaymentID',
		takesIds: false,
		query: UNIT_PLACES,
	},
	overpayment: {
		kind: 'overpayment',
		resource: 'Overpayments',
		idName: 'OverpaymentID',
		takesIds: false,
		query: UNIT_PLACES,
	},
};

const KINDS: Readonly<Record<string, WatchedKind>> = {
	INVOICE: 'invoice',
	CONTACT: 'contact',
	CREDITNOTE: 'creditNote',
	PREPAYMENT: 'prepayment',
	OVERPAYMENT: 'overpayment',
};

/** Categories that the node's list offers by name; every other one is "anything else". */
export const NAMED_CATEGORIES: readonly string[] = [...Object.keys(KINDS), 'PAYMENT'];

/**
 * Xero's categories in one spelling: which name payments have was not to be seen when they came
 * (XeroAPI/Xero-OpenAPI, changelog of version 20.0.0), so spaces, plurals and the address count.
 */
export function categoryOf({ category, resourceUrl }: XeroEvent): string {
	const spelled = category.replace(/[^A-Z]/g, '').replace(/S$/, '');
	if (NAMED_CATEGORIES.includes(spelled)) return spelled;
	const named = /\/(\w+?)s?\/[^/]+$/.exec(resourceUrl)?.[1]?.toUpperCase() ?? '';
	return NAMED_CATEGORIES.includes(named) ? named : category;
}

/** The kind of document that a category is about; undefined for payments and what is not known. */
export function kindOfCategory(category: string): WatchedKind | undefined {
	return KINDS[category];
}

/** Whether something can be read for an event, or it is passed on as it is. */
export function leadsToDocument(event: XeroEvent): boolean {
	return NAMED_CATEGORIES.includes(categoryOf(event));
}

/** A document's key in the memory of what was handed on. */
export function documentKey(organisationId: string, kind: WatchedKind, id: string): string {
	return `${organisationId.slice(0, 8)}${kind}${id.replaceAll('-', '')}`;
}
