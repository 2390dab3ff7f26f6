import {
	AMOUNT_PLACES,
	UNIT_PLACES,
	canonicalDecimal,
	decimal,
	parseDecimal,
	roundHalfUp,
	type Decimal,
} from '../../money';
import type { FieldDefinition, FieldValue, FieldValues } from '../../xero/documents/definition';
import { netOf } from '../../xero/totals';
import { textOf } from '../check/draftValues';

/**
 * The fields of a line that depend on each other. Quantity times price less discount is the line's
 * amount, and Xero refuses a line in which they contradict each other.
 */
const AMOUNT_PATHS = [
	'quantity',
	'unitAmount',
	'discountRate',
	'discountAmount',
	'lineAmount',
	'taxAmount',
] as const;
type AmountPath = (typeof AMOUNT_PATHS)[number];
type Amounts = Readonly<Partial<Record<AmountPath, string>>>;

const PATHS: ReadonlySet<string> = new Set(AMOUNT_PATHS);

export function isAmountPath(path: string): boolean {
	return PATHS.has(path);
}

/** A line's amounts as they will be sent: whole, and free of contradiction where the record is. */
interface ResolvedAmounts {
	readonly fields: FieldValues;
	/**
	 * The line is to be sent as a new one in the place of the old. Nobody has said what Xero makes
	 * of a rate beside an amount, nor whether a discount that is left out stays.
	 */
	readonly isReplaced: boolean;
}

interface Discount {
	readonly discountRate?: string;
	readonly discountAmount?: string;
}

/** What a price keeps for sure, and whether two values are the same to Xero. */
export interface LineReading {
	readonly fields: ReadonlyMap<string, FieldDefinition>;
	isKept(path: string, wanted: FieldValue | undefined, kept: FieldValue | undefined): boolean;
}

/**
 * The amounts of a new line. A quantity that follows from price and amount is given; a discount of
 * nothing is none, since Xero refuses even that on a negative line (recorded).
 */
export function amountsOfNewLine(wanted: FieldValues, reading: LineReading): FieldValues {
	const isWords = !isPriced(wanted) && (wanted.itemCode ?? '') === '';
	const discount = isWords ? {} : discountIn(wanted);
	return withoutUndefined(partsOf(discounted(amountsIn(wanted), discount), {}, reading));
}

const DISCOUNTS = ['discountRate', 'discountAmount'] as const;
const RECKONED = ['quantity', 'unitAmount', 'lineAmount', 'taxAmount'] as const;

/** Amounts that are not as Xero has them: mapped ones, and the discount that gives way to another. */
export function differingAmounts(
	wanted: FieldValues,
	present: FieldValues,
	reading: LineReading,
): string[] {
	const differing: string[] = [];
	for (const path of RECKONED) {
		const value = textOf(wanted[path]);
		if (value !== undefined && !reading.isKept(path, value, present[path])) differing.push(path);
	}
	if (!hasDiscount(wanted) && !hasDiscount(present)) return differing;
	const before = discountIn(present);
	const after = discountAfter(wanted, present, before);
	for (const path of DISCOUNTS) {
		if (!reading.isKept(path, after[path], before[path])) differing.push(path);
	}
	return differing;
}

/** The amounts of a line that is in Xero, with what the record says of them. */
export function mergeAmounts(
	wanted: FieldValues,
	present: FieldValues,
	reading: LineReading,
	keepsTax: boolean,
): ResolvedAmounts {
	const differing = differingAmounts(wanted, present, reading);
	if (differing.length === 0) {
		return { fields: unchangedAmounts(present, keepsTax), isReplaced: false };
	}
	const given = amountsIn(wanted);
	if (differing.every((path) => path === 'taxAmount')) {
		const kept = unchangedAmounts(present, keepsTax);
		return { fields: { ...kept, taxAmount: given.taxAmount ?? '' }, isReplaced: false };
	}
	const before = discountIn(present);
	const after = discountAfter(wanted, present, before);
	const parts = partsOf(discounted(given, after), amountsIn(present), reading);
	const gone = DISCOUNTS.filter((path) => before[path] !== undefined && after[path] === undefined);
	const changesKind = gone.length > 0 && hasDiscount(after);
	const isNegative = grossOf(parts)?.lt(0) ?? false;
	const isReplaced = changesKind || (gone.length > 0 && isNegative);
	const cleared = isReplaced ? {} : Object.fromEntries(gone.map((path) => [path, '0']));
	return { fields: { ...withoutUndefined(parts), ...cleared }, isReplaced };
}

/** The discount of a line of the record whose line in Xero has the one before. */
function discountAfter(wanted: FieldValues, present: FieldValues, before: Discount): Discount {
	// Words alone have no discount, whatever the record says.
	return isPriced(wanted) || isPriced(present) ? mergedDiscount(wanted, before) : {};
}

/** What of a line in Xero is sent back so that its amounts stay as they are. */
export function unchangedAmounts(present: FieldValues, keepsTax: boolean): FieldValues {
	const { quantity, unitAmount, lineAmount, taxAmount } = amountsIn(present);
	const discount = discountIn(present);
	const net = netOf({ quantity, unitAmount, ...discount }, UNIT_PLACES);
	const total = parseDecimal(lineAmount);
	// A price that was worked out from the amount, or is shown shortened, does not give it again.
	const isWhole = net !== undefined && (total === undefined || net.eq(total));
	return withoutUndefined({
		quantity,
		...(isWhole ? { unitAmount } : { lineAmount }),
		...discount,
		...(keepsTax ? { taxAmount } : {}),
	});
}

