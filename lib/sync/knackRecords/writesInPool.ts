import { inPool } from '../../pool';
import type { ServiceFault } from '../../serviceFault';
import type { NotWritten } from './writeRecord';
import { stoppedBy } from './writeRecord';

/** As many as a Knack client has under way; it keeps Knack's pace by itself. */
const AT_ONCE = 5;

interface Outcome {
	readonly kind: string;
	readonly fault?: ServiceFault;
}

export interface WritesInPoolOptions<Write, Done> {
	/** Writes of one line are carried out one after the other; each on its own unless told. */
	readonly lineOf?: (write: Write) => string;
	/** Whether what became of a write ends the work, and what becomes of the others then. */
	readonly restAfter?: (done: Done | NotWritten) => Done | NotWritten | undefined;
}

/**
 * Carries out writes, some at the same time, and gives what became of each, in order. After a fault
 * of the whole service the others are not tried, unless `restAfter` judges otherwise.
 */
export async function writesInPool<Write, Done extends Outcome>(
	writes: readonly Write[],
	carryOut: (write: Write) => Promise<Done | NotWritten>,
	options: WritesInPoolOptions<Write, Done> = {},
): Promise<Array<Done | NotWritten>> {
	const { lineOf, restAfter = stopAtFault } = options;
	const results: Array<Done | NotWritten> = [];
	let rest: Done | NotWritten | undefined;
	await inPool(inLines(writes, lineOf), AT_ONCE, async (line) => {
		for (const { write, index } of line) {
			const done = rest ?? (await carryOut(write));
			rest ??= restAfter(done);
			results[index] = done;
		}
	});
	return results;
}

function stopAtFault({ fault }: Outcome): NotWritten | undefined {
	return fault && stoppedBy(fault);
}

interface Entry<Write> {
	readonly write: Write;
	readonly index: number;
}

function inLines<Write>(
	writes: readonly Write[],
	lineOf: ((write: Write) => string) | undefined,
): Array<Array<Entry<Write>>> {
	const lines = new Map<string, Array<Entry<Write>>>();
	writes.forEach((write, index) => {
		const name = lineOf?.(write) ?? String(index);
		lines.set(name, [...(lines.get(name) ?? []), { write, index }]);
	});
	return [...lines.values()];
}
