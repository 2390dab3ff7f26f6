import type { Decimal } from '../../money';
import { canonicalDecimal, parseDecimal, roundHalfUp } from '../../money';
import { replaceEach } from '../../replaceEach';
import type { KnackField } from '../app';
import { textAsTyped } from '../html';
import { readMoment } from './dateCodecs';
import type { FieldCodec } from './fieldCodec';
import { encoded, notEncoded, shownInMessage } from './fieldCodec';
import type { FieldValue } from './fieldValue';
import { textValue } from './fieldValue';

/**
 * Knack computes with floats and sends 3.99999999 for 4. Four places are what Xero keeps of a
 * quantity or a unit price.
 */
const COMPUTED_PLACES = 4;

/** A decimal as a JSON number when that says exactly the same, else as text. */
export function exactNumber(value: Decimal): number | string {
	const text = canonicalDecimal(value);
	const number = Number(text);
	return Number.isFinite(number) && parseDecimal(number)?.eq(value) ? number : text;
}

/** Reads "$1,234.50", "1.234,50 €" and the like, where only the shown text is at hand. */
function parseShownNumber(text: string, field: KnackField): Decimal | undefined {
	const digits = replaceEach(textAsTyped(text), /[^\d.,+-]/g, '');
	const comma = field.format['mark_decimal'] === 'comma';
	return parseDecimal(
		comma ? digits.replace(/\./g, '').replace(',', '.') : digits.replace(/,/g, ''),
	);
}

function readNumber(raw: unknown, field: KnackField): Decimal | undefined {
	return parseDecimal(raw) ?? (typeof raw === 'string' ? parseShownNumber(raw, field) : undefined);
}

function decodeNumber(raw: unknown, field: KnackField): FieldValue {
	const value = readNumber(raw, field);
	return value ? { kind: 'number', value } : textValue(textAsTyped(String(raw)));
}

function decodeComputed(raw: unknown, field: KnackField): FieldValue {
	const decoded = decodeNumber(raw, field);
	if (decoded.kind !== 'number') return decoded;
	const places = Math.max(COMPUTED_PLACES, Number(field.format['precision'] ?? 0) || 0);
	return { kind: 'number', value: roundHalfUp(decoded.value, places) };
}

function encodeNumber(value: unknown): ReturnType<NonNullable<FieldCodec['encode']>> {
	const number = parseDecimal(value);
	if (!number) {
		return notEncoded(
			`"${shownInMessage(value)}" is not a number.`,
			'Send digits with a point for decimals and without separators or signs, such as 1250.50.',
		);
	}
	return encoded(exactNumber(number));
}

export const numberCodec: FieldCodec = { decode: decodeNumber, encode: encodeNumber };

export const autoIncrementCodec: FieldCodec = { decode: decodeNumber };

/** Sum, count, average, minimum, maximum of connected records. */
export const rollUpCodec: FieldCodec = { decode: decodeComputed };

/** An equation gives a number, or a date as an object or as text. */
export const equationCodec: FieldCodec = {
	decode(raw, field) {
		const givesDate = field.format['equation_type'] === 'date';
		if (typeof raw === 'object' || givesDate) {
			const from = readMoment(raw, field);
			if (from) return { kind: 'moment', from, allDay: false };
		}
		return decodeComputed(raw, field);
	},
};
