import type { GiveWay } from '../giveWay';
import { DocumentsRead, pagedRead, readAllIfCheaper, readBy, search, unique } from './bulkReading';
import type { XeroClient } from './client';
import { CONTACT } from './documents/contact';
import type { XeroDocument } from './documents/definition';

export interface WantedContacts {
	readonly ids?: readonly string[];
	readonly numbers?: readonly string[];
	readonly names?: readonly string[];
	/** Parts of names under which likely candidates are found as well. */
	readonly looseNames?: readonly string[];
	readonly emails?: readonly string[];
}

/**
 * Reads every contact that any of the wanted ones could be, archived ones included: by searching
 * for each value, or by reading all contacts where that takes fewer calls. Candidates that only
 * look alike may be among them; the caller compares. Contacts that were merged come with the
 * contact that they went into. Throws ServiceFaultError.
 */
export async function findContacts(
	client: XeroClient,
	wanted: WantedContacts,
	giveWay?: GiveWay,
): Promise<XeroDocument[]> {
	const read = new DocumentsRead(CONTACT, giveWay);
	const { take } = read;
	const terms = unique([
		...(wanted.numbers ?? []),
		...(wanted.names ?? []),
		...(wanted.looseNames ?? []),
		...(wanted.emails ?? []),
	]);
	const ids = unique(wanted.ids ?? []).map((id) => id.toLowerCase());
	const hasReadAll =
		terms.length > 1 &&
		(await readAllIfCheaper(client, pagedRead(CONTACT, {}), terms.length, take));
	if (!hasReadAll) for (const term of terms) await search(client, CONTACT, term, take);

	// Merged contacts lead on to others; five steps are more than anyone makes.
	const asked = new Set<string>();
	for (let hop = 0; hop < 5; hop += 1) {
		const known = read.all();
		const have = new Set(known.map((contact) => contact.id));
		const targets = known.flatMap((contact) => contact.mergedToId ?? []);
		const missing = [...new Set([...ids, ...targets])].filter(
			(id) => !have.has(id) && !asked.has(id),
		);
		if (missing.length === 0) return known;
		missing.forEach((id) => asked.add(id));
		await readBy(client, CONTACT, CONTACT.lookup.ids, missing, { take });
	}
	return read.all();
}
