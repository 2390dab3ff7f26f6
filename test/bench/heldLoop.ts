/**
 * Watches for how long the event loop is held at a stretch, in milliseconds of
 * the processor: on a busy machine the clock on the wall tells of others. `left` tells what of the time so
 * far is not to be counted, such as the work of a stand-in.
 */
export function watchLoop(left: () => number): { stop(): number } {
	let longest = 0;
	let isWatching = true;
	const used = () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1_000;
	};
	let last = { at: used(), left: left() };
	const tick = () => {
		const now = { at: used(), left: left() };
		longest = Math.max(longest, now.at - last.at - (now.left - last.left));
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
