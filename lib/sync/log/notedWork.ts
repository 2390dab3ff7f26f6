import { writesInPool } from '../knackRecords/writesInPool';
import type { NotWritten } from '../knackRecords/writeRecord';
import { createChain, type LogTarget } from './chain';
import type { LogContent } from './logEntry';
import type { PersonalValues } from './personalValues';

/** Work on rows of the log that a chain of its own tells of. */
export interface NotedWork<Part, Write> {
	/** What the chain is about. */
	readonly about: string;
	/** `removed`, as in *Nothing more was removed*. */
	readonly past: string;
	readonly parts: readonly Part[];
	/** As many parts as one tombstone tells of: its text has to fit a field. */
	readonly atOnce: number;
	readonly tombstone: (parts: readonly Part[]) => LogContent;
	/** Who asked for it. */
	readonly by?: PersonalValues;
	readonly writes: (parts: readonly Part[]) => readonly Write[];
	readonly carryOut: (
		write: Write,
	) => Promise<{ readonly kind: 'written' | 'deleted' } | NotWritten>;
}

export interface NotedResult {
	/** Rows that were written or deleted. */
	readonly done: number;
	/** Why others, or the chain of the work itself, could not be written. */
	readonly troubles: readonly string[];
}

/**
 * A tombstone is written before what it tells of is done, so that Verify Log knows of it whatever
 * happens after. Once one cannot be written, nothing more is done.
 */
export async function carryOutNoted<Part, Write>(
	target: LogTarget,
	work: NotedWork<Part, Write>,
): Promise<NotedResult> {
	const { parts, atOnce } = work;
	if (parts.length === 0) return { done: 0, troubles: [] };
	const chain = createChain(target, work.about);
	const troubles = new Set<string>();
	let done = 0;
	for (let from = 0; from < parts.length; from += atOnce) {
		const portion = parts.slice(from, from + atOnce);
		const tombstone = await chain.add(work.tombstone(portion), work.by);
		if (tombstone.kind === 'lost') {
			troubles.add(`Nothing more was ${work.past}, since it could not be noted. ${tombstone.why}`);
			break;
		}
		for (const result of await writesInPool(work.writes(portion), work.carryOut)) {
			if (result.kind === 'failed')
				result.issues.forEach(({ message, fix }) => troubles.add(`${message} ${fix}`));
			else done += 1;
		}
	}
	const closing = await chain.add({
		kind: 'closing',
		rows: chain.rows,
		unwritten: [],
		unwrittenCount: 0,
	});
	if (closing.kind === 'lost') {
		troubles.add(
			`The chain of this run could not be closed: Verify Log will say so. ${closing.why}`,
		);
	}
	return { done, troubles: [...troubles] };
}
