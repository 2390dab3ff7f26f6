import type { Spent } from './listedXero';

/**
 * Watches for how long the event loop is held at a stretch, in milliseconds: the shorter of the time on
 * the wall, which on a busy machine tells of others too, and of the processor's, which counts the
 * garbage collected beside. `left` tells what of the time so far is not to be counted, such as
 * the work of a stand-in.
 */
export function watchLoop(left: () => Spent): { stop(): number } {
	let longest = 0;
	let isWatching = true;
	const spent = (): Spent => {
		const { user, system } = process.cpuUsage();
		const others = left();
		return {
			seconds: performance.now() / 1_000 - others.seconds,
			processorSeconds: (user + system) / 1e6 - others.processorSeconds,
		};
	};
	let last = spent();
	const tick = () => {
		const now = spent();
		const held = Math.min(now.seconds - last.seconds, now.processorSeconds - last.processorSeconds);
		longest = Math.max(longest, held * 1_000);
		last = now;
		if (isWatching) setImmediate(tick);
	};
	setImmediate(tick);
	return {
		stop() {
			isWatching = false;
			return longest;
		},
	};
}
