import type { Clock } from './clock';

/** How often a service may be asked. */
export interface PaceLimits {
	/** Requests under way at the same time. */
	readonly inFlight?: number;
	/** No more than `starts` requests begin within any `milliseconds`. */
	readonly windows?: ReadonlyArray<{ readonly starts: number; readonly milliseconds: number }>;
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
	 * What the service says is left in the first window. Starts that were not ours (another process,
	 * another app on the same account) count from then on.
	 */
	reportRemaining(remaining: number, nowMs: number): void;
	/**
	 * A part of a second, another one for each that asks and the same on every run: spreads out those
	 * who were refused together.
	 */
	spreadMs(): number;
}

/** Clocks are put right by so much without anybody noticing. */
const UNEVEN_MS = 1_000;

export function createPacer(limits: PaceLimits): Pacer {
	const windows = limits.windows ?? [];
	const seats = limits.inFlight ?? Number.POSITIVE_INFINITY;
	const longest = Math.max(0, ...windows.map((window) => window.milliseconds));
	let starts: number[] = [];
	let others = { count: 0, atMs: 0 };
	let barrier = Number.NEGATIVE_INFINITY;
	let underWay = 0;
	const lines = new Map<string, Array<() => void>>();
	let isOneInFront = false;
	let spreadTurn = 0;
	let wakeOneInFront: (() => void) | undefined;

	async function comeToTheFront(line: string): Promise<void> {
		if (!isOneInFront) {
			isOneInFront = true;
			return;
		}
		await new Promise<void>((resolve) => {
			const waiting = lines.get(line);
			if (waiting) waiting.push(resolve);
			else lines.set(line, [resolve]);
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
			if (others.atMs > nowMs) others = { count: 0, atMs: 0 };
			barrier = Math.min(barrier, nowMs + longest);
		}
		latestMs = nowMs;
	}

	const startsWithin = (milliseconds: number, nowMs: number) =>
		starts.filter((start) => start > nowMs - milliseconds);

	function earliestStart(nowMs: number): number {
		noticeClockSetBack(nowMs);
		const turns = windows.map((window, index) => {
			const { milliseconds } = window;
			const own = startsWithin(milliseconds, nowMs);
			const foreign = index === 0 && others.atMs > nowMs - milliseconds ? others.count : 0;
			const surplus = own.length + foreign - window.starts;
			if (surplus < 0) return nowMs;
			// Room comes when the oldest starts leave the span.
			const counted = [...own, ...new Array<number>(foreign).fill(others.atMs)];
			return (counted.sort((a, b) => a - b)[surplus] ?? nowMs) + milliseconds;
		});
		return Math.max(nowMs, barrier, ...turns);
	}

	/** Only the one in front waits here, so that a barrier set meanwhile holds for all behind. */
	async function waitForTurn(clock: Clock): Promise<void> {
		for (;;) {
			if (underWay >= seats) {
				await new Promise<void>((resolve) => {
					wakeOneInFront = resolve;
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

	return {
		async run(clock, work, line = '') {
			await comeToTheFront(line);
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
		reportRemaining(remaining, nowMs) {
			const window = windows[0];
			if (!window) return;
			const own = startsWithin(window.milliseconds, nowMs).length;
			others = { count: Math.max(0, window.starts - remaining - own), atMs: nowMs };
		},
		spreadMs() {
			spreadTurn = (spreadTurn + 1) % 16;
			return (spreadTurn * 373) % 1_000;
		},
	};
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
