import { htmlToText, textAsTyped } from '../html';
import type { FieldCodec } from './fieldCodec';
import { asObject, encoded, notEncoded, shownInMessage, textOf } from './fieldCodec';
import { BLANK, textValue } from './fieldValue';

const ASSET_ID = /^[0-9a-f]{24}$/i;

function attribute(html: string, name: string): string | undefined {
	const written = new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(html)?.[1];
	return textOf(textAsTyped(written ?? ''));
}

/** A file or an image. An image from the web is only an address. */
export const assetCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		if (parts) {
			const url = textOf(parts['url']);
			const id = textOf(parts['id']);
			if (!url && !id) return BLANK;
			const size = Number(parts['size']);
			return {
				kind: 'asset',
				id,
				url: url ?? '',
				fileName: textOf(parts['filename']),
				size: Number.isFinite(size) ? size : undefined,
			};
		}
		const text = String(raw);
		const id = attribute(text, 'data-asset-id');
		const url = attribute(text, 'href') ?? attribute(text, 'src') ?? textAsTyped(text);
		if (url === '') return BLANK;
		return { kind: 'asset', id, url, fileName: attribute(text, 'data-file-name') };
	},
	encode(value, field) {
		const id = textOf(asObject(value)?.['id'] ?? value);
		const isWebImage = field.type === 'image' && field.format['source'] === 'url';
		if (id && (isWebImage || ASSET_ID.test(id))) return encoded(id);
		return notEncoded(
			`"${shownInMessage(value)}" is not an uploaded ${field.type} for ${field.name}.`,
			'Upload the file to Knack first and map the id that Knack answers with.',
		);
	},
};

export const linkCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		if (parts) {
			const url = textOf(parts['url']);
			return url ? { kind: 'link', url, label: textOf(parts['label']) } : BLANK;
		}
		const text = String(raw).trim();
		const url = attribute(text, 'href');
		if (!url) return text === '' ? BLANK : { kind: 'link', url: textAsTyped(text) };
		const label = htmlToText(text);
		return { kind: 'link', url, label: label === url ? undefined : label };
	},
	encode(value, field) {
		const parts = asObject(value);
		const url = textOf(parts ? parts['url'] : value);
		if (!url) {
			return notEncoded(
				`"${shownInMessage(value)}" is not a link for ${field.name}.`,
				'Send an address such as https://example.com/page.',
			);
		}
		const label = textOf(parts?.['label']);
		return encoded({ url, ...(label && { label }) });
	},
};

export const signatureCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		const strokes = textOf(parts ? (parts['base30'] ?? parts['svg']) : raw);
		return strokes ? { kind: 'signature', strokes } : BLANK;
	},
	encode(value, field) {
		const strokes = textOf(asObject(value)?.['base30'] ?? value);
		if (strokes) return encoded({ base30: strokes });
		return notEncoded(
			`"${shownInMessage(value)}" is not a signature for ${field.name}.`,
			'Send the signature as Knack gave it for another record: {"base30": "…"}.',
		);
	},
};

/** A type that this package does not know: its text, and written as it is given. */
export const unknownTypeCodec: FieldCodec = {
	decode: (raw) =>
		textValue(typeof raw === 'object' ? JSON.stringify(raw) : textAsTyped(String(raw))),
	encode: (value) => encoded(value),
};
