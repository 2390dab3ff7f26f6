import { remember } from './remember';
import { Big } from './vendor/decimal';

export type Decimal = Big;

/** Decimal places that are kept for a quantity or, with `unitdp=4`, for a unit price in Xero. */
export const UNIT_PLACES = 4;

/** Decimal places of every amount in Xero, whatever its currency. */
export const AMOUNT_PLACES = 2;

/** ISO 4217 currencies whose smallest unit is not a hundredth. */
const MINOR_UNIT_PLACES: Readonly<Record<string, number>> = {
	BIF: 0,
	CLP: 0,
	DJF: 0,
	GNF: 0,
	ISK: 0,
	JPY: 0,
	KMF: 0,
	KRW: 0,
	PYG: 0,
	RWF: 0,
	UGX: 0,
	VND: 0,
	VUV: 0,
	XAF: 0,
	XOF: 0,
	XPF: 0,
	BHD: 3,
	IQD: 3,
	JOD: 3,
	KWD: 3,
	LYD: 3,
	OMR: 3,
	TND: 3,
};

/** How many decimal places amounts of a currency have; 2 unless ISO 4217 says otherwise. */
export function currencyPlaces(currency: string): number {
	return MINOR_UNIT_PLACES[currency.toUpperCase()] ?? 2;
}

/** Beyond it arithmetic takes long, and no service keeps such a number. */
const LONGEST = 100;

const DECIMAL_TEXT = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;

/**
 * Reads a decimal from a number or from text in plain notation ("1250", "-3.5").
 * Text with currency signs or separators is not a decimal: codecs strip those where their place is
 * known. Returns undefined for anything else, so that nothing unreadable becomes a zero.
 */
export function parseDecimal(value: unknown): Decimal | undefined {
	if (value instanceof Big) return value;
	const isNumber = typeof value === 'number' && Number.isFinite(value);
	return isNumber || typeof value === 'string' ? decimalIn(String(value)) : undefined;
}

/** A run reads the same prices and quantities for each rule that looks at them. */
const decimalIn = remember((written): Decimal | undefined => {
	const text = written.trim();
	if (text.length > LONGEST) return undefined;
	return DECIMAL_TEXT.test(text) ? new Big(text.startsWith('+') ? text.slice(1) : text) : undefined;
});

/** A decimal known to be readable, such as a constant or a value that a schema has checked. */
export function decimal(value: string | number | Decimal): Decimal {
	return new Big(value);
}

export function sum(values: readonly Decimal[]): Decimal {
	return values.reduce((total, value) => total.plus(value), new Big(0));
}

/**
 * Rounds half up, away from zero for negative amounts, as Xero rounds each line
 * (developer.xero.com, "Rounding in Xero").
 */
export function roundHalfUp(value: Decimal, places: number): Decimal {
	return hasMorePlaces(value, places) ? value.round(places, Big.roundHalfUp) : value;
}

function hasMorePlaces({ c: digits, e: exponent }: Decimal, places: number): boolean {
	return digits.length - 1 - exponent > places;
}

/** Plain text with trailing zeros removed ("1.50" becomes "1.5"), for comparing and hashing. */
export function canonicalDecimal(value: Decimal): string {
	const text = value.toFixed();
	return text === '-0' ? '0' : text;
}

/**
 * The amount with all places of its currency: "1240.00", "1240" in yen. Xero keeps hundredths of a
 * yen too, and where there are some they are shown.
 */
export function amountText(value: Decimal, currency: string): string {
	const usual = currencyPlaces(currency);
	const kept = roundHalfUp(value, Math.max(usual, AMOUNT_PLACES));
	return kept.toFixed(hasMorePlaces(kept, usual) ? AMOUNT_PLACES : usual);
}

/** The amount as a person reads it: "GBP 1,240.00"; without the currency where that is not told. */
export function moneyText(value: Decimal, currency: string): string {
	const figure = figureText(value, currency);
	return currency === '' ? figure : `${currency} ${figure}`;
}

/** The same where the currency stands elsewhere: "1,240.00", with all places of it. */
export function figureText(value: Decimal, currency: string): string {
	const isNegative = value.lt(0);
	const text = amountText(isNegative ? value.abs() : value, currency);
	const [whole = '0', fraction] = text.split('.');
	const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
	const sign = isNegative && !/^0(\.0*)?$/.test(text) ? '-' : '';
	return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
