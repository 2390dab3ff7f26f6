import { htmlToText, plainText } from '../plainText';
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

export const shortTextCodec: FieldCodec = {
	decode: (raw) => textValue(plainText(textOfAny(raw))),
	encode: encodeText,
};

export const richTextCodec: FieldCodec = {
	decode: (raw) => textValue(htmlToText(textOfAny(raw))),
	encode: encodeText,
};

/** A text formula. */
export const concatenationCodec: FieldCodec = {
	decode: (raw) => textValue(plainText(textOfAny(raw))),
};

export const passwordCodec: FieldCodec = {
	decode: () => ({ kind: 'secret' }),
	encode: encodeText,
};
