import type { Clock } from '../../clock';

/**
 * Brings together what arrives in a short while, so that a burst of deliveries is read in few calls.
 * The first caller waits and gets everything; the others, whose share it takes along, get nothing.
 */
export interface Gathering<Entry> {
	gather(key: string, entries: readonly Entry[], waitMs: number, clock: Clock): Promise<Entry[]>;
}

export function createGathering<Entry>(): Gathering<Entry> {
	const waiting = new Map<string, Entry[]>();
	return {
		async gather(key, entries, waitMs, clock) {
			const joined = waiting.get(key);
			if (joined) {
				joined.push(...entries);
				return [];
			}
			const own = [...entries];
			waiting.set(key, own);
			try {
				if (waitMs > 0) await clock.sleep(waitMs);
			} finally {
				waiting.delete(key);
			}
			return own;
		},
	};
}
