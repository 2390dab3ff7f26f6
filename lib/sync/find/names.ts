export { foldText } from '../../foldText';

/** Legal forms that are the same word written in two ways. */
const SAME_WORD: Readonly<Record<string, string>> = {
	ltd: 'limited',
	co: 'company',
	inc: 'incorporated',
	corp: 'corporation',
	pty: 'proprietary',
	bros: 'brothers',
	mfg: 'manufacturing',
	intl: 'international',
};

/** Xero's contacts have names of up to 255 characters: of a longer one the rest tells nothing. */
const LONGEST_NAME = 1_000;

/**
 * A name without what people write differently: accents, punctuation, "&" for "and", "Ltd" for
 * "Limited". Legal forms are kept, since "Acme Ltd" and "Acme Inc" are two companies.
 */
export function looseName(name: string): string {
	const words = name
		.slice(0, LONGEST_NAME)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[’'`.]/g, '')
		.replace(/&|\+/g, ' and ')
		.match(/[\p{L}\p{N}]+/gu);
	return (words ?? [])
		.filter((word) => word !== 'the')
		.map((word) => SAME_WORD[word] ?? word)
		.join(' ');
}

const LEGAL_FORMS: ReadonlySet<string> = new Set([
	...['limited', 'company', 'incorporated', 'corporation', 'proprietary'],
	...['llc', 'llp', 'plc', 'lp', 'cic', 'gmbh', 'ag', 'sarl', 'sas', 'sa', 'srl', 'bv', 'ab', 'as'],
]);

/** A name as `looseName` gives it, without the legal forms at its end: "Acme" of "Acme Limited". */
export function withoutLegalForm(looselyNamed: string): string {
	const words = looselyNamed.split(' ');
	const last = words.findLastIndex((word) => !LEGAL_FORMS.has(word));
	return last === -1 ? looselyNamed : words.slice(0, last + 1).join(' ');
}

/** What many names have beside their legal form, so that two are no more alike for it. */
const COMMON_WORDS: ReadonlySet<string> = new Set([
	...LEGAL_FORMS,
	...['and', 'of', 'group', 'holdings', 'services', 'brothers', 'manufacturing', 'international'],
]);

/** Whether two names have a word in common that tells one firm or person from another. */
export function shareAName(a: string, b: string): boolean {
	const telling = (name: string) => {
		const all = wordsOf(name);
		const own = all.filter((word) => !COMMON_WORDS.has(word));
		return new Set(own.length > 0 ? own : all);
	};
	const theirs = telling(b);
	return [...telling(a)].some((word) => theirs.has(word));
}

/** Share of words that two names have in common: 0 to 1. */
export function sharedWords(a: string, b: string): number {
	const [first, second] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
	const all = new Set([...first, ...second]);
	if (all.size === 0) return 0;
	return [...first].filter((word) => second.has(word)).length / all.size;
}

function wordsOf(name: string): string[] {
	return looseName(name).split(' ').filter(Boolean);
}
