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

/** A tag with nothing in it or with attributes, so that "5 <b and c> 3" stays as it was typed. */
const TAG = /<\/?[a-z][a-z0-9]*(?:\s+[\w:-]+\s*=[^<>]*)?\s*\/?>/i;
const ENTITY = /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});/i;

/** The text that a person sees: tags taken out, `<br />` and paragraphs as line ends. */
export function htmlToText(html: string): string {
	return toText(html)
		.replace(/\u00a0/g, ' ')
		.replace(/[ \t]+\n/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** Text as it stands, or without its markup when it has any: short texts can carry HTML. */
export function plainText(text: string): string {
	if (!text.includes('<') && !text.includes('&')) return text.trim();
	if (TAG.test(text)) return htmlToText(text);
	return ENTITY.test(text) ? htmlToText(text.replace(/</g, '&lt;')) : text.trim();
}
