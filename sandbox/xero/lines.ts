import Big from 'big.js';

import type { Call } from './call';
import { HUNDRED, rounded, sum, ZERO } from './decimals';
import type { Input } from './input';
import { lineAccount, lineTaxType } from './lineCodes';
import type { LineRules } from './lineRules';
import type { DocumentTotals, LineAmountTypes, LineRow } from './model';
import type { Problems } from './problems';
import { readTracking } from './lineTracking';

const LONGEST_DESCRIPTION = 4_000;

/**
 * The lines as they will be. A line sent with the LineItemID of an existing one changes it, others
 * are new, and those not sent are gone.
 */
export function readLines(
	call: Call,
	inputs: readonly Input[],
	existing: readonly LineRow[],
	rules: LineRules,
	problems: Problems,
): LineRow[] {
	const held = new Map(existing.map((line) => [line.lineItemId, line]));
	return inputs.map((input, index) => {
		const id = input.trimmed('LineItemID')?.toLowerCase();
		const before = id === undefined ? undefined : held.get(id);
		return readLine(call, input, before, rules, (message) => problems.addToLine(index, message));
	});
}

function readLine(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	rules: LineRules,
	complain: (message: string) => void,
): LineRow {
	const item = readItem(call, input, before, rules, complain);
	const description = input.text('Description') ?? before?.description ?? item?.description;
	if (description !== undefined && description.length > LONGEST_DESCRIPTION) {
		complain(`Description must not exceed ${LONGEST_DESCRIPTION} characters.`);
	}
	const lineItemId = before?.lineItemId ?? call.guid();
	const bare =
		!['Quantity', 'UnitAmount', 'LineAmount', 'AccountCode', 'AccountID', 'ItemCode'].some((key) =>
			input.sent(key),
		) && !before?.hasAmounts;
	if (bare) {
		if (description === undefined || description === '') complain('Description must be specified.');
		return {
			lineItemId,
			description,
			hasAmounts: false,
			quantity: ZERO,
			unitAmount: ZERO,
			lineAmount: ZERO,
			taxAmount: ZERO,
			taxOverridden: false,
			tracking: readTracking(call, input, before, complain),
		};
	}

	const amounts = readAmounts(call, input, before, item?.unitPrice, rules, complain);
	const account = lineAccount(call, input, before, item?.accountCode, complain);
	if (!account && rules.needsAccounts && !input.sent('AccountCode') && !input.sent('AccountID')) {
		complain('The account code or ID must be specified');
	}
	const rate = lineTaxType(call, input, before, item?.taxType, account, rules, complain);
	const computed = taxOn(amounts.lineAmount, rate?.rate ?? ZERO, rules.lineAmountTypes);
	const given = input.decimal('TaxAmount');
	const keeps =
		given === undefined &&
		before?.taxOverridden === true &&
		before.lineAmount.eq(amounts.lineAmount) &&
		before.taxType === rate?.taxType;
	const taxAmount =
		rules.lineAmountTypes === 'NoTax'
			? ZERO
			: given !== undefined
				? rounded(given, 2)
				: keeps
					? before.taxAmount
					: computed;
	return {
		lineItemId,
		description,
		hasAmounts: true,
		...amounts,
		taxAmount,
		taxOverridden: keeps || (given !== undefined && !taxAmount.eq(computed)),
		accountId: account?.accountId,
		itemCode: item?.code,
		taxType: rules.lineAmountTypes === 'NoTax' ? 'NONE' : rate?.taxType,
		tracking: readTracking(call, input, before, complain),
	};
}

/** What an item fills in where the line says nothing. */
interface ItemDefaults {
	readonly code: string;
	readonly description?: string;
	readonly unitPrice?: Big;
	readonly accountCode?: string;
	readonly taxType?: string;
}

function readItem(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	rules: LineRules,
	complain: (message: string) => void,
): ItemDefaults | undefined {
	const code = input.has('ItemCode') ? input.trimmed('ItemCode') : before?.itemCode;
	if (code === undefined) return undefined;
	const [item] = call.ledger.items.lookUp('code', code.toLowerCase());
	if (!item) {
		complain('Item Code is invalid.');
		return undefined;
	}
	const details = rules.sales ? item.salesDetails : item.purchaseDetails;
	return {
		code: item.code,
		description: (rules.sales ? item.description : item.purchaseDescription) ?? item.name,
		unitPrice: details?.unitPrice,
		accountCode: details?.accountCode ?? details?.cogsAccountCode,
		taxType: details?.taxType,
	};
}

type Amounts = Pick<
	LineRow,
	'quantity' | 'unitAmount' | 'lineAmount' | 'discountRate' | 'discountAmount'
>;

/**
 * Quantity, price and line amount: any two give the third. The price is rounded before it is
 * multiplied, the product after the discount, half up (developer.xero.com, "Rounding in Xero").
 */
