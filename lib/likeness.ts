const words = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How alike two names are, 0 to 1, by the words that they share. */
export function likeness(a: string, b: string): number {
	const [left, right] = [new Set(words(a)), new Set(words(b))];
	if (left.size === 0 || right.size === 0) return 0;
	const shared = [...left].filter((word) => right.has(word)).length;
	return (2 * shared) / (left.size + right.size);
}
