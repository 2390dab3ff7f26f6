import { mapGivingWay, type GiveWay } from '../../giveWay';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { CONTACTS_PER_CALL, readNewestDocuments } from '../../xero/newestDocuments';
import { PostedHistory } from './postedHistory';
import { postingOfDocument } from './posting';

/** Pages of a thousand documents that are read of the organisation. */
const PAGES = 2;

/** Keeps what was read for a while, by a name, so that runs of the same hour share it. */
export interface HistoryShelf {
	get(key: string, read: () => Promise<PostedHistory>): Promise<PostedHistory>;
}

interface Reading {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	readonly shelf: HistoryShelf | undefined;
	readonly nowMs: number;
	readonly giveWay: GiveWay;
}

/**
 * What the organisation has posted of a type: the newest two thousand in at most two calls, and
 * where there are more, the newest thousand of the contacts that are meant in one more. Throws
 * ServiceFaultError.
 * @param contactIds those of the run's records; where they are too many for one call, what was read
 * of the organisation has to do
 */
export async function readHistory(
	{ client, definition, shelf, nowMs, giveWay }: Reading,
	contactIds: readonly string[],
): Promise<PostedHistory> {
	const kept = async (name: string, read: () => Promise<PostedHistory>) =>
		await (shelf ? shelf.get(name, read) : read());
	const readFor = async (pages: number, ids?: readonly string[]) => {
		const { documents, isWhole } = await readNewestDocuments(client, definition, {
			pages,
			...(ids ? { contactIds: ids } : {}),
		});
		const history = new PostedHistory(nowMs, isWhole);
		await mapGivingWay(documents, giveWay, (document) =>
			history.add(postingOfDocument(definition, document)),
		);
		return history;
	};
	const place = `${client.organisationId ?? ''} ${definition.type}`;
	const all = await kept(place, async () => await readFor(PAGES));
	const unread = contactIds.filter((id) => !all.covers(id));
	if (all.isWhole || unread.length === 0 || unread.length > CONTACTS_PER_CALL) return all;
	const own = await readFor(1, unread);
	all.takeOver(own, unread);
	return all;
}
