import type { CalendarDate } from '../dates';
import { documentsOf, readAllIfCheaper } from './bulkReading';
import type { XeroClient } from './client';
import type { DocumentDefinition, XeroDocument } from './documents/definition';
import { readPagesFrom } from './pages';
import { chunkByLength } from './urls';

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;
const ROOM = 1_300;

/** `Date>=DateTime(2026,11,01)`, as `where` takes a day. */
export function dateTerm(operator: string, date: CalendarDate): string {
	return `Date${operator}DateTime(${date.replaceAll('-', ',')})`;
}

/**
 * Invoices or bills of some contacts, dated within the days given (both included), without their
 * lines; voided and deleted ones left out. Throws ServiceFaultError.
 */
export async function findDocumentsOfContacts(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: {
		readonly contactIds: readonly string[];
		readonly from: CalendarDate;
		readonly to: CalendarDate;
	},
): Promise<readonly XeroDocument[]> {
	const { lookup, resource } = definition;
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
	const whole =
		chunks.length > 2
			? await readAllIfCheaper(client, definition, query, chunks.length - 1)
			: undefined;
	if (whole) {
		const contacts = new Set(wanted.contactIds);
		return documentsOf(definition, whole).filter(({ contactId }) => contacts.has(contactId ?? ''));
	}
	const found: XeroDocument[] = [];
	for (const ids of chunks) {
		const request = {
			path: `/${resource}`,
			query: { ...lookup.query, ...query, ContactIDs: ids.join(',') },
			listName: resource,
			pageSize: 1000,
			takesPageSize: true,
		};
		const elements = await readPagesFrom(client, request, 1);
		found.push(...elements.map((element) => definition.read(element)));
	}
	return found;
}
