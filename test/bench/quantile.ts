/** The smallest of the values that at least this share of them do not exceed, rounded. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
	return Math.round(sorted[Math.max(0, at)] ?? NaN);
}