function readAmounts(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	itemPrice: Big | undefined,
	rules: LineRules,
	complain: (message: string) => void,
): Amounts {
	const sentQuantity = input.decimal('Quantity');
	const sentUnit = input.decimal('UnitAmount');
	const sentLine = input.decimal('LineAmount');
	const { discountRate, discountAmount } = readDiscount(call, input, before, complain);
	const kept = HUNDRED.minus(discountRate ?? ZERO).div(HUNDRED);
	const ofPrice = sentUnit?.times(kept);
	const quotient =
		sentLine !== undefined && ofPrice !== undefined && !ofPrice.eq(0)
			? sentLine.plus(discountAmount ?? ZERO).div(ofPrice)
			: undefined;
	const missing = new Big(call.settings.missingQuantity);
	const quantity = rounded(sentQuantity ?? quotient ?? before?.quantity ?? missing, 4);
	if (quantity.lt(0) && !rules.negativeQuantity) {
		complain(
			`The quantity value '${quantity.toFixed(4)}' is invalid. Quantity must not be less than zero.`,
		);
	}
	let unit = sentUnit ?? before?.unitAmount ?? itemPrice;
	if (sentUnit === undefined && sentLine !== undefined) {
		const divisor = quantity.times(kept);
		unit = divisor.eq(0) ? ZERO : sentLine.plus(discountAmount ?? ZERO).div(divisor);
	}
	const unitAmount = rounded(unit ?? ZERO, rules.unitDecimalPlaces);
	const gross = quantity.times(unitAmount);
	const discounted = (discountRate ?? ZERO).gt(0) || (discountAmount ?? ZERO).gt(0);
	if (discounted && !rules.discounts) {
		complain('Discounts can only be applied to sales invoices, quotes and purchase orders.');
	}
	const isAsked = discounted || input.sent('DiscountAmount');
	const tooMuch =
		isAsked &&
		(gross.lt(0) ||
			(discountRate ?? ZERO).gt(HUNDRED) ||
			(discountAmount ?? ZERO).gt(rounded(gross, 2)));
	if (tooMuch) {
		complain(
			`The discount rate '${(discountRate ?? discountAmount ?? ZERO).toFixed(2)}' is invalid. Discount must not be greater than the line total.`,
		);
	}
	const expected = rounded(gross.times(kept).minus(discountAmount ?? ZERO), 2);
	if (discountRate?.eq(HUNDRED) && sentLine?.eq(0) && !gross.eq(0)) {
		// Recorded: the discount is taken from the line amount that was sent once more.
		complain(
			`The line total ${rounded(gross, 2).neg().toFixed(2)} does not match the expected line total 0.00`,
		);
	} else if (
		sentLine !== undefined &&
		sentUnit !== undefined &&
		!rounded(sentLine, 2).eq(expected)
	) {
		complain(
			`The line total ${sentLine.toFixed(2)} does not match the expected line total ${expected.toFixed(2)}`,
		);
	}
	const lineAmount =
		sentLine !== undefined && sentUnit === undefined ? rounded(sentLine, 2) : expected;
	return { quantity, unitAmount, lineAmount, discountRate, discountAmount };
}

/** A discount is a rate or an amount: one that is sent takes the place of the other. */
function readDiscount(
	{ settings }: Call,
	input: Input,
	before: LineRow | undefined,
	complain: (message: string) => void,
): Pick<LineRow, 'discountRate' | 'discountAmount'> {
	const isSent = input.has('DiscountRate') || input.has('DiscountAmount');
	if (isSent || !settings.omittedDiscountStays) {
		const discountRate = input.decimal('DiscountRate');
		const discountAmount = input.decimal('DiscountAmount');
		if (discountRate === undefined || discountAmount === undefined) {
			return { discountRate, discountAmount };
		}
		if (settings.discountRateAndAmount === 'amount') return { discountAmount };
		if (settings.discountRateAndAmount === 'refused') {
			complain('Only one of DiscountRate and DiscountAmount can be given.');
		}
		return { discountRate };
	}
	return { discountRate: before?.discountRate, discountAmount: before?.discountAmount };
}

/** Tax on one line, rounded half up to the cent. */
function taxOn(lineAmount: Big, ratePercent: Big, types: LineAmountTypes): Big {
	if (types === 'NoTax') return ZERO;
	if (types === 'Exclusive') return rounded(lineAmount.times(ratePercent).div(HUNDRED), 2);
	// lineAmount - lineAmount / (1 + rate), with one division only
	return rounded(lineAmount.times(ratePercent).div(HUNDRED.plus(ratePercent)), 2);
}

export function totalsOf(lines: readonly LineRow[], types: LineAmountTypes): DocumentTotals {
	const ofLines = sum(lines.map((line) => line.lineAmount));
	const totalTax = types === 'NoTax' ? ZERO : sum(lines.map((line) => line.taxAmount));
	const totalDiscount = sum(
		lines
			.filter((line) => line.discountRate !== undefined || line.discountAmount !== undefined)
			.map((line) => rounded(line.quantity.times(line.unitAmount), 2).minus(line.lineAmount)),
	);
	return types === 'Inclusive'
		? { subTotal: ofLines.minus(totalTax), totalTax, total: ofLines, totalDiscount }
		: { subTotal: ofLines, totalTax, total: ofLines.plus(totalTax), totalDiscount };
}
