import type { Decimal } from '../money';
import { decimal } from '../money';
import { pagedRead, takeDocuments } from './bulkReading';
import type { XeroClient } from './client';
import type { DocumentDefinition, XeroDocument } from './documents/definition';
import { mayHaveMore, readPage, takePages } from './pages';
import { chunkByLength } from './urls';

/** Room that the address and the other parameters take in a URL. */
const ROOM = 1_300;
/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
export const CONTACTS_PER_CALL = 40;

/** Newest documents of an organisation, or of some contacts. */
export interface NewestDocuments {
	/** With their lines, the newest first, in whatever status but deleted. */
	readonly documents: readonly XeroDocument[];
	/** Whether there are no others. */
	readonly isWhole: boolean;
}

/**
 * The newest documents with their lines, at most so many pages of them: one call for each. Of
 * some contacts where those are named, no more than `CONTACTS_PER_CALL`. Throws ServiceFaultError.
 */
export async function readNewestDocuments(
	client: XeroClient,
	definition: DocumentDefinition,
	{ pages, contactIds }: { readonly pages: number; readonly contactIds?: readonly string[] },
): Promise<NewestDocuments> {
	const request = pagedRead(definition, {
		...(definition.lookup.where === undefined ? {} : { where: definition.lookup.where }),
		Statuses: 'DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED',
		order: 'Date DESC',
		...(contactIds ? { ContactIDs: contactIds.join(',') } : {}),
	});
	const found = new Map<string, XeroDocument>();
	const take = takeDocuments(definition, (document) => found.set(document.id, document));
	for (let page = 1; page <= pages; page += 1) {
		const read = await readPage(client, request, page);
		const hasMore = mayHaveMore(read, page, request.pageSize);
		await take(read.elements);
		if (!hasMore) return { documents: [...found.values()], isWhole: true };
	}
	return { documents: [...found.values()], isWhole: false };
}

/** What contacts owe of documents in one currency, by contact. */
export type AmountsDue = ReadonlyMap<string, ReadonlyMap<string, Decimal>>;

/**
 * What is due of the approved documents of contacts, by contact and currency; credits that are not
 * put against a document are not counted. One call for 40 contacts. Throws ServiceFaultError.
 */
export async function readAmountsDue(
	client: XeroClient,
	definition: DocumentDefinition,
	contactIds: readonly string[],
): Promise<AmountsDue> {
	const due = new Map<string, Map<string, Decimal>>();
	const take = takeDocuments(definition, ({ contactId = '', amounts }) => {
		if (amounts?.amountDue === undefined) return;
		const ofContact = due.get(contactId) ?? new Map<string, Decimal>();
		const before = ofContact.get(amounts.currency) ?? decimal(0);
		due.set(contactId, ofContact.set(amounts.currency, before.plus(amounts.amountDue)));
	});
	const query = {
		...(definition.lookup.where === undefined ? {} : { where: definition.lookup.where }),
		Statuses: 'AUTHORISED',
		summaryOnly: 'true',
	};
	const chunks = chunkByLength(contactIds, ',', ROOM, CONTACTS_PER_CALL);
	// Of many contacts all that is due is asked for: a thousand documents a call.
	if (chunks.length > 1) await takePages(client, pagedRead(definition, query), take);
	else {
		for (const ids of chunks) {
			await takePages(client, pagedRead(definition, { ...query, ContactIDs: ids.join(',') }), take);
		}
	}
	return due;
}
