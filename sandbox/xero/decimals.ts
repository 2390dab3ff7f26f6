import Big from 'big.js';

export const ZERO = new Big(0);
export const ONE = new Big(1);
export const HUNDRED = new Big(100);

/**
 * Rounds half away from zero, which is what Xero calls "half up"
 * (developer.xero.com, "Rounding in Xero").
 */
export function rounded(value: Big, decimalPlaces: number): Big {
	return value.round(decimalPlaces, Big.roundHalfUp);
}

export function sum(values: Iterable<Big>): Big {
	let total = ZERO;
	for (const value of values) total = total.plus(value);
	return total;
}

/** A decimal as the JSON number Xero writes. */
export function asNumber(value: Big): number {
	return Number(value.toFixed());
}
