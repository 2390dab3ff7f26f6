import { asObject, asText, isParts } from '../values';
import type { FieldCodec } from './fieldCodec';
import { escapeHtml } from './fieldCodec';

/** short_text, rich_text and concatenation: both forms are the text itself. */
export const plainText: FieldCodec = {
	read: (input) => {
		const text = asText(input);
		return text === undefined ? { problem: 'must be text' } : { value: text };
	},
	display: String,
	raw: (value) => value,
};

/** paragraph_text: line breaks show as `<br />` and stay `\n` in raw. */
export const paragraphText: FieldCodec = {
	...plainText,
	display: (value) => String(value).replace(/\r?\n/g, '<br />'),
};

/** password: never shown, never kept. */
export const password: FieldCodec = {
	read: (input) => (asText(input) === undefined ? { problem: 'must be text' } : { value: 'set' }),
	display: () => '*********',
	raw: () => ({ validation: 'good' }),
};

export const signature: FieldCodec = {
	read: (input) => {
		const given = asObject(input);
		const base30 = given?.['base30'] ?? input;
		if (typeof base30 !== 'string') return { problem: 'must be a signature' };
		const svg = asText(given?.['svg']) ?? '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
		return { value: { base30, svg } };
	},
	display: (value) => {
		const svg = isParts(value) ? String(value['svg'] ?? '') : '';
		const encoded = Buffer.from(svg).toString('base64');
		return `<img src="data:image/svg+xml;base64,${encoded}" />`;
	},
	raw: (value) => value,
};

export const link: FieldCodec = {
	read: (input) => {
		const parts = asObject(input);
		const url = parts ? asText(parts['url']) : asText(input);
		if (url === undefined) return { problem: 'must be a link' };
		if (url === '') return { value: undefined };
		const label = asText(parts?.['label']);
		return { value: label ? { url, label } : { url } };
	},
	display: (value) => {
		if (!isParts(value)) return '';
		const url = escapeHtml(String(value['url'] ?? ''));
		return `<a href="${url}">${value['label'] ? escapeHtml(String(value['label'])) : url}</a>`;
	},
	raw: (value) => value,
};
