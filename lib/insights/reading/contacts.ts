import { z } from '../../vendor/zod';
import type { WireElement } from '../../xero/documents/definition';
import { chunkByLength, LONGEST_URL } from '../../xero/urls';
import { bookList } from './books';
import { pagesOf } from './pagesOf';
import { readStrictly, wireId, wireText } from './strictly';

interface BookedContact {
	readonly id: string;
	readonly name: string;
	readonly email?: string;
}

const contactElement = z.object({ ContactID: wireId, Name: wireText, EmailAddress: wireText });

function readContact(element: WireElement): BookedContact {
	const read = readStrictly(contactElement, element, '/Contacts', element.Name);
	return { id: read.ContactID, name: read.Name ?? '', email: read.EmailAddress };
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
}

const listedElement = z.object({ ContactID: wireId, Name: wireText, ContactNumber: wireText });

/** Every contact, archived ones too: their invoices may be open. */
export const contacts = bookList(
	async ({ client }): Promise<readonly ListedContact[]> =>
		await pagesOf(
			client,
			'Contacts',
			{ summaryOnly: 'true', includeArchived: 'true' },
			(element): ListedContact => {
				const read = readStrictly(listedElement, element, '/Contacts', element.Name);
				return { id: read.ContactID, name: read.Name ?? '', number: read.ContactNumber };
			},
		),
);
