import { z } from '../../vendor/zod';
import type { WireElement } from '../../xero/documents/definition';
import { chunkByLength, LONGEST_URL } from '../../xero/urls';
import { bookList, type Books } from './books';
import { pagesOf } from './pagesOf';
import { readStrictly, wireId, wireText } from './strictly';

interface BookedContact {
	readonly id: string;
	readonly name: string;
	readonly email?: string;
	/** The contact that it was merged into, which has its documents since. */
	readonly mergedToId?: string;
}

const contactElement = z.object({
	ContactID: wireId,
	Name: wireText,
	EmailAddress: wireText,
	MergedToContactID: wireText,
});

function readContact(element: WireElement): BookedContact {
	const read = readStrictly(contactElement, element, '/Contacts', element.Name);
	return {
		id: read.ContactID,
		name: read.Name ?? '',
		email: read.EmailAddress,
		mergedToId: read.MergedToContactID?.toLowerCase(),
	};
}

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;

/** Contacts that something names. `ids` are joined by commas. */
export const contactsByIds = bookList(
	async ({ client }, { ids }: { readonly ids: string }): Promise<readonly BookedContact[]> => {
		const found: BookedContact[] = [];
		const wanted = ids.split(',').filter((id) => id !== '');
		for (const chunk of chunkByLength(wanted, ',', LONGEST_URL - 500, IDS_PER_CALL)) {
			const query = { IDs: chunk.join(','), includeArchived: 'true' };
			for (const one of await pagesOf(client, 'Contacts', query, readContact)) found.push(one);
		}
		return found;
	},
);

/** What a contact is known by. */
export interface ListedContact {
	readonly id: string;
	readonly name: string;
	readonly number: string | undefined;
	readonly isArchived: boolean;
}

const listedElement = z.object({
	ContactID: wireId,
	Name: wireText,
	ContactNumber: wireText,
	ContactStatus: wireText,
});

/** Every contact, archived ones too: their invoices may be open. */
export const contacts = bookList(
	async ({ client }): Promise<readonly ListedContact[]> =>
		await pagesOf(
			client,
			'Contacts',
			{ summaryOnly: 'true', includeArchived: 'true' },
			(element): ListedContact => {
				const read = readStrictly(listedElement, element, '/Contacts', element.Name);
				return {
					id: read.ContactID,
					name: read.Name ?? '',
					number: read.ContactNumber,
					isArchived: read.ContactStatus === 'ARCHIVED',
				};
			},
		),
);

/**
 * Into which contacts others were merged: those have their documents, while what was merged stays
 * behind archived and without any. A call for 40, and again where a merge leads on. Throws
 * ServiceFaultError.
 * @param archived ids of all contacts that are archived, whether merged or not
 */
export async function mergedInto(
	books: Books,
	ids: readonly string[],
	archived: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
	const into = new Map<string, string>();
	let asked = ids.filter((id) => archived.has(id));
	while (asked.length > 0) {
		const found = await contactsByIds(books, { ids: [...new Set(asked)].sort().join(',') });
		for (const { id, mergedToId } of found) if (mergedToId) into.set(id, mergedToId);
		asked = found.flatMap(({ mergedToId = '' }) =>
			archived.has(mergedToId) && !into.has(mergedToId) ? [mergedToId] : [],
		);
	}
	return into;
}
