import { replaceEach } from '../../replaceEach';
import { htmlToText, mixedToText, textAsTyped } from '../html';
import type { FieldCodec } from './fieldCodec';
import { encoded, notEncoded, shownInMessage } from './fieldCodec';
import { textValue } from './fieldValue';

function encodeText(value: unknown): ReturnType<NonNullable<FieldCodec['encode']>> {
	if (typeof value === 'string') return encoded(value);
	if (typeof value === 'number' || typeof value === 'boolean') return encoded(String(value));
	return notEncoded(
		`"${shownInMessage(value)}" is not text.`,
		'Map a single value, for instance one field of the object.',
	);
}

function textOfAny(raw: unknown): string {
	if (typeof raw === 'string') return raw;
	return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
}

/** What looks like HTML in it is text: somebody typed it. */
export const shortTextCodec: FieldCodec = {
	decode: (raw) => textValue(textAsTyped(textOfAny(raw))),
	encode: encodeText,
};

/** Line ends are line ends in the raw value and `<br />` in the shown one. */
export const paragraphTextCodec: FieldCodec = {
	decode: (raw) => textValue(textAsTyped(replaceEach(textOfAny(raw), /<br\s*\/?>/gi, '\n'))),
	encode: encodeText,
};

export const richTextCodec: FieldCodec = {
	decode: (raw) => textValue(htmlToText(textOfAny(raw))),
	encode: encodeText,
};

/** A text formula: HTML where it is made of some, else text like the fields that it puts together. */
export const concatenationCodec: FieldCodec = {
	decode: (raw, { isHtml }) => {
		const text = textOfAny(raw);
		return textValue(isHtml ? mixedToText(text) : textAsTyped(text));
	},
};

export const passwordCodec: FieldCodec = {
	decode: () => ({ kind: 'secret' }),
	encode: encodeText,
};
