import type { Clock } from './clock';

/** How fast one account of a service may be asked. */
export interface PaceLimits {
	/** Requests under way at once. */
	readonly maxInFlight: number;
	/** At most `limit` starts in any span of `milliseconds`. */
	readonly windows: ReadonlyArray<{ readonly milliseconds: number; readonly limit: number }>;
}

/**
 * Lets tasks start in the order in which they asked, never faster than the limits allow. Any span
 * of a window's length is kept within its limit, so a service may begin its windows when it likes.
 */
export interface Pace {
	/** Runs the task as soon as it may start. Rejects without running it when the wait is cancelled. */
	run<Value>(clock: Clock, task: () => Promise<Value>): Promise<Value>;
	/** Starts nothing before an instant (epoch milliseconds), because the service said so. */
	holdUntil(epochMs: number): void;
	/**
	 * What the service says is left in the first window. Starts that are not ours (another process,
	 * another app on the same account) are then counted as well.
	 */
	reportRemaining(remaining: number, nowMs: number): void;
}

export function createPace(limits: PaceLimits): Pace {
	const longest = Math.max(0, ...limits.windows.map((window) => window.milliseconds));
	let starts: number[] = [];
	let others = { count: 0, atMs: 0 };
	let notBeforeMs = 0;
	let inFlight = 0;
	let lastInLine: Promise<void> = Promise.resolve();
	let wakeFirstInLine: (() => void) | undefined;

	function waitMs(nowMs: number): number {
		starts = starts.filter((start) => start > nowMs - longest);
		let readyAt = Math.max(nowMs, notBeforeMs);
		limits.windows.forEach((window, index) => {
			const spanStart = nowMs - window.milliseconds;
			const own = starts.filter((start) => start > spanStart);
			const foreign = index === 0 && others.atMs > spanStart ? others.count : 0;
			const surplus = own.length + foreign - window.limit;
			if (surplus < 0) return;
			// Room comes when our oldest starts leave the span, or all of the others' at once.
			const leaves = [...own, ...new Array<number>(foreign).fill(others.atMs)].sort((a, b) => a - b);
			readyAt = Math.max(readyAt, (leaves[surplus] ?? nowMs) + window.milliseconds);
		});
		return readyAt - nowMs;
	}

	async function admit(clock: Clock): Promise<void> {
		for (;;) {
			if (inFlight >= limits.maxInFlight) {
				await new Promise<void>((resolve) => {
					wakeFirstInLine = resolve;
				});
				continue;
			}
			const wait = waitMs(clock.now());
			if (wait <= 0) break;
			await clock.sleep(wait);
		}
		inFlight += 1;
		starts.push(clock.now());
	}

	return {
		async run(clock, task) {
			const before = lastInLine;
			let admitNext: () => void = () => undefined;
			lastInLine = new Promise<void>((resolve) => {
				admitNext = resolve;
			});
			await before;
			try {
				await admit(clock);
			} finally {
				admitNext();
			}
			try {
				return await task();
			} finally {
				inFlight -= 1;
				wakeFirstInLine?.();
				wakeFirstInLine = undefined;
			}
		},
		holdUntil(epochMs) {
			notBeforeMs = Math.max(notBeforeMs, epochMs);
		},
		reportRemaining(remaining, nowMs) {
			const window = limits.windows[0];
			if (!window) return;
			const own = starts.filter((start) => start > nowMs - window.milliseconds).length;
			others = { count: Math.max(0, window.limit - remaining - own), atMs: nowMs };
		},
	};
}

const shared = new Map<string, Pace>();

/** The pace of an account, one for all executions in this process. */
export function sharedPace(account: string, limits: PaceLimits): Pace {
	const known = shared.get(account);
	if (known) return known;
	const pace = createPace(limits);
	shared.set(account, pace);
	return pace;
}
