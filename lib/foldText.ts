import { replaceEach } from './replaceEach';

/** Words of ASCII with single spaces between them: most texts, which need no more than lower case. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A text as it counts when texts are compared: letter case, Unicode form, and spaces around and
 * between words set aside, as Xero compares names and numbers. The one fold of all comparisons, so
 * that a matcher, a look-up and a list that a person searches never disagree on what is the same.
 */
export function foldText(text: string): string {
	if (PLAIN.test(text)) return text.toLowerCase();
	return replaceEach(text.normalize('NFKC').toLowerCase(), /\s+/g, ' ').trim();
}

/** Whether two texts are the same but for what `foldText` sets aside. */
export function isSameText(one: string, other: string): boolean {
	return one === other || foldText(one) === foldText(other);
}

/** Those whose text holds what a person types to find it; all, where nothing was typed. */
export function containing<Entry>(
	entries: readonly Entry[],
	typed: string | undefined,
	textOf: (entry: Entry) => string,
): Entry[] {
	const wanted = foldText(typed ?? '');
	return entries.filter((entry) => foldText(textOf(entry)).includes(wanted));
}
