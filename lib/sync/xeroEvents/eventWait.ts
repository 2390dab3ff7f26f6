import type { GatheringWait } from '../trigger/gathering';

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

/** Short after a quiet time, and growing with the load up to the longest. */
export function createEventWait(): GatheringWait {
	const begun = new Map<string, number[]>();
	return (key, longestMs, nowMs) => {
		const lately = (begun.get(key) ?? []).filter((at) => Math.abs(nowMs - at) < MINUTE_MS);
		begun.set(key, [...lately, nowMs]);
		if (lately.length < AT_ONCE_A_MINUTE) return Math.min(longestMs, AT_ONCE_MS);
		return lately.length < SOON_A_MINUTE ? Math.min(longestMs, SOON_MS) : longestMs;
	};
}
