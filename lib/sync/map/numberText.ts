import { decimal, parseDecimal, type Decimal } from '../../money';

export type NumberReading =
	| { readonly kind: 'number'; readonly value: Decimal }
	/** Two readings are possible, such as 1250 and 1.25 for "1,250". */
	| { readonly kind: 'ambiguous' }
	| { readonly kind: 'unreadable' };

const CURRENCY_SIGNS =
	/^(?:[A-Z]{1,3}\s?)?[£$€¥₹₩₽₺₦₫]|^[A-Z]{3}(?=[\s\d(+-])|[£$€¥₹₩₽₺₦₫]$|[A-Z]{3}$/;
/** Where these stand, a comma groups thousands and a point begins the decimals. */
const POINT_CURRENCY = /[£$₹]|\b(?:GBP|USD|AUD|NZD|CAD)\b/;
const SPACES = /[\s\u00a0\u202f']/g;

const LONGEST = 100;

const UNREADABLE = { kind: 'unreadable' } as const;

/**
 * Reads a number from text as people write it: currency signs and codes, grouped thousands, a
 * decimal point or comma, brackets for negative amounts. Only what has one reading is read.
 */
export function numberFromText(source: string): NumberReading {
	const text = source.trim();
	if (text.length > LONGEST) return UNREADABLE;
	const plain = parseDecimal(text);
	if (plain) return { kind: 'number', value: plain };

	const bracketed = /^\((.*)\)$/.exec(text);
	let rest = (bracketed?.[1] ?? text).trim();
	let negative = bracketed !== null;
	let signs = 0;
	// The sign may stand on either side of the currency: "-£5" and "£-5".
	for (let pass = 0; pass < 3; pass++) {
		const sign = /^[-+\u2212]/.exec(rest)?.[0];
		if (sign) {
			signs += 1;
			if (sign !== '+') negative = true;
			rest = rest.slice(1).trim();
		}
		rest = rest.replace(CURRENCY_SIGNS, '').trim();
	}
	if (signs > 1 || (signs > 0 && bracketed)) return UNREADABLE;
	const digits = digitsOf(rest, POINT_CURRENCY.test(text));
	if (digits.kind !== 'digits') return digits;
	const value = decimal(digits.text);
	return { kind: 'number', value: negative ? value.times(-1) : value };
}

type Digits = { kind: 'digits'; text: string } | { kind: 'ambiguous' } | { kind: 'unreadable' };

function digitsOf(text: string, pointBeginsDecimals: boolean): Digits {
	const spaced = /[\s\u00a0\u202f']/.test(text);
	if (spaced && !/^\d{1,3}([\s\u00a0\u202f']\d{3})+([.,]\d+)?$/.test(text)) {
		return UNREADABLE;
	}
	const rest = text.replace(SPACES, '');
	if (!/^\d[\d.,]*$/.test(rest) || /[.,]$/.test(rest)) return UNREADABLE;
	const separators = rest.replace(/\d/g, '');
	const last = separators.at(-1);
	if (last === undefined) return { kind: 'digits', text: rest };

	const grouped = (mark: string) => new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`);
	const decimalPart = rest.slice(rest.lastIndexOf(last) + 1);
	const wholePart = rest.slice(0, rest.lastIndexOf(last));
	const other = last === ',' ? '.' : ',';
	if (separators.includes(other)) {
		// Both marks: the last one begins the decimals, the other must group whole thousands.
		if (separators.indexOf(last) !== separators.length - 1 || !grouped(other).test(wholePart)) {
			return UNREADABLE;
		}
		return { kind: 'digits', text: `${wholePart.replaceAll(other, '')}.${decimalPart}` };
	}
	if (separators.length > 1) {
		return grouped(last).test(rest)
			? { kind: 'digits', text: rest.replaceAll(last, '') }
			: UNREADABLE;
	}
	if (!spaced && decimalPart.length === 3 && wholePart.length <= 3 && wholePart !== '0') {
		if (!pointBeginsDecimals) return { kind: 'ambiguous' };
		return { kind: 'digits', text: last === ',' ? wholePart + decimalPart : rest };
	}
	return { kind: 'digits', text: `${wholePart}.${decimalPart}` };
}
