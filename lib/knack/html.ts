import { remember } from '../remember';
import { replaceEach } from '../replaceEach';
import { compile } from '../vendor/htmlToText';

const toText = compile({
	wordwrap: false,
	preserveNewlines: true,
	selectors: [
		{ selector: 'a', options: { ignoreHref: true } },
		{ selector: 'img', format: 'skip' },
		{ selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
		{ selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 1, trailingLineBreaks: 1 } },
		{ selector: 'ol', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
		...['table', 'tr'].map((selector) => ({
			selector,
			format: 'block',
			options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
		})),
		...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
		...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
			selector,
			options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 1 },
		})),
	],
	formatters: {
		cell: (element, walk, builder) => {
			walk(element.children, builder);
			builder.addInline(' ');
		},
	},
});

/** The parser builds a tree and walks it by recursion: from some 2,500 levels on the stack ends. */
const MOST_LEVELS = 100;
/** Some fifty milliseconds at the worst. Xero takes 4,000 characters of any text. */
const MOST_CHARACTERS = 20_000;

/**
 * The text that a person sees of HTML: tags taken out, `<br />` and paragraphs as line ends. What is
 * longer or deeper than people write loses its layout (lists, cells) and none of its words. Takes a
 * time that grows with the length alone, and never throws.
 */
export function htmlToText(html: string): string {
	const isOrdinary = html.length <= MOST_CHARACTERS && levelsOf(html) <= MOST_LEVELS;
	const text = isOrdinary ? toText(withoutOpenTag(html)) : withoutTags(html);
	const lines = replaceEach(text, /\u00a0/g, ' ').split('\n');
	const trimmed = lines.map((line) => line.trimEnd()).join('\n');
	return replaceEach(trimmed, /\n{3,}/g, '\n\n').trim();
}

/** A tag that never ends is text, which the parser would drop. */
function withoutOpenTag(html: string): string {
	const last = html.lastIndexOf('<');
	return last > html.lastIndexOf('>') ? `${html.slice(0, last)}&lt;${html.slice(last + 1)}` : html;
}

/** What Knack shows of a value whose shown form is HTML, such as `<a href="mailto:…">`. */
export function textOfShown(shown: string): string {
	return /[<&]/.test(shown) ? htmlToText(shown) : shown.trim();
}

/** HTML's own tags, in lower case as Knack and its editor write them. */
const OWN =
	'(?:a|b|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)';
const BEGINS_NO_TAG = new RegExp(`<(?!/?${OWN}[\\s/>])`, 'g');
const BREAK_OR_END = new RegExp(`<(?:br ?/?|/${OWN})>`);

/**
 * The text of what Knack puts together from texts and HTML, such as a text formula: only HTML's own
 * tags are taken out, so that the "<M8>" of a text field stays.
 */
export function mixedToText(mixed: string): string {
	return textOfShown(replaceEach(mixed, BEGINS_NO_TAG, '&lt;'));
}

/** Whether a text has line breaks or whole elements of HTML in it, which nobody types by chance. */
export function looksLikeHtml(text: string): boolean {
	return BREAK_OR_END.test(text);
}

const REFERENCE = /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});/gi;

const characterOf = remember((reference) => htmlToText(reference) || ' ');

/**
 * The value of a text field: as it was typed, angle brackets and all. Only characters that are
 * written as HTML references (`&amp;`) are read, once: texts that came through a form may be kept so
 * (seen by users of the API; Knack documents nothing).
 */
export function textAsTyped(text: string): string {
	return replaceEach(text, REFERENCE, characterOf).trim();
}

const WRITTEN: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as HTML, for a rich text field. */
export function textToHtml(text: string): string {
	return replaceEach(text, /[&<>]|\r?\n/g, (found) => WRITTEN[found] ?? '<br />');
}

const VOID: ReadonlySet<string> = new Set(['br', 'col', 'hr', 'img', 'input', 'wbr']);

/** How deep tags may stand in each other, at most: an end that fits no beginning ends nothing. */
function levelsOf(html: string): number {
	const open: string[] = [];
	let deepest = 0;
	for (const [, slash, written = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
		const name = written.toLowerCase();
		if (slash && open.at(-1) === name) open.pop();
		else if (!slash && !VOID.has(name)) deepest = Math.max(deepest, open.push(name));
	}
	return deepest;
}

const LINE_END = /<(?:br|\/(?:p|div|li|tr|h[1-6]))(?:[\s/][^<>]*)?>/gi;
const TAG = /<[/!?a-z][^<>]*>/gi;

/** What stands between the tags. A "<" that begins no whole tag is text. */
function withoutTags(html: string): string {
	const onLines = replaceEach(html, LINE_END, '\n');
	return replaceEach(replaceEach(onLines, TAG, ''), REFERENCE, characterOf);
}
