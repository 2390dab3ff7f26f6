import type { KnackRecord } from '../../../lib/knack/app';
import type { LogTarget } from '../../../lib/sync/log/chain';
import { rowOf, type LogRow } from '../../../lib/sync/log/logRow';
import { headsAmong } from '../../../lib/sync/log/readLog';
import { verifyLog, type Verdict } from '../../../lib/sync/log/verifyLog';
import type { Random } from '../random';

export type Tampering = 'bit' | 'removal' | 'exchange';

/** The rows of a chapter of the log, as Knack has them. */
export interface Chapter {
	readonly target: LogTarget;
	readonly rows: readonly LogRow[];
}

export async function verdictOf({ target, rows }: Chapter): Promise<Verdict> {
	const { log, key, clock } = target;
	return await verifyLog(rows, log, key, { clock });
}

/** Does what somebody may do to a log. @returns the rows after it, and what was done in words */
export function tamper(
	chapter: Chapter,
	tampering: Tampering,
	random: Random,
): { readonly rows: readonly LogRow[]; readonly what: string } {
	const { rows, target } = chapter;
	const ends = lastOfTheirRuns(chapter);
	if (tampering === 'bit') return flip(chapter, random);
	if (tampering === 'removal') {
		const gone = random.pick(rows.filter((row) => !ends.has(row)));
		return { rows: rows.filter((row) => row !== gone), what: `removed ${gone.record.id}` };
	}
	const one = random.pick(rows.filter((row) => !ends.has(row)));
	const other = random.pick(rows.filter((row) => row !== one));
	const swapped = rows.map((row) => {
		if (row === one) return rowOf({ ...other.record, id: one.record.id }, target.log);
		if (row === other) return rowOf({ ...one.record, id: other.record.id }, target.log);
		return row;
	});
	return { rows: swapped, what: `exchanged ${one.record.id} and ${other.record.id}` };
}

/** The last rows of runs that are not closed and that nobody cites: their loss leaves no trace. */
function lastOfTheirRuns({ rows, target }: Chapter): ReadonlySet<LogRow> {
	const heads = new Set(headsAmong(rows, target.key).map(({ digest }) => digest));
	return new Set(
		rows.filter(({ digest, entry }) => heads.has(digest) && entry?.content.kind !== 'closing'),
	);
}

/** One bit of one text of one row: of the entry, the digest, a personal value or a column. */
function flip({ rows, target }: Chapter, random: Random): ReturnType<typeof tamper> {
	const { core, columns } = target.log;
	const fields = [...Object.values(core), ...Object.values(columns)];
	for (;;) {
		const row = random.pick(rows);
		const { key, name } = random.pick(fields);
		const text = row.record[`${key}_raw`] ?? row.record[key];
		if (typeof text !== 'string' || text === '') continue;
		const at = random.int(0, text.length - 1);
		const code = text.charCodeAt(at) ^ (1 << random.int(0, 6));
		const flipped = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
		// What nobody can see at the end of a text is no other text.
		if (flipped.trim() === text) continue;
		const record: KnackRecord = { ...row.record, [key]: flipped, [`${key}_raw`]: flipped };
		const changed = rowOf(record, target.log);
		return {
			rows: rows.map((each) => (each === row ? changed : each)),
			what: `a bit of ${name} of ${row.record.id}: "${text[at]}" is "${String.fromCharCode(code)}"`,
		};
	}
}
