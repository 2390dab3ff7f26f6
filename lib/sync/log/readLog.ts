import type { KnackClient } from '../../knack/client';
import { PORTION_KIND } from './columnValues';
import type { Head, PortionContent } from './logEntry';
import type { LogKey } from './logKey';
import { isSigned, rowOf, type LogRow, type SignedRow } from './logRow';
import type { LogTable } from './logTable';

const KNACK_ID = /^[0-9a-f]{24}$/;
const XERO_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** So many of the latest rows are asked for heads: one call. */
const LATEST = 100;

/** All rows. Throws ServiceFaultError. */
export async function readLog(knack: KnackClient, log: LogTable): Promise<LogRow[]> {
	const records = await knack.records(log.table.key);
	return records.map((record) => rowOf(record, log));
}

/**
 * Rows that may be of a record, by the column that has its id where there is one, else all rows.
 * Throws ServiceFaultError.
 */
export async function readRowsOf(
	knack: KnackClient,
	log: LogTable,
	value: string,
): Promise<LogRow[]> {
	const { recordId, xeroId } = log.columns;
	const field = KNACK_ID.test(value) ? recordId : XERO_ID.test(value) ? xeroId : undefined;
	if (field?.type !== 'short_text') return await readLog(knack, log);
	const rules = [{ field: field.key, operator: 'is', value }];
	const records = await knack.records(log.table.key, { filters: { match: 'and', rules } });
	return records.map((record) => rowOf(record, log));
}

/** The latest rows, where the table has a column of the time; else some of its rows. */
export async function readLatestRows(knack: KnackClient, log: LogTable): Promise<LogRow[]> {
	const { when } = log.columns;
	const newestFirst =
		when?.type === 'date_time' ? { sortField: when.key, sortOrder: 'desc' as const } : {};
	const records = await knack.records(log.table.key, { ...newestFirst, limit: LATEST });
	return records.map((record) => rowOf(record, log));
}

/** Portions of a day are few: ten for each limit, and one more for each worker. */
const MOST_PORTIONS = 500;

/**
 * The latest portions that a run has signed; undefined where the table has no column to ask by. One
 * call. Throws ServiceFaultError.
 */
export async function readPortions(
	knack: KnackClient,
	log: LogTable,
	key: LogKey,
): Promise<readonly PortionContent[] | undefined> {
	const { kind, when } = log.columns;
	if (kind?.type !== 'short_text') return undefined;
	const newestFirst =
		when?.type === 'date_time' ? { sortField: when.key, sortOrder: 'desc' as const } : {};
	const rules = [{ field: kind.key, operator: 'is', value: PORTION_KIND }];
	const records = await knack.records(log.table.key, {
		filters: { match: 'and', rules },
		limit: MOST_PORTIONS,
		...newestFirst,
	});
	return records
		.map((record) => rowOf(record, log))
		.flatMap((row) =>
			isSigned(row, key) && row.entry.content.kind === 'portion' ? [row.entry.content] : [],
		);
}

/** The last row of each run among the rows, but for those that a later run has cited. */
export function headsAmong(rows: readonly LogRow[], key: LogKey): Head[] {
	const last = new Map<string, SignedRow>();
	const citedRows = new Set<string>();
	for (const row of rows) {
		if (!isSigned(row, key)) continue;
		const { run, number, content } = row.entry;
		const known = last.get(run);
		if (!known || known.entry.number < number) last.set(run, row);
		if (content.kind === 'opening') content.heads.forEach(({ digest }) => citedRows.add(digest));
	}
	return [...last.values()]
		.filter(({ digest }) => !citedRows.has(digest))
		.map(({ entry, digest, record }) => ({
			run: entry.run,
			number: entry.number,
			digest,
			record: record.id,
		}));
}
