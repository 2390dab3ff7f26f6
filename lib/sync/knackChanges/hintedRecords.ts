import type { KnackField, KnackRecord } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import type { PolledChanges, PollRequest } from './pollChanges';
import { concludePoll, findChanges, openPoll, pollAll } from './pollChanges';
import type { HintedReading, PollContext } from './pollContext';

export interface HintedChanges extends PolledChanges {
	/** Whether all that match were looked at, not the named records alone. */
	readonly whole: boolean;
	/** Ids that were named and are not in the table, as far as that was looked at. */
	readonly gone: readonly string[];
}

/**
 * What a hint means, a call from outside that names records: each is read anew and judged as a poll would
 * judge it, by the same state, so that a name given twice, or after a poll saw the record, starts
 * nothing. Where a whole poll takes no more calls, it is one; so it is where no record is named.
 * Undefined while nothing was polled yet under these settings: the first poll says from where on
 * records count. Throws as pollChanges does, and then nothing is taken as seen.
 */
export async function pollHinted(
	request: PollRequest,
	recordIds: readonly string[],
): Promise<HintedChanges | undefined> {
	const poll = await openPoll(request);
	if (!poll.context.previous) return undefined;
	const wanted = [...new Set(recordIds.map((id) => id.toLowerCase()))];
	const hinted = wanted.length > 0 ? await readHinted(poll.context, wanted) : undefined;
	if (!hinted) return { ...(await pollAll(poll)), whole: true, gone: [] };
	const finding = await findChanges({ ...poll.context, hinted });
	const there = new Set(hinted.records.map(({ id }) => id));
	return {
		...concludePoll({ ...poll, context: { ...poll.context, hinted } }, finding, 0),
		whole: false,
		gone: wanted.filter((id) => !there.has(id)),
	};
}

/** These records alone; undefined where reading all that match takes no more calls. */
async function readHinted(
	context: PollContext,
	ids: readonly string[],
): Promise<HintedReading | undefined> {
	const { previous, settings, table } = context;
	const wholeCalls = previous?.pollCalls ?? 1;
	if (previous?.catchingUp) return undefined;
	if (!settings.filters || settings.filters.rules.length === 0) {
		if (ids.length > wholeCalls) return undefined;
		const records = await readAlone(context, ids);
		return readingOf(ids, records, records);
	}
	// Only Knack says what its filter lets through. It is asked for the one record by its number,
	// since its API has no filter by record id.
	const counter = table.fields.find(({ type }) => type === 'auto_increment');
	const isAnd = settings.filters.match === 'and' || settings.filters.rules.length === 1;
	if (!counter || !isAnd || 2 * ids.length > wholeCalls) return undefined;
	return await readFiltered(context, ids, counter);
}

async function readAlone(
	{ client, table }: PollContext,
	ids: readonly string[],
): Promise<KnackRecord[]> {
	const records: KnackRecord[] = [];
	for (const id of ids) {
		const record = await client.record(table.key, id);
		if (record) records.push(record);
	}
	return records;
}

async function readFiltered(
	context: PollContext,
	ids: readonly string[],
	counter: KnackField,
): Promise<HintedReading | undefined> {
	const { client, table, settings } = context;
	const records: KnackRecord[] = [];
	const matching: KnackRecord[] = [];
	for (const record of await readAlone(context, ids)) {
		const number = plainValue(decodeField(record, counter));
		if (typeof number !== 'number') return undefined;
		const rule = { field: counter.key, operator: 'is', value: number };
		const filters = { match: 'and' as const, rules: [...(settings.filters?.rules ?? []), rule] };
		const found = await client.records(table.key, { filters });
		const match = found.find(({ id }) => id === record.id);
		records.push(match ?? record);
		if (match) matching.push(match);
	}
	return readingOf(ids, records, matching);
}

function readingOf(
	ids: readonly string[],
	records: readonly KnackRecord[],
	matching: readonly KnackRecord[],
): HintedReading {
	const matches = new Set(matching.map(({ id }) => id));
	return { records, matching, others: new Set(ids.filter((id) => !matches.has(id))) };
}
