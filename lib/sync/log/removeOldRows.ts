import type { CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import { removeRecord } from '../knackRecords/removeRecord';
import { writesInPool } from '../knackRecords/writesInPool';
import { createChain, type LogTarget } from './chain';
import { notClosedWords } from './erasePerson';
import type { Removed } from './logEntry';
import { isSigned, type LogRow, type SignedRow } from './logRow';

/** A whole run that is old enough. */
export interface OldRun {
	readonly removed: Removed;
	readonly rows: readonly SignedRow[];
}

/** Runs that one tombstone tells of: its text has to fit a field. */
const RUNS_IN_TOMBSTONE = 40;

/**
 * The runs whose last row is older than the day, oldest first, and no more rows than were asked for. A
 * run with a row that was changed stays, since somebody has to look at it; so do the runs of removals
 * and erasures, which tell of rows that may be there for longer.
 */
export function oldRuns(
	{ key }: LogTarget,
	all: readonly LogRow[],
	olderThan: CalendarDate,
	mostRows: number,
): OldRun[] {
	const signed = all.filter((row) => isSigned(row, key));
	const changed = new Set(
		all.flatMap((row) => (row.entry && !isSigned(row, key) ? [row.entry.run] : [])),
	);
	const runs = [...grouped(signed.map((row) => [row.entry.run, row] as const)).values()]
		.map((rows) => [...rows].sort((a, b) => a.entry.number - b.entry.number))
		.flatMap((rows): OldRun[] => {
			const last = rows.at(-1);
			if (!last || last.entry.at.slice(0, 10) >= olderThan || changed.has(last.entry.run))
				return [];
			const isTombstone = ({ entry }: SignedRow) =>
				entry.content.kind === 'removal' || entry.content.kind === 'erasure';
			if (rows.some(isTombstone)) return [];
			const { entry, digest, record } = last;
			const cited = { number: entry.number, digest, record: record.id };
			const removed = { run: entry.run, rows: rows.length, last: cited, closedAt: entry.at };
			return [{ removed, rows }];
		})
		.sort((a, b) => a.removed.closedAt.localeCompare(b.removed.closedAt));
	let count = 0;
	return runs.filter(({ rows }) => {
		count += rows.length;
		// One run alone may be longer than what was asked for, and would stay for ever.
		return count <= mostRows || count === rows.length;
	});
}

export interface Removal {
	/** Rows that are gone now. */
	readonly removed: number;
	/** Why others, or the chain of the removal itself, could not be written. */
	readonly troubles: readonly string[];
}

/**
 * Deletes whole runs. A tombstone with their last digests is written first, so that Verify Log stays
 * right whatever happens after; without one nothing is deleted.
 */
export async function removeOldRows(
	target: LogTarget,
	runs: readonly OldRun[],
	olderThan: CalendarDate,
): Promise<Removal> {
	if (runs.length === 0) return { removed: 0, troubles: [] };
	const chain = createChain(target, 'Remove Old Rows');
	const troubles = new Set<string>();
	let removed = 0;
	for (let from = 0; from < runs.length; from += RUNS_IN_TOMBSTONE) {
		const part = runs.slice(from, from + RUNS_IN_TOMBSTONE);
		const tombstone = await chain.add({
			kind: 'removal',
			olderThan,
			runs: part.map((run) => run.removed),
		});
		if (tombstone.kind === 'lost') {
			troubles.add(`Nothing more was removed, since it could not be noted. ${tombstone.why}`);
			break;
		}
		const { knack, log } = target;
		const done = await writesInPool(
			part.flatMap(({ rows }) => rows),
			async ({ record }) => await removeRecord(knack, log.table, record.id),
		);
		for (const result of done) {
			if (result.kind === 'deleted') removed += 1;
			else result.issues.forEach(({ message, fix }) => troubles.add(`${message} ${fix}`));
		}
	}
	const closing = await chain.add({
		kind: 'closing',
		rows: chain.rows,
		unwritten: [],
		unwrittenCount: 0,
	});
	if (closing.kind === 'lost') troubles.add(notClosedWords(closing.why));
	return { removed, troubles: [...troubles] };
}
