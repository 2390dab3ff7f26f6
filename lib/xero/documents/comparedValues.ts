import { canonicalDecimal, parseDecimal, roundHalfUp } from '../../money';
import { replaceEach } from '../../replaceEach';
import type { FieldDefinition, FieldValue } from './definition';
import { isDecimalKind } from './wireValues';

/**
 * The value as it counts when two are compared: decimals without trailing zeros and in the places
 * that Xero keeps, telephone numbers by what is dialled, texts with one kind of line end, blanks as
 * undefined, and so a discount of 0.
 */
export function comparable(
	field: Pick<FieldDefinition, 'kind' | 'places' | 'zeroIsNone' | 'isPhone'>,
	value: FieldValue | undefined,
): FieldValue | undefined {
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'boolean') return value;
	if (isDecimalKind(field.kind)) {
		if (isAsCompared(value, field.places)) {
			return field.zeroIsNone && value === '0' ? undefined : value;
		}
		const number = parseDecimal(value);
		if (number === undefined) return value;
		if (field.zeroIsNone && number.eq(0)) return undefined;
		return canonicalDecimal(
			field.places === undefined ? number : roundHalfUp(number, field.places),
		);
	}
	const number = field.isPhone ? dialled(value) : '';
	if (number !== '') return number;
	return (value.includes('\r') ? replaceEach(value, /\r\n?/g, '\n') : value).trim();
}

/** A decimal as `canonicalDecimal` writes it; most are written so. */
const CANONICAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;

/** Whether a decimal's text is the one that it is compared by, and need not be reckoned. */
function isAsCompared(text: string, places: number | undefined): boolean {
	if (!CANONICAL.test(text)) return false;
	const point = text.indexOf('.');
	return places === undefined || point === -1 || text.length - point - 1 <= places;
}

/**
 * What is dialled of a telephone number, however it is written; an extension is no part of the number
 * itself. Empty where there is no digit.
 */
function dialled(value: string): string {
	const [number = '', ...extensions] = value
		.replace(/^\D+/, '')
		.split(/[\p{Letter}#]+/u)
		.map((part) => part.replace(/\D/g, ''))
		.filter((part) => part !== '');
	return [number, ...extensions].join('x');
}

export function sameValue(
	field: Pick<FieldDefinition, 'kind' | 'places' | 'zeroIsNone' | 'isPhone'>,
	a: FieldValue | undefined,
	b: FieldValue | undefined,
): boolean {
	return a === b || comparable(field, a) === comparable(field, b);
}

/**
 * Whether Xero has a value as it keeps the wanted one. Where it is not known how many places it
 * keeps, one that it shows in the fewest is the wanted one rounded: it would not be kept otherwise.
 */
export function isKeptAs(
	field: Pick<FieldDefinition, 'kind' | 'places' | 'leastPlaces' | 'zeroIsNone' | 'isPhone'>,
	wanted: FieldValue | undefined,
	kept: FieldValue | undefined,
): boolean {
	if (sameValue(field, wanted, kept)) return true;
	const places = field.leastPlaces;
	if (places === undefined || typeof wanted !== 'string' || typeof kept !== 'string') return false;
	const [ours, theirs] = [parseDecimal(wanted), parseDecimal(kept)];
	return (
		ours !== undefined &&
		theirs !== undefined &&
		theirs.eq(roundHalfUp(theirs, places)) &&
		theirs.eq(roundHalfUp(ours, places))
	);
}
