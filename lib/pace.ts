import type { Clock } from './clock';
import { createSharedWindow } from './sharedWindow';
import type { WindowReport } from './sharedWindow';

/** How often a service may be asked. */
export interface PaceLimits {
	/** Requests under way at the same time. */
	readonly inFlight?: number;
	/**
	 * How many of them at first, where only a refusal tells that others have requests under way: each
	 * answer lets one more go, each such refusal halves them. All of them unless told.
	 */
	readonly inFlightAtFirst?: number;
	/** No more than `starts` requests begin within any `milliseconds`. */
	readonly windows?: ReadonlyArray<{
		readonly starts: number;
		readonly milliseconds: number;
		/** How often the service's own window turns, where `milliseconds` are that and a margin. */
		readonly turnsEveryMs?: number;
	}>;
}

/**
 * Spreads requests in the order in which they come. Where several lines have waiting requests they
 * take turns, so that a long line of one kind does not hold up another. Every span of a window's
 * length is kept within its limit, so that a service may begin its own windows when it likes.
 */
export interface Pacer {
	/**
	 * Waits for its turn, then works. Rejects when the wait is cancelled (the clock's sleep rejects)
	 * or with whatever the work rejects with; a cancelled wait holds up nobody else.
	 * @param line the line to stand in; all in the same one unless told
	 */
	run<Value>(clock: Clock, work: () => Promise<Value>, line?: string): Promise<Value>;
	/** Nothing starts before the moment (epoch milliseconds), as a service's headers ask. */
	notBefore(epochMs: number): void;
	/** When a request that comes now could start, seats permitting (epoch milliseconds). */
	earliestStart(nowMs: number): number;
	/**
	 * What an answer says is left in the first window, which other processes and other apps on the
	 * same account use as well: where they do, it is shared with them.
	 */
	report(told: WindowReport): void;
	/** A request was taken: after some of them one more may be under way. */
	taken(nowMs: number): void;
	/** Too many were under way, our own and those of others. */
	crowded(): void;
	/**
	 * Requests came too fast one after the other, our own and those of others: ours keep a distance
	 * from now on, which requests that are taken make smaller again.
	 */
	tooFast(nowMs: number): void;
	/** A refusal told that the first window turns between these moments (epoch milliseconds). */
	turnsBetween(earliestMs: number, latestMs: number): void;
	/** A part of a second by chance: spreads out those who were refused together. */
	spreadMs(): number;
}

/** Clocks are put right by so much without anybody noticing. */
const UNEVEN_MS = 1_000;

/**
 * After a refusal so many requests are taken before one more is tried; none is tried beside others,
 * who would be crowded as well, and with whom the window is spent soon enough.
 */
const CALM_REQUESTS = 20;

/**
 * Longest distance between two starts, and by how much of the usual pace it grows less again each
 * second: by time, not by request, so that who asks more does not get more.
 */
const LARGEST_GAP_MS = 2_000;
const REGAINED = 0.005;

