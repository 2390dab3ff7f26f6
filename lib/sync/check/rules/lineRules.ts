import { judged } from '../../../issueCodes';
import { AMOUNT_PLACES, roundHalfUp, UNIT_PLACES } from '../../../money';
import { netOf } from '../../../xero/totals';
import { decimalOf, fieldsByPath, isDescriptionOnly, linePath, textOf } from '../draftValues';
import { isToBeApproved, type LineRule } from '../rule';
import { lineFindings } from '../valueRule';

const lineDescriptionMissing: LineRule = {
	...judged('XERO_LINE_DESCRIPTION_MISSING'),
	find(context) {
		const { amounts, lineFields = [] } = context.definition;
		// The lines of a journal go by its narration, and those of a batch have no words at all.
		if (amounts.mustBalance || !fieldsByPath(lineFields).has('description')) return [];
		return lineFindings(context, (fields, index) =>
			textOf(fields.description) === undefined && textOf(fields.itemCode) === undefined
				? {
						field: linePath(index, 'description'),
						message: `Line ${index + 1} has neither a description nor an item.`,
						fix: 'Fill in the description of the line in Knack.',
					}
				: undefined,
		);
	},
};

const lineAmountIncomplete: LineRule = {
	...judged('XERO_LINE_AMOUNT_INCOMPLETE'),
	find(context) {
		const { mustBalance } = context.definition.amounts;
		return lineFindings(context, (fields, index) => {
			if (mustBalance && textOf(fields.lineAmount) === undefined) {
				return {
					field: linePath(index, 'lineAmount'),
					message: `Line ${index + 1} has no amount.`,
					fix: 'Fill in the amount of the line in Knack: debits above zero, credits below.',
				};
			}
			if (isDescriptionOnly(fields) || textOf(fields.itemCode) !== undefined) return undefined;
			const given = ['quantity', 'unitAmount', 'lineAmount'].filter((path) => textOf(fields[path]));
			if (given.length >= 2 || given[0] !== 'quantity') return undefined;
			return {
				field: linePath(index, 'unitAmount'),
				message: `Line ${index + 1} has a quantity but no price.`,
				fix: 'Fill in the unit price of the line in Knack.',
			};
		});
	},
};

/**
 * Nobody says what Xero makes of a price without a quantity: some got 1 of it, others 0
 * (xeroizer#106, Xero-NetStandard#51).
 */
const quantityBlank: LineRule = {
	...judged('XERO_QUANTITY_BLANK'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			if (textOf(fields.unitAmount) === undefined || textOf(fields.quantity) !== undefined) {
				return undefined;
			}
			if (textOf(fields.lineAmount) !== undefined) return undefined;
			return {
				field: linePath(index, 'quantity'),
				message: `Line ${index + 1} has a price of ${String(fields.unitAmount)} and no quantity, so it is not certain what it would come to.`,
				fix: 'Fill in the quantity of the line in Knack, such as 1; or let such lines go as 1 by "Lines Without a Quantity" under Options.',
			};
		});
	},
};

const lineAccountMissing: LineRule = {
	...judged('XERO_LINE_ACCOUNT_MISSING'),
	find(context) {
		const { amounts, lineFields } = context.definition;
		// A journal needs its accounts as a draft, too.
		if (!amounts.mustBalance && !isToBeApproved(context)) return [];
		if (amounts.hasOwnAccount?.(context.draft.fields)) return [];
		if (!lineFields?.some((field) => field.kind === 'account')) return [];
		return lineFindings(context, (fields, index) => {
			if (isDescriptionOnly(fields) || textOf(fields.itemCode) !== undefined) return undefined;
			if (textOf(fields.accountCode) !== undefined || textOf(fields.accountID) !== undefined) {
				return undefined;
			}
			return {
				field: linePath(index, 'accountCode'),
				message: `Line ${index + 1} has no account.`,
				fix: 'Choose an account for the lines in the node, such as your sales account.',
			};
		});
	},
};

