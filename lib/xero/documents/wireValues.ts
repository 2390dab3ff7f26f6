import { canonicalDecimal, parseDecimal } from '../../money';
import { remember } from '../../remember';
import { readWireDate } from '../wireDates';
import type { FieldKind, FieldValue } from './definition';

/** Xero's answer for "none": a GUID of zeros. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Kinds of fields whose values are decimals. */
export const DECIMAL_KINDS = ['money', 'unitPrice', 'quantity', 'percentage', 'rate'] as const;

const DECIMALS: ReadonlySet<FieldKind> = new Set(DECIMAL_KINDS);

const TEXTS: ReadonlySet<FieldKind> = new Set<FieldKind>(['text', 'multilineText', 'item']);

export function isDecimalKind(kind: FieldKind): boolean {
	return DECIMALS.has(kind);
}

/** A value of Xero's answer as a draft's value; undefined when it is blank there. */
export function readWireValue(kind: FieldKind, raw: unknown): FieldValue | undefined {
	if (raw === undefined || raw === null || raw === '') return undefined;
	if (kind === 'boolean') return typeof raw === 'boolean' ? raw : undefined;
	if (kind === 'date') return readWireDate(raw);
	// Lists of payments tell no rate, and say 0 (recorded).
	if (kind === 'rate' && Number(raw) === 0) return undefined;
	if (typeof raw === 'number') return numberText(raw);
	if (isDecimalKind(kind)) {
		const number = parseDecimal(raw);
		return number && canonicalDecimal(number);
	}
	if (typeof raw !== 'string') return undefined;
	// In a text it stands because a person put it there.
	return raw === NO_ID && !TEXTS.has(kind) ? undefined : raw;
}

/**
 * A draft's value as it is sent. Clearing: texts are sent empty, which clears them; dates and
 * numbers as null, since Xero refuses an empty text where it expects either.
 */
export function toWireValue(kind: FieldKind, value: FieldValue): unknown {
	if (kind === 'boolean') return value === true || value === 'true';
	if (typeof value === 'boolean') return String(value);
	if (kind === 'date') return value === '' ? null : value;
	if (isDecimalKind(kind)) return value === '' ? null : wireNumber(value);
	return value;
}

/** Most numbers are written as they are kept; only those with an exponent take more work. */
function numberText(number: number): string | undefined {
	return keptText(String(number));
}

/** Of prices and quantities, which come again and again, one text stands for all lines. */
const keptText = remember((text): string | undefined => {
	if (/^-?\d+(\.\d+)?$/.test(text)) return text;
	const exact = parseDecimal(text);
	return exact && canonicalDecimal(exact);
});

/** JSON numbers are binary floats: what such a float cannot say exactly is sent as text. */
function wireNumber(text: string): number | string {
	if (String(Number(text)) === text) return Number(text);
	const exact = parseDecimal(text);
	if (!exact) return text;
	const number = Number(canonicalDecimal(exact));
	return parseDecimal(number)?.eq(exact) ? number : canonicalDecimal(exact);
}
