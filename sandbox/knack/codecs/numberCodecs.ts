import Big from 'big.js';

import type { FieldFormat, FieldSchema } from '../schema';
import { asText } from '../values';
import type { FieldCodec } from './fieldCodec';

/** The number in `12`, `"12.50"`, `"1,234.50"`, `"£1,234.50"`; undefined when there is none. */
export function parseDecimal(input: unknown): Big | undefined {
	const text = asText(input)
		?.replace(/&nbsp;/g, '')
		.replace(/[^\d.eE+-]/g, '');
	if (text === undefined || text === '' || typeof input === 'boolean') return undefined;
	try {
		return new Big(text);
	} catch {
		return undefined;
	}
}

function grouped(digits: string, separator: string): string {
	return digits.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
}

/** A number as the field's format shows it: a JSON number when nothing has to be drawn around it. */
function formatNumber(value: Big, format: FieldFormat = {}): string | number {
	const decimals =
		format.mark_decimal === undefined || format.mark_decimal === 'none'
			? undefined
			: Number(format.precision ?? 2);
	const thousands = { comma: ',', period: '.', space: ' ' }[format.mark_thousands ?? 'none'];
	if (decimals === undefined && thousands === undefined && !format.pre && !format.post) {
		return value.toNumber();
	}
	const [whole = '0', fraction] = value.abs().toFixed(decimals).split('.');
	const mark = format.mark_decimal === 'comma' ? ',' : '.';
	const digits = grouped(whole, thousands ?? '') + (fraction === undefined ? '' : mark + fraction);
	const sign = value.lt(0) ? '-' : '';
	return `${format.pre ?? ''}${sign}${digits}${format.post ?? ''}`;
}

/** number: raw is a JSON number. */
export const number: FieldCodec = {
	read: (input) => {
		const value = parseDecimal(input);
		return value ? { value: value.toNumber() } : { problem: 'must be a number' };
	},
	display: (value, field) => formatNumber(new Big(String(value)), field.format),
	raw: (value) => value,
};

/**
 * currency: raw is a string without sign or separators, such as `"100.43"`; it keeps the decimals
 * it was written with.
 */
export const currency: FieldCodec = {
	read: (input) => {
		const value = parseDecimal(input);
		return value ? { value: value.toFixed() } : { problem: 'must be a number' };
	},
	display: (value, field) => {
		const amount = new Big(String(value));
		const [whole = '0', fraction = '00'] = amount.abs().toFixed(2).split('.');
		const digits = `${amount.lt(0) ? '-' : ''}${grouped(whole, ',')}.${fraction}`;
		const sign = field.format?.format ?? '$';
		return sign === '€' ? `${digits}&nbsp;€` : `${sign}${digits}`;
	},
	raw: (value) => value,
};

/** rating: shown with two decimals. */
export const rating: FieldCodec = {
	...number,
	display: (value) => new Big(String(value)).toFixed(2),
};

/**
 * equation and the roll-ups: worked out by Knack, in binary floating point, so that raw can carry
 * noise such as 3.9999999999999996 while the shown value is rounded.
 */
export const calculated: FieldCodec = {
	read: () => ({ problem: 'cannot be written' }),
	display: (value, field) =>
		typeof value === 'number' ? formatCalculated(value, field) : String(value),
	raw: (value) => value,
};

function formatCalculated(value: number, field: FieldSchema): string | number {
	const format = field.format ?? {};
	const exact = new Big(value);
	const plain = format.mark_decimal === undefined || format.mark_decimal === 'none';
	return formatNumber(plain && field.type === 'equation' ? exact.round(0) : exact, format);
}
