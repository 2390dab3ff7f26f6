import type { KnackField } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { KINDS, PORTION_KIND } from './columnValues';
import type { Head, PortionContent, RunPlace } from './logEntry';
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
	const records = await knack.records(log.table.key, { ...newestFirst(log), limit: LATEST });
	return records.map((record) => rowOf(record, log));
}

function newestFirst({ columns: { when } }: LogTable) {
	return when?.type === 'date_time' ? { sortField: when.key, sortOrder: 'desc' as const } : {};
}

/**
 * Rows where one of the fields has its value, so many of the latest where that is known; the whole log
 * where one of the fields cannot be asked by.
 */
async function readAny(
	knack: KnackClient,
	log: LogTable,
	sought: ReadonlyArray<readonly [KnackField | undefined, string]>,
	latest?: number,
): Promise<LogRow[]> {
	const rules = sought.flatMap(([field, value]) =>
		field?.type === 'short_text' ? [{ field: field.key, operator: 'is', value }] : [],
	);
	if (rules.length < sought.length) return await readLog(knack, log);
	const records = await knack.records(log.table.key, {
		filters: { match: 'or', rules },
		...(latest === undefined || log.columns.when?.type !== 'date_time'
			? {}
			: { ...newestFirst(log), limit: latest }),
	});
	return records.map((record) => rowOf(record, log));
}

/**
 * Rows of a run, or of all runs of an execution, and those that tell of erasures. Throws
 * ServiceFaultError.
 */
export async function readRowsOfRun(
	knack: KnackClient,
	log: LogTable,
	sought: string,
): Promise<LogRow[]> {
	const { run, execution, kind } = log.columns;
	return await readAny(knack, log, [
		[run, sought],
		[execution, sought],
		[kind, KINDS.erasure],
	]);
}

/** Opening and closing rows of the latest runs: one call. */
const LATEST_ENDS = 400;

/** A run as a person chooses it. */
export interface ListedRun {
	readonly run: string;
	/** When it began, ISO 8601 UTC. */
	readonly at: string;
	readonly place: RunPlace;
	/** The operation of Map & Upsert to Xero. */
	readonly operation: string;
	/** Records that were written; undefined while the run is not closed. */
	readonly written?: number;
}

/** The latest runs of Map & Upsert to Xero, the newest first. Throws ServiceFaultError. */
export async function readLatestRuns(
	knack: KnackClient,
	log: LogTable,
	key: LogKey,
): Promise<ListedRun[]> {
	const { kind } = log.columns;
	const ends = [KINDS.opening, KINDS.closing].map((value) => [kind, value] as const);
	const rows = (await readAny(knack, log, ends, LATEST_ENDS)).filter((row) => isSigned(row, key));
	const written = new Map(
		rows.flatMap(({ entry: { run, content } }) =>
			content.kind === 'closing' ? [[run, content.written ?? 0] as const] : [],
		),
	);
	return rows
		.flatMap(({ entry: { run, at, place, content } }): ListedRun[] => {
			if (content.kind !== 'opening' || content.operation === undefined) return [];
			const count = written.get(run);
			const { operation } = content;
			return [{ run, at, place, operation, ...(count === undefined ? {} : { written: count }) }];
		})
		.sort((a, b) => b.at.localeCompare(a.at));
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
	const { kind } = log.columns;
	if (kind?.type !== 'short_text') return undefined;
	const rules = [{ field: kind.key, operator: 'is', value: PORTION_KIND }];
	const records = await knack.records(log.table.key, {
		filters: { match: 'and', rules },
		limit: MOST_PORTIONS,
		...newestFirst(log),
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
