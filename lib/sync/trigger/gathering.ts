import type { Clock } from '../../clock';
import type { Queues } from '../../queues';
import { createQueues } from '../../queues';

/**
 * Brings together what arrives in a short while, so that a burst of calls is read in few calls.
 * The first caller waits and reads everything; the others, whose share it takes along, read nothing:
 * n8n keeps an expression engine for each that waits.
 */
export interface Gathering<Entry> {
	/**
	 * What the reading gives, or undefined when another caller reads these entries. What comes while
	 * the reading before is under way waits for its end, so that a slow service is asked for more at
	 * a time.
	 */
	gather<Value>(
		key: string,
		entries: readonly Entry[],
		longestMs: number,
		clock: Clock,
		read: (together: readonly Entry[]) => Promise<Value>,
	): Promise<Value | undefined>;
	/** What waits under the key is not read. */
	letGo(key: string): void;
}

/** How long the first of a burst waits for others. */
export type GatheringWait = (key: string, longestMs: number, nowMs: number) => number;

export function createGathering<Entry>(
	waitOf: GatheringWait = (_key, longestMs) => longestMs,
	/** Where others stand in line under the same keys, those whose work the reading must not meet. */
	queues: Queues = createQueues(),
): Gathering<Entry> {
	const waiting = new Map<string, Entry[]>();

	const take = (key: string, own: readonly Entry[]): boolean =>
		waiting.get(key) === own && waiting.delete(key);

	return {
		async gather(key, entries, longestMs, clock, read) {
			const joined = waiting.get(key);
			if (joined) {
				joined.push(...entries);
				return undefined;
			}
			const own = [...entries];
			waiting.set(key, own);
			try {
				const waitMs = waitOf(key, longestMs, clock.now());
				if (waitMs > 0) await clock.sleep(waitMs);
				return await queues.inTurn([key], async () =>
					take(key, own) ? await read(own) : undefined,
				);
			} finally {
				take(key, own);
			}
		},
		letGo(key) {
			waiting.delete(key);
		},
	};
}
