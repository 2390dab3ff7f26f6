import { foldText } from '../../foldText';

/**
 * How far a text in Xero names a record by its number or reference:
 * - `named`: the record's whole name stands there as words of its own ("Order ORD-12").
 * - `part`: the one stands inside the other, glued to more ("ZAP-ORD-12"), which may be chance.
 * - `other`: it names another of the same kind ("ORD-13", "ORD-12-B").
 * - `none`: it says nothing of the record.
 */
export type Naming = 'named' | 'part' | 'other' | 'none';

/** Shorter names, and names without a digit, stand in texts by chance. */
const SHORTEST = 3;
/** Xero keeps 255 characters of a number or a reference. */
const LONGEST = 500;
const WORD_ENDS = /[\s,;:#()[\]{}"'“”‘’|]/;

export function namingOf(ours: string | undefined, theirs: string | undefined): Naming {
	const own = foldText(ours ?? '');
	const other = foldText(theirs ?? '');
	if (own === '' || other === '' || own.length > LONGEST) return 'none';
	if (own === other || (isTelling(own) && standsIn(own, other))) return 'named';
	if ((isTelling(own) && endsIn(own, other)) || (isTelling(other) && endsIn(other, own))) {
		return 'part';
	}
	return isSameKind(own, other) ? 'other' : 'none';
}

/** Whether a number or reference stands in other texts by more than chance. */
export function isTelling(text: string): boolean {
	return text.replace(/[^\p{L}\p{N}]/gu, '').length >= SHORTEST && /\p{N}/u.test(text);
}

function standsIn(text: string, within: string): boolean {
	return placesOf(text, within).some(
		(at) => isWordEnd(within[at - 1]) && isWordEnd(within[at + text.length]),
	);
}

/** Something may be glued before it, such as a tool's prefix; after it, it would be another id. */
function endsIn(text: string, within: string): boolean {
	return placesOf(text, within).some(
		(at) => !isAlphanumeric(within[at - 1]) && isWordEnd(within[at + text.length]),
	);
}

function placesOf(text: string, within: string): number[] {
	const places: number[] = [];
	for (let at = within.indexOf(text); at !== -1; at = within.indexOf(text, at + 1)) places.push(at);
	return places;
}

function isWordEnd(character: string | undefined): boolean {
	return character === undefined || WORD_ENDS.test(character);
}

function isAlphanumeric(character: string | undefined): boolean {
	return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Both have an id of the same letters: two orders, not one order named in two ways. */
function isSameKind(a: string, b: string): boolean {
	const ofB = kindsOf(b);
	return [...kindsOf(a)].some((kind) => ofB.has(kind));
}

/** The letters before a number, such as "ord" of "zap-ord-12"; "" for words that begin with one. */
function kindsOf(text: string): ReadonlySet<string> {
	const letters = [...text.matchAll(/(?<!\p{L})(\p{L}+)[^\p{L}\p{N}]*\p{N}/gu)].map(
		(match) => match[1] ?? '',
	);
	const isBare = text.split(WORD_ENDS).some((word) => /^\p{N}/u.test(word));
	return new Set(isBare ? [...letters, ''] : letters);
}