function isPriced(values: FieldValues): boolean {
	const { quantity, unitAmount, lineAmount } = amountsIn(values);
	return [quantity, unitAmount, lineAmount].some((value) => value !== undefined);
}

/** The amounts with this discount instead of their own. */
function discounted(amounts: Amounts, { discountRate, discountAmount }: Discount): Amounts {
	const { quantity, unitAmount, lineAmount, taxAmount } = amounts;
	return { quantity, unitAmount, discountRate, discountAmount, lineAmount, taxAmount };
}

function amountsIn(values: FieldValues): Amounts {
	const amounts: Partial<Record<AmountPath, string>> = {};
	for (const path of AMOUNT_PATHS) {
		const value = textOf(values[path]);
		if (value !== undefined) amounts[path] = value;
	}
	return amounts;
}

function withoutUndefined(amounts: Amounts): FieldValues {
	const fields: Record<string, FieldValue> = {};
	for (const path of AMOUNT_PATHS) {
		const value = amounts[path];
		if (value !== undefined) fields[path] = value;
	}
	return fields;
}

/** The discount that a line has: nothing of it is none, and an amount that only repeats the rate. */
function discountIn(values: FieldValues): Discount {
	const { quantity, unitAmount, discountRate, discountAmount } = amountsIn(values);
	const rate = isZero(discountRate) ? undefined : discountRate;
	const amount = isZero(discountAmount) ? undefined : discountAmount;
	const gross = grossOf({ quantity, unitAmount });
	const ofRate = gross && parseDecimal(rate)?.times(gross).times('0.01');
	const repeats = ofRate && parseDecimal(amount)?.eq(roundHalfUp(ofRate, AMOUNT_PLACES));
	return repeats ? { discountRate: rate } : { discountRate: rate, discountAmount: amount };
}

/** A discount that is mapped takes the place of the other kind; one that is not mapped stays. */
function mergedDiscount(wanted: FieldValues, before: Discount): Discount {
	const given = discountIn(wanted);
	if (hasDiscount(given)) return given;
	return {
		discountRate: wanted.discountRate === undefined ? before.discountRate : undefined,
		discountAmount: wanted.discountAmount === undefined ? before.discountAmount : undefined,
	};
}

function hasDiscount({ discountRate, discountAmount }: Discount | FieldValues): boolean {
	return discountRate !== undefined || discountAmount !== undefined;
}

function isZero(text: string | undefined): boolean {
	// What is no number is kept for the rule that refuses it.
	return parseDecimal(text)?.eq(0) === true;
}

function grossOf({ quantity, unitAmount }: Amounts): Decimal | undefined {
	const [count, price] = [parseDecimal(quantity), parseDecimal(unitAmount)];
	return count && price && count.times(price);
}

/**
 * Quantity, price and amount: of what the record gives, and for the rest of what Xero has. Two of
 * them give the third, so no third is sent that could contradict the others; all three go only when
 * the record itself contradicts itself, for the rule that says so.
 */
function partsOf(given: Amounts, present: Amounts, reading: LineReading): Amounts {
	const { lineAmount, taxAmount, discountRate, discountAmount } = given;
	const rest = { discountRate, discountAmount, taxAmount };
	if (lineAmount === undefined) {
		return {
			quantity: given.quantity ?? present.quantity,
			unitAmount: given.unitAmount ?? present.unitAmount,
			...rest,
		};
	}
	const of = (parts: Amounts) => ({ ...parts, discountRate, discountAmount });
	const gives = (parts: Amounts) => {
		const net = netOf(of(parts), UNIT_PLACES);
		return net !== undefined && isAmount(net, lineAmount);
	};
	if (given.unitAmount === undefined) {
		const quantity = given.quantity ?? present.quantity;
		const unitAmount = priceFor(lineAmount, of({ quantity }), reading);
		const isEnough = unitAmount !== undefined && gives({ quantity, unitAmount });
		return { quantity, ...(isEnough ? { unitAmount } : { lineAmount }), ...rest };
	}
	const { unitAmount } = given;
	const quantity = given.quantity ?? quantityFor(lineAmount, of({ unitAmount }));
	return gives({ quantity, unitAmount })
		? { quantity, unitAmount, ...rest }
		: { quantity, unitAmount, lineAmount, ...rest };
}

function isAmount(net: Decimal, lineAmount: string): boolean {
	const wanted = parseDecimal(lineAmount);
	return wanted !== undefined && net.eq(roundHalfUp(wanted, AMOUNT_PLACES));
}

/** The amount before the discount, divided by what one counts for. */
function quotient(lineAmount: string, discount: Discount, by: Decimal): Decimal | undefined {
	const kept = decimal(1).minus((parseDecimal(discount.discountRate) ?? decimal(0)).times('0.01'));
	const divisor = by.times(kept);
	const amount = parseDecimal(lineAmount);
	if (amount === undefined || divisor.eq(0)) return undefined;
	return amount.plus(parseDecimal(discount.discountAmount) ?? decimal(0)).div(divisor);
}

function priceFor(lineAmount: string, parts: Amounts, { fields }: LineReading): string | undefined {
	const count = parseDecimal(parts.quantity);
	const price = count && quotient(lineAmount, parts, count);
	const field = fields.get('unitAmount');
	const places = field?.leastPlaces ?? field?.places ?? UNIT_PLACES;
	return price && canonicalDecimal(roundHalfUp(price, places));
}

function quantityFor(lineAmount: string, parts: Amounts): string | undefined {
	const price = parseDecimal(parts.unitAmount);
	const count = price && quotient(lineAmount, parts, price);
	return count && canonicalDecimal(roundHalfUp(count, UNIT_PLACES));
}
