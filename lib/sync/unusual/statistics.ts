/**
 * Where values lie and how far they are spread, by what a few odd ones among them do not move.
 * Logarithms of amounts are no money: they say how many times one is another, and nothing else.
 */
export interface Spread {
	readonly count: number;
	readonly median: number;
	/** The median of the distances from the median (MAD), made comparable to a standard deviation. */
	readonly scale: number;
	readonly least: number;
	readonly most: number;
}

/** By which the MAD of normally spread values is their standard deviation. */
const CONSISTENCY = 1.4826;

/** The middle of values; that of two where they are even. Undefined of none. */
function medianOf(values: readonly number[]): number | undefined {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.floor((sorted.length - 1) / 2)];
	return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** How logarithms of positive amounts are spread; undefined of none. */
export function spreadOf(amounts: readonly number[]): Spread | undefined {
	const logs = amounts.filter((amount) => amount > 0).map((amount) => Math.log(amount));
	const median = medianOf(logs);
	if (median === undefined) return undefined;
	const distance = medianOf(logs.map((each) => Math.abs(each - median))) ?? 0;
	return {
		count: logs.length,
		median: Math.exp(median),
		scale: CONSISTENCY * distance,
		least: Math.exp(Math.min(...logs)),
		most: Math.exp(Math.max(...logs)),
	};
}

/** How many times the usual amount one is, and how many times the usual distance it lies away. */
export interface Distance {
	readonly times: number;
	readonly deviations: number;
}

/** `floor` is the least spread that is assumed, so that amounts that were always equal may move. */
export function distanceFrom(spread: Spread, amount: number, floor: number): Distance {
	const times = amount / spread.median;
	return { times, deviations: Math.abs(Math.log(times)) / Math.max(spread.scale, floor) };
}

/** Whether one is ten or a hundred times the other, or a tenth or hundredth, as nearly as told. */
export function powerOfTen(times: number, tolerance: number): number | undefined {
	return [10, 100, 0.1, 0.01].find((each) => Math.abs(Math.log(times / each)) <= tolerance);
}
