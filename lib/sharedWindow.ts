/** What an answer tells of a service's own window, and when the request was under way. */
export interface WindowReport {
	/** Requests that the service still takes in its window. */
	readonly remaining: number;
	readonly startedMs: number;
	readonly endedMs: number;
}

/**
 * A fixed window of a service, such as Xero's minute, in which other processes and other apps spend
 * as well. What is left of it stands in every answer; when it turns does not, and is learnt from a
 * jump of what is left, or from the refusal that says how long to wait.
 */
export interface SharedWindow {
	report(told: WindowReport): void;
	/** A refusal that says that the window turns between these two moments (epoch milliseconds). */
	turnsBetween(earliestMs: number, latestMs: number): void;
	/** When the next request may start (epoch milliseconds). `starts` are our own, oldest first. */
	earliestStart(nowMs: number, starts: readonly number[]): number;
	/** Whether others have spent much of it lately. */
	areOthersThere(nowMs: number): boolean;
}

/** Fewer calls of others are a poll here and there, which leave us the rest of the window. */
const FEW_OF_OTHERS = 3;
/** Most that is left unspent at the end of a window, however many others there are. */
const LARGEST_MARGIN = 8;
/** Part of the window that is not spent in one go, so that who comes later is noticed. */
const SPREAD_PART = 0.2;
/** A turn that is known no better is asked for halfway. */
const WELL_KNOWN_MS = 800;

export function createSharedWindow(limit: number, lengthMs: number): SharedWindow {
	let latest: WindowReport | undefined;
	/** Some turn of the window lies between; all others whole lengths away from it. */
	let turn: { earliestMs: number; latestMs: number } | undefined;
	let othersUntilMs = Number.NEGATIVE_INFINITY;
	/** What the others spent lately from one answer of ours to the next. */
	let ofOthersPerCall = 0;
	let ownStarts: readonly number[] = [];

	const ownBetween = (fromMs: number, toMs: number) =>
		ownStarts.filter((start) => start > fromMs && start <= toMs).length;

	/** The first turn that is over only after the given moment. */
	const turnAfter = (ms: number): typeof turn => {
		if (!turn) return undefined;
		const shift = Math.floor((ms - turn.latestMs) / lengthMs + 1) * lengthMs;
		return { earliestMs: turn.earliestMs + shift, latestMs: turn.latestMs + shift };
	};

	/** Narrows down when the window turns; a sighting that contradicts what was known replaces it. */
	function sightTurn(earliestMs: number, latestMs: number): void {
		if (latestMs - earliestMs >= lengthMs) return;
		const shift = turn ? Math.round((latestMs - turn.latestMs) / lengthMs) * lengthMs : 0;
		const known = turn && {
			earliestMs: turn.earliestMs + shift,
			latestMs: turn.latestMs + shift,
		};
		turn =
			known && known.earliestMs < latestMs && earliestMs < known.latestMs
				? {
						earliestMs: Math.max(known.earliestMs, earliestMs),
						latestMs: Math.min(known.latestMs, latestMs),
					}
				: { earliestMs, latestMs };
	}

	function compare(before: WindowReport, told: WindowReport): void {
		const isAfter = told.startedMs >= before.endedMs;
		if (isAfter && told.remaining > before.remaining) {
			sightTurn(before.startedMs, told.endedMs);
			return;
		}
		const expected = turnAfter(before.endedMs);
		if (isAfter && expected && expected.earliestMs < told.startedMs) {
			// It has not turned by then; where it should have, what was known is wrong.
			turn =
				expected.latestMs > told.startedMs
					? { earliestMs: told.startedMs, latestMs: expected.latestMs }
					: undefined;
		}
		const own = ownBetween(before.startedMs, told.startedMs);
		const ofOthers = Math.max(0, before.remaining - told.remaining - own);
		ofOthersPerCall = (ofOthersPerCall + ofOthers / Math.max(1, own)) / 2;
	}

	/** What is left now, as far as we know; all of it once the window has turned. */
	function leftAt(nowMs: number): number | undefined {
		if (!latest) return undefined;
		const turned = turnAfter(latest.startedMs)?.latestMs ?? latest.endedMs + lengthMs;
		if (nowMs < turned) return latest.remaining - ownBetween(latest.startedMs, nowMs);
		return limit - ownBetween(nowMs - ((nowMs - turned) % lengthMs) - 1, nowMs);
	}

	/** When to ask again once nothing is left. */
	function askAgainAt(nowMs: number, lastMs: number): number {
		const next = turnAfter(nowMs);
		// Nobody told when it turns: now and then one asks, and is told.
		if (!next) return Math.max(nowMs, lastMs + lengthMs / 12);
		const halfway = (next.earliestMs + next.latestMs) / 2;
		const isWellKnown = next.latestMs - next.earliestMs <= WELL_KNOWN_MS;
		return isWellKnown || lastMs >= halfway ? next.latestMs : Math.max(nowMs, halfway);
	}

	const areOthersThere = (nowMs: number) => nowMs < othersUntilMs;

	return {
		areOthersThere,
		report(told) {
			// An answer that was overtaken tells of an older state.
			if (latest && told.startedMs < latest.startedMs) return;
			if (latest) compare(latest, told);
			latest = told;
			const own = ownBetween(told.startedMs - lengthMs, told.endedMs);
			if (limit - told.remaining - own > FEW_OF_OTHERS) {
				othersUntilMs = told.endedMs + 2 * lengthMs;
			}
		},
		turnsBetween(earliestMs, latestMs) {
			turn = { earliestMs, latestMs };
		},
		earliestStart(nowMs, starts) {
			ownStarts = starts;
			const left = leftAt(nowMs);
			if (left === undefined) return nowMs;
			const isShared = areOthersThere(nowMs);
			const margin = isShared ? Math.min(LARGEST_MARGIN, 2 + Math.ceil(1.5 * ofOthersPerCall)) : 0;
			const lastMs = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
			if (left <= margin) return askAgainAt(nowMs, lastMs);
			if (!isShared && left > limit * SPREAD_PART) return nowMs;
			// The same for everybody who sees the same window, so that shares come out alike.
			const untilTurn = (turnAfter(nowMs)?.latestMs ?? nowMs + lengthMs) - nowMs;
			return Math.max(nowMs, lastMs + untilTurn / left);
		},
	};
}
