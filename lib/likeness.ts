const words = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * How much of the shorter text is in the longer one, 0 to 1, by pairs of letters: finds a name that
 * was written in part, or with a letter too many or too few.
 */
export function partlyLike(a: string, b: string): number {
	const [left, right] = [letterPairs(a), letterPairs(b)];
	const shared = [...left].filter((pair) => right.has(pair)).length;
	return shared / Math.max(1, Math.min(left.size, right.size));
}

function letterPairs(text: string): Set<string> {
	const letters = words(text).join(' ');
	return new Set(
		Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
	);
}

/** How alike two names are, 0 to 1, by the words that they share. */
export function likeness(a: string, b: string): number {
	const [left, right] = [new Set(words(a)), new Set(words(b))];
	if (left.size === 0 || right.size === 0) return 0;
	const shared = [...left].filter((word) => right.has(word)).length;
	return (2 * shared) / (left.size + right.size);
}

/** No name of a field or column is longer; what is longer is a text that somebody wrote. */
const LONGEST_NAME = 100;

/** A short name with two slips is another name. */
const SHORT_NAME = 5;

/**
 * Whether one name is the other with a slip of the finger: a letter left out, added, swapped with
 * its neighbour or another one, once in a short name and twice in a long one. Letter case counts for
 * nothing; names that are the same are no slip, nor is another number ("Street 2" beside "Street 1").
 */
export function isMisspelling(a: string, b: string): boolean {
	const [one, other] = [a.toLowerCase(), b.toLowerCase()];
	const longest = Math.max(one.length, other.length);
	if (Math.min(one.length, other.length) < 3 || longest > LONGEST_NAME) return false;
	if (digits(one) !== digits(other)) return false;
	const slips = slipsBetween([...one], [...other]);
	return slips > 0 && slips <= (longest <= SHORT_NAME ? 1 : 2);
}

function digits(text: string): string {
	return text.replace(/\D/g, '');
}

/** Edits between two texts, a swap of neighbours being one (optimal string alignment). */
function slipsBetween(one: readonly string[], other: readonly string[]): number {
	let [before, last]: [number[], number[]] = [[], other.map((_, column) => column)];
	last.push(other.length);
	for (let row = 1; row <= one.length; row++) {
		const present = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			present.push(
				Math.min(
					(last[column] ?? 0) + 1,
					(present[column - 1] ?? 0) + 1,
					(last[column - 1] ?? 0) + (isSame ? 0 : 1),
					isSwap ? (before[column - 2] ?? Infinity) + 1 : Infinity,
				),
			);
		}
		[before, last] = [last, present];
	}
	return last[other.length] ?? Infinity;
}
