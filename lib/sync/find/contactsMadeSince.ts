import { foldText } from '../../foldText';
import { NEVER_GIVES_WAY } from '../../giveWay';
import { grouped } from '../../grouped';
import type { XeroDocument } from '../../xero/documents/definition';
import { findContacts } from '../../xero/lookups';
import type { ContactRow, Row } from '../row';
import { ContactIndex } from './contactIndex';
import { CONTACT_OF_DOCUMENT, findContact } from './findContact';
import type { FindContext } from './findContext';

/**
 * Another run may make a contact, and its documents, after this one has read the contacts. A document
 * that bears the very name of a contact that was not there then says so: that contact is read by its
 * id, and found anew. One call more, and only then. Throws ServiceFaultError.
 * @param documents what was read by the keys of the rows
 * @param overwrites whether the record's values go over those of a contact that is there
 */
export async function findContactsMadeSince(
	{ client, severities, giveWay = NEVER_GIVES_WAY }: FindContext,
	rows: readonly Row[],
	documents: readonly XeroDocument[],
	overwrites: boolean,
): Promise<void> {
	const contacts = [...new Set(rows.map(({ contact }) => contact))];
	const unknown = grouped(
		contacts.flatMap((contact): [string, ContactRow][] => {
			const name = contact?.wanted.name;
			return contact && name !== undefined && isUnknown(contact) ? [[foldText(name), contact]] : [];
		}),
	);
	const ids = new Set<string>();
	const made = new Set<ContactRow>();
	for (const { contactId, contactName } of documents) {
		await giveWay();
		const named = unknown.get(foldText(contactName ?? ''));
		if (!named || contactId === undefined) continue;
		ids.add(contactId);
		for (const contact of named) made.add(contact);
	}
	const index = new ContactIndex(await findContacts(client, { ids: [...ids] }, giveWay));
	const lens = { ...CONTACT_OF_DOCUMENT, severities, overwrites };
	for (const contact of made) contact.match = findContact(index, contact.wanted, lens);
}

function isUnknown({ match, sent }: ContactRow): boolean {
	return match?.kind === 'missing' && sent === undefined;
}
