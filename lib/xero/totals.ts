import { AMOUNT_PLACES, UNIT_PLACES, decimal, parseDecimal, roundHalfUp, sum } from '../money';
import type { Decimal } from '../money';
import type { LineAmountTypes } from './documents/amountTypes';
import type { FieldValue, FieldValues } from './documents/definition';
import type { TaxRate } from './settings';

interface LineAmounts {
	/** Without tax when amounts are exclusive, with tax when they are inclusive. */
	readonly lineAmount: Decimal;
	readonly taxAmount: Decimal;
}

export interface PredictedAmounts {
	readonly lines: readonly LineAmounts[];
	readonly subTotal: Decimal;
	readonly totalTax: Decimal;
	readonly total: Decimal;
}

const ZERO = decimal(0);
const HUNDRED = decimal(100);
const HUNDREDTH = decimal('0.01');

type LineValues = Readonly<Record<string, FieldValue | undefined>>;

function readDecimal(fields: LineValues, path: string): Decimal | undefined {
	const value = fields[path];
	return typeof value === 'string' && value !== '' ? parseDecimal(value) : undefined;
}

/** Quantity times unit price less the discount; undefined where either is missing. */
function exactNetOf(fields: LineValues, unitPlaces?: number): Decimal | undefined {
	const quantity = readDecimal(fields, 'quantity');
	const unitPrice = readDecimal(fields, 'unitAmount');
	if (quantity === undefined || unitPrice === undefined) return undefined;
	const gross =
		unitPlaces === undefined
			? quantity.times(unitPrice)
			: roundHalfUp(quantity, UNIT_PLACES).times(roundHalfUp(unitPrice, unitPlaces));
	const rate = readDecimal(fields, 'discountRate');
	const discount = readDecimal(fields, 'discountAmount');
	// A discount comes as a rate or as an amount; a rate wins where both are given.
	if (rate?.eq(0) === false) return gross.times(HUNDRED.minus(rate)).times(HUNDREDTH);
	return discount ? gross.minus(discount) : gross;
}

/**
 * Quantity times unit price less the discount, rounded half up to a hundredth; undefined where
 * either is missing. The unit price is rounded before it is multiplied, usually to the four places
 * that `unitdp=4` keeps (developer.xero.com, "Rounding in Xero").
 */
export function netOf(fields: LineValues, unitPlaces: number): Decimal | undefined {
	const net = exactNetOf(fields, unitPlaces);
	return net && roundHalfUp(net, AMOUNT_PLACES);
}

/**
 * Of quantity, unit price and line amount Xero computes the one that is missing; a line with neither
 * price nor amount is worth nothing.
 */
function lineAmountOf(fields: FieldValues, unitPlaces: number): Decimal {
	const given = readDecimal(fields, 'lineAmount');
	const net = netOf(fields, unitPlaces);
	if (net !== undefined) return net;
	if (given !== undefined) return roundHalfUp(given, AMOUNT_PLACES);
	return netOf({ ...fields, quantity: '1' }, unitPlaces) ?? ZERO;
}

function taxOf(lineAmount: Decimal, rate: Decimal, types: LineAmountTypes): Decimal {
	if (types === 'NoTax') return ZERO;
	if (types === 'Exclusive') return lineAmount.times(rate).times(HUNDREDTH);
	// lineAmount - lineAmount / (1 + rate), multiplied out so that the division comes last.
	return lineAmount.times(rate).div(HUNDRED.plus(rate));
}

/**
 * The amounts that Xero will compute for lines, to the hundredth, which is how Xero keeps amounts in
 * every currency: yen too (developer.xero.com, "Rounding in Xero"). Lines are given by their field values (`quantity`, `unitAmount`, `discountRate`, `taxType` …). A tax type
 * that is missing or not among the rates counts as no tax; a `taxAmount` on a line overrides.
 * `unitPlaces` is how many places of a price are kept.
 */
export function documentAmounts(
	lines: readonly FieldValues[],
	lineAmountTypes: LineAmountTypes,
	taxRates: readonly TaxRate[],
	unitPlaces = UNIT_PLACES,
): PredictedAmounts {
	const amounts = lines.map((fields): LineAmounts => {
		const lineAmount = lineAmountOf(fields, unitPlaces);
		const override = lineAmountTypes === 'NoTax' ? undefined : readDecimal(fields, 'taxAmount');
		const tax = override ?? taxOf(lineAmount, rateOf(fields, taxRates), lineAmountTypes);
		return { lineAmount, taxAmount: roundHalfUp(tax, AMOUNT_PLACES) };
	});
	const linesTotal = sum(amounts.map((line) => line.lineAmount));
	const totalTax = sum(amounts.map((line) => line.taxAmount));
	return lineAmountTypes === 'Inclusive'
		? { lines: amounts, subTotal: linesTotal.minus(totalTax), totalTax, total: linesTotal }
		: { lines: amounts, subTotal: linesTotal, totalTax, total: linesTotal.plus(totalTax) };
}

function rateOf(fields: FieldValues, taxRates: readonly TaxRate[]): Decimal {
	return taxRates.find((each) => each.taxType === fields.taxType)?.effectiveRate ?? ZERO;
}

/**
 * What a document comes to where nothing but the sum is rounded, or nothing but the lines and the
 * sum of the tax, as formulas in Knack do: the total, or of inclusive amounts what is without tax.
 */
export function totalsRoundedOnce(
	lines: readonly FieldValues[],
	lineAmountTypes: LineAmountTypes,
	taxRates: readonly TaxRate[],
): readonly Decimal[] {
	const exact = lines.map((fields) => exactNetOf(fields) ?? lineAmountOf(fields, UNIT_PLACES));
	const rounded = exact.map((amount) => roundHalfUp(amount, AMOUNT_PLACES));
	return [exact, rounded].map((lineAmounts) => {
		const tax = sum(
			lineAmounts.map((amount, index) =>
				taxOf(amount, rateOf(lines[index] ?? {}, taxRates), lineAmountTypes),
			),
		);
		const net = sum(lineAmounts);
		return roundHalfUp(
			lineAmountTypes === 'Inclusive' ? net.minus(tax) : net.plus(tax),
			AMOUNT_PLACES,
		);
	});
}
