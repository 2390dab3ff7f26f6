import { PerformanceObserver } from 'perf_hooks';

import type { Spent } from './listedXero';

/** The longest stretches for which others could do nothing, in milliseconds. */
export interface HeldLoop {
	readonly heldMilliseconds: number;
	/** The same without the time in which the engine collected garbage, which no program can give back. */
	readonly heldByWorkMilliseconds: number;
}

interface Stretch {
	readonly from: number;
	readonly to: number;
	/** What is to be counted of it, on the clock. */
	readonly onClock: number;
	/** And of the processor's time, which on a busy machine is the shorter one. */
	readonly ofProcessor: number;
}

/** Shorter ones can be no longest one. */
const LEAST_MS = 10;

/**
 * Watches for how long the event loop is held at a stretch: the shorter of the time on the wall, which
 * on a busy machine tells of others too, and of the processor's, which counts the garbage collected
 * beside. `left` tells what of the time so far is not to be counted, such as the work of a stand-in.
 */
export function watchLoop(left: () => Spent): { stop(): Promise<HeldLoop> } {
	const stretches: Stretch[] = [];
	const collections: Array<{ readonly startTime: number; readonly duration: number }> = [];
	const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
	observer.observe({ entryTypes: ['gc'] });
	let isWatching = true;
	const spent = () => {
		const at = performance.now();
		const { user, system } = process.cpuUsage();
		const others = left();
		return {
			at,
			onClock: at - others.seconds * 1_000,
			ofProcessor: (user + system) / 1_000 - others.processorSeconds * 1_000,
		};
	};
	let last = spent();
	const tick = () => {
		const now = spent();
		const stretch = {
			from: last.at,
			to: now.at,
			onClock: now.onClock - last.onClock,
			ofProcessor: now.ofProcessor - last.ofProcessor,
		};
		if (stretch.onClock >= LEAST_MS) stretches.push(stretch);
		last = now;
		if (isWatching) setImmediate(tick);
	};
	setImmediate(tick);
	/** How long garbage was collected in a stretch, but for what others had made: that is left out already. */
	const collected = ({ from, to }: Stretch) =>
		collections
			.filter(({ startTime }) => startTime >= from && startTime < to)
			.filter(({ startTime }) => !isWithin(startTime, left().spans))
			.reduce((sum, { duration }) => sum + duration, 0);
	return {
		async stop() {
			isWatching = false;
			// The engine tells of a collection a turn later.
			await new Promise((resolve) => setTimeout(resolve, 50));
			observer.disconnect();
			const held = stretches.map(({ onClock, ofProcessor }) => Math.min(onClock, ofProcessor));
			const byWork = stretches.map((stretch) =>
				Math.min(stretch.onClock - collected(stretch), stretch.ofProcessor),
			);
			return {
				heldMilliseconds: Math.max(0, ...held),
				heldByWorkMilliseconds: Math.max(0, ...byWork),
			};
		},
	};
}

function isWithin(at: number, spans: Spent['spans']): boolean {
	return spans.some(({ from, to }) => at >= from && at < to);
}
