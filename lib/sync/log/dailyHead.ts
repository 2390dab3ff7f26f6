import { dayInZone, type CalendarDate } from '../../dates';
import { countOf } from '../../texts';
import type { Head } from './logEntry';
import type { LogKey } from './logKey';
import type { LogTable } from './logTable';
import { isSigned, type LogRow } from './logRow';
import { headsAmong } from './readLog';

/** Where a log stands, to be kept where somebody else than its editors can see it. */
export interface DailyHead {
	readonly day: CalendarDate;
	readonly rows: number;
	readonly runs: number;
	/** The last rows that no later run cites, the newest first. */
	readonly heads: readonly Head[];
	/** One line for a history note in Xero, a page or a message. It names no person. */
	readonly text: string;
}

/** Two workers leave two; more come of runs that died, and of those some are enough. */
const MOST_HEADS = 5;

export function dailyHead(
	all: readonly LogRow[],
	{ table, app }: LogTable,
	key: LogKey,
	nowMs: number,
): DailyHead {
	const day = dayInZone(nowMs, app.timeZone);
	const signed = all.filter((row) => isSigned(row, key));
	const runs = new Set(signed.map(({ entry }) => entry.run)).size;
	const written = new Map(signed.map((row) => [row.digest, row.entry.at]));
	const newest = ({ digest }: Head) => written.get(digest) ?? '';
	const heads = headsAmong(signed, key)
		.sort((a, b) => newest(b).localeCompare(newest(a)))
		.slice(0, MOST_HEADS);
	const digests = heads.map(({ digest }) => digest.slice(0, SHOWN));
	return {
		day,
		rows: signed.length,
		runs,
		heads,
		text: `${table.name} of ${app.name} on ${day}: ${countOf(signed.length, 'row')} of ${countOf(runs, 'run')}, last ${digests.join(' ') || '(none)'}`,
	};
}

/** Letters of a digest that tell it from all others. */
const SHOWN = 32;

/** The digests in what somebody has kept: notes of several days, put together anyhow. */
export function headsInText(text: string): string[] {
	return [...new Set(text.toLowerCase().match(/\b[0-9a-f]{32,64}\b/g) ?? [])];
}
