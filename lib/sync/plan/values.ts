import { canonicalDecimal, parseDecimal } from '../../money';
import type { FieldDefinition, FieldKind, FieldValue } from '../../xero/documents/definition';

const DECIMALS: ReadonlySet<FieldKind> = new Set([
	'money',
	'unitPrice',
	'quantity',
	'percentage',
	'rate',
]);

/**
 * The value as it counts when two are compared: decimals without trailing zeros and in the places
 * that Xero keeps, texts with one kind of line end, blanks as undefined.
 */
export function comparable(
	field: Pick<FieldDefinition, 'kind' | 'places'>,
	value: FieldValue | undefined,
): FieldValue | undefined {
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'boolean') return value;
	if (DECIMALS.has(field.kind)) {
		const number = parseDecimal(value);
		if (number === undefined) return value;
		return canonicalDecimal(field.places === undefined ? number : number.round(field.places));
	}
	return value.replace(/\r\n?/g, '\n').trim();
}

export function sameValue(
	field: Pick<FieldDefinition, 'kind' | 'places'>,
	a: FieldValue | undefined,
	b: FieldValue | undefined,
): boolean {
	return a === b || comparable(field, a) === comparable(field, b);
}
