import type { CalendarDate } from '../dates';
import { pagedRead, readAllIfCheaper, takeDocuments } from './bulkReading';
import type { XeroClient } from './client';
import type { DocumentDefinition, XeroDocument } from './documents/definition';
import { takePages } from './pages';
import { chunkByLength } from './urls';

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;
const ROOM = 1_300;

/** `Date>=DateTime(2026,11,01)`, as `where` takes a day. */
export function dateTerm(operator: string, date: CalendarDate): string {
	return `Date${operator}DateTime(${date.replaceAll('-', ',')})`;
}

/** Documents of some contacts, dated within the days given (both included). */
export interface ContactsAndDays {
	readonly contactIds: readonly string[];
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** A term of a `where` for them, by what Xero documents as optimised. */
export function contactsAndDaysTerm({ contactIds, from, to }: ContactsAndDays): string {
	const contacts = contactIds.map((id) => `Contact.ContactID==guid("${id}")`).join(' OR ');
	return `((${contacts}) AND ${dateTerm('>=', from)} AND ${dateTerm('<=', to)})`;
}

/** Whether a document is one of them, and not out of the books. */
export function isOfContactsAndDays(
	{ lifecycle: { gone } }: DocumentDefinition,
	document: XeroDocument,
	{ contactIds, from, to }: ContactsAndDays,
): boolean {
	const date = String(document.fields.date ?? '');
	return (
		contactIds.includes(document.contactId ?? '') &&
		from <= date &&
		date <= to &&
		!gone.includes(document.status ?? '')
	);
}

/**
 * Invoices or bills of some contacts, dated within the days given (both included), without their
 * lines; voided and deleted ones left out. Throws ServiceFaultError.
 */
export async function findDocumentsOfContacts(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: ContactsAndDays,
): Promise<readonly XeroDocument[]> {
	const { lookup, wire } = definition;
	const where = [lookup.where, dateTerm('>=', wanted.from), dateTerm('<=', wanted.to)]
		.filter((term) => term !== undefined)
		.join(' AND ');
	const query = {
		Statuses: 'DRAFT,SUBMITTED,AUTHORISED,PAID',
		where,
		summaryOnly: 'true',
	};
	const chunks = chunkByLength(wanted.contactIds, ',', ROOM, IDS_PER_CALL);
	// Of many contacts it takes fewer calls to read all documents of the days.
	const contacts = new Set(wanted.contactIds);
	const found = new Map<string, XeroDocument>();
	const take = takeDocuments(definition, (document) => {
		if (contacts.has(document.contactId ?? '')) found.set(document.id, document);
	});
	const all = pagedRead(definition, query);
	if (chunks.length > 2 && (await readAllIfCheaper(client, all, chunks.length - 1, take))) {
		return [...found.values()];
	}
	for (const ids of chunks) {
		const request = {
			path: `/${wire.resource}`,
			query: { ...lookup.query, ...query, ContactIDs: ids.join(',') },
			listName: wire.resource,
			pageSize: 1000,
			takesPageSize: true,
		};
		await takePages(client, request, take);
	}
	return [...found.values()];
}

/** Documents dated within the days given (both included), without those out of the books. Throws ServiceFaultError. */
export async function findDocumentsOfDays(
	client: XeroClient,
	definition: DocumentDefinition,
	{ from, to }: Pick<ContactsAndDays, 'from' | 'to'>,
): Promise<readonly XeroDocument[]> {
	const { lookup, lifecycle } = definition;
	const where = [lookup.where, dateTerm('>=', from), dateTerm('<=', to)]
		.filter((term) => term !== undefined)
		.join(' AND ');
	const found = new Map<string, XeroDocument>();
	const take = takeDocuments(definition, (document) => {
		if (!lifecycle.gone.includes(document.status ?? '')) found.set(document.id, document);
	});
	await takePages(client, pagedRead(definition, { where }), take);
	return [...found.values()];
}
