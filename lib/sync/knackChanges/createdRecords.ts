import type { KnackRecord } from '../../knack/app';
import { createdSeconds } from '../../knack/recordView';
import type { CompactId } from './compactIds';
import { compactId, compactSeconds, packIds, unpackIds } from './compactIds';
import type { Finding, PollContext } from './pollContext';
import { byCreation } from './pollContext';

/**
 * New records by their ids, which begin with the second in which they were made. Records made up
 * to an hour before the newest are compared one by one, since servers' clocks differ and imports
 * take a while.
 */
const OVERLAP_SECONDS = 3_600;

/** Ids that are remembered one by one. */
const MOST_SEEN = 20_000;

export async function findCreated(context: PollContext): Promise<Finding> {
	const { previous, settings } = context;
	const start = previous?.created ?? startState(context);
	if (!start) {
		const records = await newestRecords(context, (newest) => newest - OVERLAP_SECONDS);
		return { changes: [], leftOver: false, state: nextState(0, new Set(), records, []) };
	}
	const seen = unpackIds(start.seen);
	const records = context.hinted?.records ?? (await newestRecords(context, () => start.floor));
	const fresh = records.filter(
		({ id }) => createdSeconds(id) >= start.floor && !seen.has(compactId(id)),
	);
	const foreign = fresh.filter(
		({ id }) => !context.client.ownWrites.isOwnCreate(settings.table, id),
	);
	const wanted = byCreation(
		(await matching(context, foreign, start.floor)).map((record) => ({ record })),
	);
	const given = wanted.slice(0, settings.mostChanges);
	const left = wanted.slice(settings.mostChanges).map(({ record }) => record);
	return {
		changes: given.map(({ record }) => ({ record, event: 'created' })),
		leftOver: left.length > 0,
		state: context.hinted
			? { created: { floor: start.floor, seen: packIds(seenNow(seen, records, left)) } }
			: nextState(start.floor, seen, records, left),
	};
}

/** Where the first poll starts when it is to give records that are there already. */
function startState({ settings }: PollContext): { floor: number; seen: string } | undefined {
	const { startFrom } = settings;
	if (startFrom.kind === 'now') return undefined;
	return { floor: startFrom.kind === 'all' ? 0 : startFrom.seconds, seen: '' };
}

/**
 * The records from the newest down to the floor: one call as a rule where the table has an
 * auto-increment field, all pages where it has none or where Knack did not sort by it.
 */
async function newestRecords(
	{ client, table }: PollContext,
	floorOf: (newest: number) => number,
): Promise<KnackRecord[]> {
	const counter = table.fields.find(({ type }) => type === 'auto_increment');
	if (!counter) return await client.records(table.key);
	let newest = 0;
	let previousPage: readonly KnackRecord[] = [];
	let sorted = true;
	const found = await client.pages(
		table.key,
		{ sortField: counter.key, sortOrder: 'desc' },
		(page) => {
			newest = page.reduce((most, { id }) => Math.max(most, createdSeconds(id)), newest);
			sorted &&= isDescending([...previousPage.slice(-1), ...page]);
			previousPage = page;
			return sorted && page.every(({ id }) => createdSeconds(id) >= floorOf(newest));
		},
	);
	return sorted ? found : await client.records(table.key);
}

/** By the second of creation, with a minute's grace for servers whose clocks differ. */
function isDescending(records: readonly KnackRecord[]): boolean {
	return records.every((record, index) => {
		const before = records[index - 1];
		return !before || createdSeconds(record.id) <= createdSeconds(before.id) + 60;
	});
}

/** Of the new records, those that the filter lets through at this first sight of them. */
async function matching(
	{ client, table, settings, hinted }: PollContext,
	fresh: readonly KnackRecord[],
	floor: number,
): Promise<readonly KnackRecord[]> {
	if (!settings.filters || fresh.length === 0) return fresh;
	if (hinted) return fresh.filter((record) => hinted.matching.includes(record));
	const counter = table.fields.find(({ type }) => type === 'auto_increment');
	const query = { filters: settings.filters, sortField: counter?.key, sortOrder: 'desc' as const };
	const matched = counter
		? await client.pages(table.key, query, (page) =>
				page.some(({ id }) => createdSeconds(id) >= floor),
			)
		: await client.records(table.key, { filters: settings.filters });
	const isFresh = new Set(fresh.map(({ id }) => id));
	return matched.filter(({ id }) => isFresh.has(id));
}

function nextState(
	floor: number,
	seen: ReadonlySet<CompactId>,
	records: readonly KnackRecord[],
	left: readonly KnackRecord[],
): Finding['state'] {
	const newest = records.reduce((most, { id }) => Math.max(most, createdSeconds(id)), 0);
	const oldestLeft = left.reduce((least, { id }) => Math.min(least, createdSeconds(id)), Infinity);
	const next = Math.min(Math.max(floor, newest - OVERLAP_SECONDS), oldestLeft);
	const kept = seenNow(seen, records, left).filter((id) => compactSeconds(id) >= next);
	// What waits for the next poll must not fall behind the floor.
	return {
		created: left.length > 0 ? { floor: next, seen: packIds(kept) } : bounded(next, kept),
	};
}

function seenNow(
	seen: ReadonlySet<CompactId>,
	records: readonly KnackRecord[],
	left: readonly KnackRecord[],
): CompactId[] {
	const waiting = new Set(left.map(({ id }) => compactId(id)));
	const all = new Set([...seen, ...records.map(({ id }) => compactId(id))]);
	return [...all].filter((id) => !waiting.has(id));
}

/** When more were made within the overlap than can be remembered, it is cut short. */
function bounded(floor: number, ids: readonly CompactId[]): { floor: number; seen: string } {
	if (ids.length <= MOST_SEEN) return { floor, seen: packIds(ids) };
	const bySecond = [...ids].sort((a, b) => compactSeconds(b) - compactSeconds(a));
	const cut = compactSeconds(bySecond[MOST_SEEN] ?? '') + 1;
	return { floor: cut, seen: packIds(ids.filter((id) => compactSeconds(id) >= cut)) };
}
