import type { LineAmountTypes } from './model';

/** What a kind of document allows its lines. */
export interface LineRules {
	readonly sales: boolean;
	readonly discounts: boolean;
	readonly negativeQuantity: boolean;
	/** Approved documents need an account on every line with an amount. */
	readonly needsAccounts: boolean;
	readonly unitDecimalPlaces: number;
	readonly lineAmountTypes: LineAmountTypes;
}
