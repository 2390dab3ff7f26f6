import type { CalendarDate } from '../dates';
import { DocumentsRead, pagedRead } from './bulkReading';
import type { XeroClient } from './client';
import { dateTerm } from './contactDocuments';
import type { DocumentDefinition, XeroDocument } from './documents/definition';
import { takePages } from './pages';
import { chunkByLength } from './urls';

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;
const ROOM = 1_300;

/** Days of a contact whose documents are wanted, both included. */
export interface ContactDays {
	readonly contactId: string;
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/**
 * Documents of contacts dated within their days, in every status, and perhaps others of the same
 * contacts. Invoices and bills come without their lines. One call for about 40 contacts where the
 * endpoint can be asked for contacts, else as many as there are pages in all the days. None where it
 * cannot be asked for days. Throws ServiceFaultError.
 */
export async function findDocumentsOfDays(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: readonly ContactDays[],
): Promise<readonly XeroDocument[]> {
	const { days } = definition.lookup;
	if (!days || wanted.length === 0) return [];
	// Contacts of the same time stand together, so that each call covers few days.
	const sorted = [...wanted].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	const byId = new Map(sorted.map((each) => [each.contactId, each]));
	const ids = [...byId.keys()];
	const chunks = days.takesContacts ? chunkByLength(ids, ',', ROOM, IDS_PER_CALL) : [ids];
	const found: XeroDocument[] = [];
	for (const chunk of chunks) {
		const own = sorted.filter(({ contactId }) => chunk.includes(contactId));
		found.push(...(await readDays(client, definition, own, chunk)));
	}
	return found.filter(({ contactId }) => byId.has(contactId ?? ''));
}

/**
 * Documents dated within the days given, in every status and with their lines; of some contacts
 * where those are named and the endpoint can be asked for them. Throws ServiceFaultError.
 */
export async function findWholeDocuments(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: {
		readonly from: CalendarDate;
		readonly to?: CalendarDate;
		readonly contactIds?: readonly string[];
	},
): Promise<readonly XeroDocument[]> {
	const { from, to, contactIds } = wanted;
	const range = rangeOf(definition, from, to);
	const chunks = contactIds ? chunkByLength(contactIds, ',', ROOM, IDS_PER_CALL) : [undefined];
	const read = new DocumentsRead(definition);
	for (const ids of chunks) {
		const request = pagedRead(definition, {
			...range,
			...(ids ? { ContactIDs: ids.join(',') } : undefined),
		});
		await takePages(client, request, read.take);
	}
	return read.all();
}

/** What narrows a list to documents of some days, as its endpoint takes it. */
function rangeOf(
	{ lookup: { days, where } }: DocumentDefinition,
	from: CalendarDate,
	to: CalendarDate | undefined,
): Readonly<Record<string, string>> {
	if (days?.by === 'parameters') {
		return { DateFrom: from, ...(to === undefined ? {} : { DateTo: to }) };
	}
	const terms = [where, dateTerm('>=', from), ...(to === undefined ? [] : [dateTerm('<=', to)])];
	return { where: terms.filter((term) => term !== undefined).join(' AND ') };
}

async function readDays(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: readonly ContactDays[],
	contactIds: readonly string[],
): Promise<XeroDocument[]> {
	const from = wanted.map((each) => each.from).sort()[0];
	const to = wanted
		.map((each) => each.to)
		.sort()
		.at(-1);
	const { days } = definition.lookup;
	if (!days || from === undefined || to === undefined) return [];
	const range = rangeOf(definition, from, to);
	const narrowed: Readonly<Record<string, string>> = days.takesContacts
		? { ContactIDs: contactIds.join(','), summaryOnly: 'true' }
		: {};
	const request = pagedRead(definition, { ...range, ...narrowed });
	const read = new DocumentsRead(definition);
	await takePages(client, request, read.take);
	return read.all();
}