const discountRange: LineRule = {
	...judged('XERO_DISCOUNT_OUT_OF_RANGE'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			const rate = decimalOf(fields.discountRate);
			const amount = decimalOf(fields.discountAmount);
			if (!rate && !amount) return undefined;
			if (rate && (rate.lt(0) || rate.gt(100))) {
				return {
					field: linePath(index, 'discountRate'),
					message: `The discount of line ${index + 1} is ${rate.toFixed()} %.`,
					fix: 'Give a discount between 0 and 100 in Knack.',
				};
			}
			if (amount?.lt(0)) {
				return {
					field: linePath(index, 'discountAmount'),
					message: `The discount of line ${index + 1} is negative.`,
					fix: 'Give the discount as a positive amount in Knack.',
				};
			}
			const [count, price] = [decimalOf(fields.quantity), decimalOf(fields.unitAmount)];
			const gross = count && price && count.times(price);
			const isDiscounted = rate?.gt(0) || amount?.gt(0);
			if (isDiscounted && gross && (gross.lt(0) || amount?.gt(gross))) {
				return {
					field: linePath(index, amount?.gt(0) ? 'discountAmount' : 'discountRate'),
					message: `The discount of line ${index + 1} is greater than the line, which comes to ${gross.toFixed()}.`,
					fix: 'Give a discount up to the amount of the line; Xero takes none on negative lines.',
				};
			}
			return rate && amount && !rate.eq(0) && !amount.eq(0)
				? {
						field: linePath(index, 'discountAmount'),
						message: `Line ${index + 1} has a discount both as a rate and as an amount.`,
						fix: 'Map only one of Discount Rate and Discount Amount.',
					}
				: undefined;
		});
	},
};

/** Bills and credit notes take no discounts (Invoices endpoint, DiscountRate). */
const discountNotAllowed: LineRule = {
	...judged('XERO_DISCOUNT_NOT_ALLOWED'),
	find(context) {
		const { lineFields } = context.definition;
		if (!lineFields || lineFields.some((field) => field.path === 'discountRate')) return [];
		return lineFindings(context, (fields, index) => {
			const path = ['discountRate', 'discountAmount'].find(
				(name) => decimalOf(fields[name])?.eq(0) === false,
			);
			if (path === undefined) return undefined;
			return {
				field: linePath(index, path),
				message: `Line ${index + 1} has a discount, which Xero does not know on ${context.definition.plural}.`,
				fix: 'Give the price after the discount, or add the discount as a line of its own.',
			};
		});
	},
};

/** Xero's message: "Quantity must not be less than zero" (PurchaseOrders endpoint). */
const quantityNegative: LineRule = {
	...judged('XERO_QUANTITY_NEGATIVE'),
	find(context) {
		const { lineFields = [], label } = context.definition;
		if (!fieldsByPath(lineFields).get('quantity')?.isNeverNegative) return [];
		return lineFindings(context, (fields, index) =>
			decimalOf(fields.quantity)?.lt(0)
				? {
						field: linePath(index, 'quantity'),
						message: `The quantity of line ${index + 1} is ${String(fields.quantity)}; a ${label.toLowerCase()} takes none below zero.`,
						fix: 'Give a quantity of zero or more in Knack.',
					}
				: undefined,
		);
	},
};

/** Xero computes the amount anew where all of it is given, and refuses a cent's difference. */
const lineAmountMismatch: LineRule = {
	...judged('XERO_LINE_AMOUNT_MISMATCH'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			const given = decimalOf(fields.lineAmount);
			const net = netOf(fields, UNIT_PLACES);
			if (!given || !net || net.eq(roundHalfUp(given, AMOUNT_PLACES))) return undefined;
			const discount = ['discountRate', 'discountAmount'].some((path) => textOf(fields[path]));
			return {
				field: linePath(index, 'lineAmount'),
				message: `The amount of line ${index + 1} is ${given.toFixed()}, but quantity and price come to ${net.toFixed()}${discount ? ' after the discount' : ''}.`,
				fix: 'Map quantity and unit price only, and let Xero work out the line amount.',
			};
		});
	},
};

export const lineRules: readonly LineRule[] = [
	lineDescriptionMissing,
	lineAmountIncomplete,
	quantityBlank,
	lineAccountMissing,
	lineAmountMismatch,
	discountRange,
	discountNotAllowed,
	quantityNegative,
];
