import { AMOUNT_PLACES, UNIT_PLACES, decimal, parseDecimal, roundHalfUp, sum } from '../money';
import type { Decimal } from '../money';
import type { FieldValues } from './documents/definition';
import type { TaxRate } from './settings';

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

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

function readDecimal(fields: FieldValues, path: string): Decimal | undefined {
	const value = fields[path];
	return typeof value === 'string' && value !== '' ? parseDecimal(value) : undefined;
}

/**
 * Quantity times unit price less the discount, rounded half up to a hundredth. The unit price is rounded before it is multiplied, usually to the four places that `unitdp=4` keeps
 * (developer.xero.com, "Rounding in Xero"). Of quantity, unit price and line amount Xero computes
 * the one that is missing; a line with neither price nor amount is worth nothing.
 */
function lineAmountOf(fields: FieldValues, unitPlaces: number): Decimal {
	const quantity = readDecimal(fields, 'quantity');
	const unitPrice = readDecimal(fields, 'unitAmount');
	const given = readDecimal(fields, 'lineAmount');
	if (unitPrice === undefined || (given !== undefined && quantity === undefined)) {
		return given === undefined ? ZERO : roundHalfUp(given, AMOUNT_PLACES);
	}
	const count = roundHalfUp(quantity ?? decimal(1), UNIT_PLACES);
	const gross = count.times(roundHalfUp(unitPrice, unitPlaces));
	const rate = readDecimal(fields, 'discountRate') ?? ZERO;
	const discount = readDecimal(fields, 'discountAmount') ?? ZERO;
	// A discount comes as a rate or as an amount; a rate wins where both are given.
	const net = rate.eq(0)
		? gross.minus(discount)
		: gross.times(HUNDRED.minus(rate)).times(HUNDREDTH);
	return roundHalfUp(net, AMOUNT_PLACES);
}

function taxOf(lineAmount: Decimal, rate: Decimal, types: LineAmountTypes): Decimal {
	if (types === 'NoTax') return ZERO;
	if (types === 'Exclusive')
		return roundHalfUp(lineAmount.times(rate).times(HUNDREDTH), AMOUNT_PLACES);
	// lineAmount - lineAmount / (1 + rate), multiplied out so that the division comes last.
	return roundHalfUp(lineAmount.times(rate).div(HUNDRED.plus(rate)), AMOUNT_PLACES);
}

/**
 * The amounts that Xero will compute for lines, to the hundredth, which is how Xero keeps amounts in
 * every currency: yen too (developer.xero.com, "Rounding in Xero"). Lines are given by their field values (`quantity`, `unitAmount`, `discountRate`, `taxType` …). A tax type
 * that is missing or not among the rates counts as no tax; a `taxAmount` on a line overrides.
 * `unitPlaces` is 2 for documents whose endpoint knows no `unitdp`.
 */
export function documentAmounts(
	lines: readonly FieldValues[],
	lineAmountTypes: LineAmountTypes,
	taxRates: readonly TaxRate[],
	unitPlaces = UNIT_PLACES,
): PredictedAmounts {
	const amounts = lines.map((fields): LineAmounts => {
		const lineAmount = lineAmountOf(fields, unitPlaces);
		const rate = taxRates.find((each) => each.taxType === fields.taxType)?.effectiveRate ?? ZERO;
		const override = lineAmountTypes === 'NoTax' ? undefined : readDecimal(fields, 'taxAmount');
		const taxAmount =
			override === undefined
				? taxOf(lineAmount, rate, lineAmountTypes)
				: roundHalfUp(override, AMOUNT_PLACES);
		return { lineAmount, taxAmount };
	});
	const linesTotal = sum(amounts.map((line) => line.lineAmount));
	const totalTax = sum(amounts.map((line) => line.taxAmount));
	return lineAmountTypes === 'Inclusive'
		? { lines: amounts, subTotal: linesTotal.minus(totalTax), totalTax, total: linesTotal }
		: { lines: amounts, subTotal: linesTotal, totalTax, total: linesTotal.plus(totalTax) };
}
