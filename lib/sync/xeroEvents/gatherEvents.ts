import type { Clock } from '../../clock';

/** What comes after a quiet time waits only for what comes at the same time. */
const AT_ONCE_MS = 300;

/** While some more comes, events wait so long at most. */
const SOON_MS = 1_000;

/**
 * How many readings of the last minute leave room for another one at once, and for one soon. Each
 * leads to about three calls of Xero, which allows sixty a minute: a burst read too eagerly would
 * use them up, and its last events would wait for the next minute.
 */
const AT_ONCE_A_MINUTE = 3;
const SOON_A_MINUTE = 8;

const MINUTE_MS = 60_000;

/**
 * Brings together what arrives in a short while, so that a burst of deliveries is read in few calls.
 * The first caller waits and reads everything; the others, whose share it takes along, read nothing.
 */
export interface Gathering<Entry> {
	/**
	 * What the reading gives, or undefined when another caller reads these entries. The wait is short
	 * after a quiet time and grows with the load up to `longestMs`; and what comes while the reading
	 * before is under way waits for its end, so that a slow service is asked for more at a time.
	 */
	gather<Value>(
		key: string,
		entries: readonly Entry[],
		longestMs: number,
		clock: Clock,
		read: (together: readonly Entry[]) => Promise<Value>,
	): Promise<Value | undefined>;
}

export function createGathering<Entry>(): Gathering<Entry> {
	const waiting = new Map<string, Entry[]>();
	const underWay = new Map<string, Promise<unknown>>();
	const begun = new Map<string, number[]>();

	function waitOf(key: string, longestMs: number, nowMs: number): number {
		const lately = (begun.get(key) ?? []).filter((at) => Math.abs(nowMs - at) < MINUTE_MS);
		begun.set(key, [...lately, nowMs]);
		if (lately.length < AT_ONCE_A_MINUTE) return Math.min(longestMs, AT_ONCE_MS);
		return lately.length < SOON_A_MINUTE ? Math.min(longestMs, SOON_MS) : longestMs;
	}

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
				await underWay.get(key);
			} finally {
				waiting.delete(key);
			}
			const reading = read(own);
			const ended = reading.then(
				() => undefined,
				() => undefined,
			);
			underWay.set(key, ended);
			try {
				return await reading;
			} finally {
				if (underWay.get(key) === ended) underWay.delete(key);
			}
		},
	};
}