/** @param chance numbers from 0 up to 1, another one for each process */
export function createPacer(limits: PaceLimits, chance: () => number = Math.random): Pacer {
	const windows = limits.windows ?? [];
	const mostSeats = limits.inFlight ?? Number.POSITIVE_INFINITY;
	const longest = Math.max(0, ...windows.map((window) => window.milliseconds));
	const [first] = windows;
	const makeShared = () =>
		first && createSharedWindow(first.starts, first.turnsEveryMs ?? first.milliseconds);
	let shared = makeShared();
	let seats = Math.min(limits.inFlightAtFirst ?? mostSeats, mostSeats);
	let hasBeenCrowded = false;
	let takenInCalm = 0;
	let starts: number[] = [];
	const usualGapMs = first ? first.milliseconds / first.starts : 0;
	let gapMs = 0;
	let slowedAtMs = Number.NEGATIVE_INFINITY;
	let regainedAtMs = 0;
	let barrier = Number.NEGATIVE_INFINITY;
	let underWay = 0;
	const lines = new Map<string, Array<() => void>>();
	let isOneInFront = false;
	let wakeOneInFront: (() => void) | undefined;

	async function comeToTheFront(line: string, stop: AbortSignal | undefined): Promise<void> {
		if (!isOneInFront) {
			isOneInFront = true;
			return;
		}
		await untilStopped(stop, (resolve) => {
			const waiting = lines.get(line);
			if (waiting) waiting.push(resolve);
			else lines.set(line, [resolve]);
			return () => {
				const left = (lines.get(line) ?? []).filter((each) => each !== resolve);
				if (left.length > 0) lines.set(line, left);
				else lines.delete(line);
			};
		});
	}

	function admitNext(): void {
		const [next] = lines;
		if (!next) {
			isOneInFront = false;
			return;
		}
		const [line, waiting] = next;
		const first = waiting.shift();
		// A line that was served goes behind the other ones.
		lines.delete(line);
		if (waiting.length > 0) lines.set(line, waiting);
		first?.();
	}

	let latestMs = Number.NEGATIVE_INFINITY;

	/** A host's clock that was set back would keep everybody waiting until it is where it was. */
	function noticeClockSetBack(nowMs: number): void {
		if (nowMs < latestMs - UNEVEN_MS) {
			starts = starts.filter((start) => start <= nowMs);
			shared = makeShared();
			barrier = Math.min(barrier, nowMs + longest);
			slowedAtMs = Math.min(slowedAtMs, nowMs);
		}
		latestMs = nowMs;
	}

	const startsWithin = (milliseconds: number, nowMs: number) =>
		starts.filter((start) => start > nowMs - milliseconds);

	function earliestStart(nowMs: number): number {
		noticeClockSetBack(nowMs);
		const turns = windows.map(({ milliseconds, starts: most }) => {
			const own = startsWithin(milliseconds, nowMs);
			// Room comes when the oldest starts leave the span.
			return own.length < most ? nowMs : (own[own.length - most] ?? nowMs) + milliseconds;
		});
		const lastMs = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
		const sharedMs = shared?.earliestStart(nowMs, starts) ?? nowMs;
		return Math.max(nowMs, barrier, lastMs + gapMs, sharedMs, ...turns);
	}

	/** Only the one in front waits here, so that a barrier set meanwhile holds for all behind. */
	async function waitForTurn(clock: Clock): Promise<void> {
		for (;;) {
			if (clock.stop?.aborted) throw stopped();
			if (underWay >= seats) {
				await untilStopped(clock.stop, (resolve) => {
					wakeOneInFront = resolve;
					return () => {
						wakeOneInFront = undefined;
					};
				});
				continue;
			}
			const wait = earliestStart(clock.now()) - clock.now();
			if (wait <= 0) break;
			await clock.sleep(wait);
		}
		underWay += 1;
		if (longest > 0) starts = [...startsWithin(longest, clock.now()), clock.now()];
	}

	function regainPace(nowMs: number): void {
		const part = usualGapMs / gapMs + (REGAINED * Math.max(0, nowMs - regainedAtMs)) / 1_000;
		regainedAtMs = nowMs;
		gapMs = part >= 1 ? 0 : usualGapMs / part;
	}

	return {
		async run(clock, work, line = '') {
			await comeToTheFront(line, clock.stop);
			try {
				await waitForTurn(clock);
			} finally {
				admitNext();
			}
			try {
				return await work();
			} finally {
				underWay -= 1;
				wakeOneInFront?.();
				wakeOneInFront = undefined;
			}
		},
		notBefore(epochMs) {
			barrier = Math.max(barrier, epochMs);
		},
		earliestStart,
		report(told) {
			shared?.report(told);
		},
		taken(nowMs) {
			if (gapMs > 0) regainPace(nowMs);
			takenInCalm = shared?.areOthersThere(nowMs) === true ? 0 : takenInCalm + 1;
			const isCalm = !hasBeenCrowded || takenInCalm >= CALM_REQUESTS;
			if (seats >= mostSeats || !isCalm) return;
			takenInCalm = 0;
			seats += 1;
		},
		crowded() {
			hasBeenCrowded = true;
			takenInCalm = 0;
			seats = Math.max(1, Math.floor(Math.min(seats, underWay + 1) / 2));
		},
		tooFast(nowMs) {
			// Requests that were refused together are one refusal.
			if (nowMs < slowedAtMs + longest) return;
			slowedAtMs = nowMs;
			regainedAtMs = nowMs;
			gapMs = Math.min(LARGEST_GAP_MS, Math.max(gapMs, usualGapMs) * 2);
		},
		turnsBetween(earliestMs, latestMs) {
			shared?.turnsBetween(earliestMs, latestMs);
		},
		spreadMs: () => Math.floor(chance() * 1_000),
	};
}

function stopped(): Error {
	return new Error('The execution was stopped');
}

/**
 * Waits until it is called, or until the run is cancelled, and then rejects.
 * @param wait takes the call and gives what is to be undone when nobody waits for it any more
 */
async function untilStopped(
	stop: AbortSignal | undefined,
	wait: (resolve: () => void) => () => void,
): Promise<void> {
	if (stop?.aborted) throw stopped();
	await new Promise<void>((resolve, reject) => {
		const leave = wait(() => {
			stop?.removeEventListener('abort', onStop);
			resolve();
		});
		function onStop(): void {
			leave();
			reject(stopped());
		}
		stop?.addEventListener('abort', onStop, { once: true });
	});
}

/** One pacer for a name, so that parallel runs share a service's limits. */
export interface Pacers {
	of(name: string, limits: PaceLimits): Pacer;
}

export function createPacers(): Pacers {
	const known = new Map<string, Pacer>();
	return {
		of(name, limits) {
			const pacer = known.get(name) ?? createPacer(limits);
			known.set(name, pacer);
			return pacer;
		},
	};
}
