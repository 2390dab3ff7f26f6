import { replaceEach } from './replaceEach';

/**
 * Half of a character: a text that was cut off in the middle of an emoji ends so. It has no place
 * in UTF-8, and so none in an address or a request.
 */
export function wellFormed(text: string): string {
	return text.toWellFormed();
}

/**
 * Pieces as one text of its own. What a template puts together stays a chain of its pieces, which for
 * each record of a run takes three times as much memory.
 */
export function oneText(...pieces: readonly string[]): string {
	return pieces.join('');
}

/** "1 row", "3 rows". */
export function countOf(count: number, unit: string): string {
	return `${count} ${count === 1 ? unit : `${unit}s`}`;
}

/** A text as part of an address, whatever stands in it. */
export function inAddress(text: string): string {
	return encodeURIComponent(wellFormed(text));
}

const HALF_OF_A_CHARACTER = /\\ud[89a-f]/i;

/** JSON of a value for a request. Halves of characters are sent as the sign for what is unreadable. */
export function jsonText(value: unknown): string {
	const text = JSON.stringify(value);
	if (!HALF_OF_A_CHARACTER.test(text)) return text;
	return JSON.stringify(value, (_name, each: unknown) => {
		if (typeof each === 'string') return wellFormed(each);
		if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
		return Object.fromEntries(Object.entries(each).map(([name, one]) => [wellFormed(name), one]));
	});
}

/** So many characters of a text, and three dots where there are more; none is cut in half. */
export function shortened(text: string, most: number): string {
	return text.length > most ? `${beginning(text, most - 1)}…` : text;
}

/** The first so many characters of a text, without half of one at the end. */
export function beginning(text: string, most: number): string {
	return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/**
 * A text whose every character can be seen. Characters that turn the direction of what follows
 * could show another amount than the one that is meant (Unicode Technical Report 36, 3.2).
 */
export function visible(text: string): string {
	const onOneLine = replaceEach(wellFormed(text), /[\t\n\r]+/g, ' ');
	return replaceEach(onOneLine, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, inBrackets);
}

function inBrackets(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
