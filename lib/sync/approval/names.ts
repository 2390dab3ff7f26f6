import { foldText } from '../../foldText';

const ADDRESS = /[^\s<>()[\]:;,"]+@[^\s<>()[\]:;,"]+/g;
/** What mail servers set aside: "ida+xero@" is delivered to "ida@". */
const SUFFIX = /\+[^@]*(?=@)/;
/** Characters that nobody sees. */
const UNSEEN = /\p{Cf}/gu;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u;

/**
 * Whether two names or addresses are surely of two people: no address in common, or names of which
 * one is not the other in short or in another order. A name and an e-mail address cannot be compared,
 * and a blank is nobody's.
 */
export function hasAnotherName(one: string, other: string): boolean {
	const [first, second] = [addressesIn(one), addressesIn(other)];
	if (first.length > 0 || second.length > 0) {
		return (
			first.length > 0 && second.length > 0 && first.every((address) => !second.includes(address))
		);
	}
	const [words, others] = [wordsOf(one), wordsOf(other)];
	if (words.length === 0 || others.length === 0) return false;
	if (words.join('') === others.join('')) return false;
	return !isShortFor(words, others) && !isShortFor(others, words);
}

function addressesIn(text: string): string[] {
	return (seen(text).match(ADDRESS) ?? []).map((address) => address.replace(SUFFIX, ''));
}

function wordsOf(name: string): string[] {
	return seen(name)
		.split(BETWEEN_WORDS)
		.filter((word) => word !== '');
}

/** "I. Berg" and "Berg, Ida" for "Ida Berg". */
function isShortFor(words: readonly string[], whole: readonly string[]): boolean {
	return words.every((word) => whole.some((each) => each.startsWith(word)));
}

function seen(text: string): string {
	return foldText(text.replace(UNSEEN, ' '));
}
