import { instantText, type CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import { createdSeconds } from '../../knack/recordView';
import { removeRecord } from '../knackRecords/removeRecord';
import type { LogTarget } from './chain';
import type { Removed } from './logEntry';
import { carryOutNoted, type NotedResult } from './notedWork';
import { isSigned, type LogRow, type SignedRow } from './logRow';

/** A whole run that is old enough. */
export interface OldRun {
	readonly removed: Removed;
	readonly rows: readonly SignedRow[];
}

/** Runs that one tombstone tells of: its text has to fit a field. */
const RUNS_IN_TOMBSTONE = 40;

/**
 * The runs whose last row is older than the day, by its run's clock and by Knack's, oldest first, and no
 * more rows than were asked for. A run with a row that was changed stays, since somebody has to look at
 * it; so do the runs of removals and erasures, which tell of rows that may be there for longer.
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
			if (!last || writtenOn(last) >= olderThan || changed.has(last.entry.run)) return [];
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

/** A clock that stands in 1970 after a restart must not make what was written just now old. */
function writtenOn({ entry, record }: SignedRow): string {
	const days = [entry.at, instantText(createdSeconds(record.id) * 1_000)];
	return days.map((moment) => moment.slice(0, 10)).sort()[1] ?? '';
}

/** Deletes whole runs; tombstones keep their last digests, so that Verify Log stays right. */
export async function removeOldRows(
	target: LogTarget,
	runs: readonly OldRun[],
	olderThan: CalendarDate,
): Promise<NotedResult> {
	const { knack, log } = target;
	return await carryOutNoted(target, {
		about: 'Remove Old Rows',
		past: 'removed',
		parts: runs,
		atOnce: RUNS_IN_TOMBSTONE,
		tombstone: (part) => ({ kind: 'removal', olderThan, runs: part.map((run) => run.removed) }),
		writes: (part) => part.flatMap(({ rows }) => rows),
		carryOut: async ({ record }) => await removeRecord(knack, log.table, record.id),
	});
}
