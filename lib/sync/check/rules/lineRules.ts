import { judged } from '../../../issueCodes';
import { documentAmounts } from '../../../xero/totals';
import { decimalOf, isDescriptionOnly, linePath, textOf } from '../draftValues';
import { isToBeApproved, type Rule } from '../rule';
import { lineFindings } from '../valueRule';

const lineDescriptionMissing: Rule = {
	...judged('XERO_LINE_DESCRIPTION_MISSING'),
	find(context) {
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

const lineAmountIncomplete: Rule = {
	...judged('XERO_LINE_AMOUNT_INCOMPLETE'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			if (isDescriptionOnly(fields) || textOf(fields.itemCode) !== undefined) return undefined;
			const given = ['quantity', 'unitAmount', 'lineAmount'].filter((path) => textOf(fields[path]));
			// A unit price alone is one of it: Xero takes the quantity as 1.
			if (given.length >= 2 || given[0] !== 'quantity') return undefined;
			return {
				field: linePath(index, 'unitAmount'),
				message: `Line ${index + 1} has a quantity but no price.`,
				fix: 'Fill in the unit price of the line in Knack.',
			};
		});
	},
};

const lineAccountMissing: Rule = {
	...judged('XERO_LINE_ACCOUNT_MISSING'),
	find(context) {
		if (!isToBeApproved(context)) return [];
		if (!context.definition.lineFields?.some((field) => field.kind === 'account')) return [];
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

const discountRange: Rule = {
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
			const gross = decimalOf(fields.quantity)?.times(decimalOf(fields.unitAmount) ?? 0);
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

/** Xero takes discounts on sales invoices and quotes (Invoices endpoint, DiscountRate). */
const discountNotAllowed: Rule = {
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
const quantityNegative: Rule = {
	...judged('XERO_QUANTITY_NEGATIVE'),
	find(context) {
		if (context.definition.type !== 'purchaseOrder') return [];
		return lineFindings(context, (fields, index) =>
			decimalOf(fields.quantity)?.lt(0)
				? {
						field: linePath(index, 'quantity'),
						message: `The quantity of line ${index + 1} is ${String(fields.quantity)}; a purchase order takes none below zero.`,
						fix: 'Give a quantity of zero or more in Knack.',
					}
				: undefined,
		);
	},
};

/** Xero computes the amount anew where all of it is given, and refuses a cent's difference. */
const lineAmountMismatch: Rule = {
	...judged('XERO_LINE_AMOUNT_MISMATCH'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			const given = decimalOf(fields.lineAmount);
			if (!given || !decimalOf(fields.quantity) || !decimalOf(fields.unitAmount)) return undefined;
			const [line] = documentAmounts([{ ...fields, lineAmount: '' }], 'NoTax', []).lines;
			if (!line || line.lineAmount.eq(given.round(2))) return undefined;
			return {
				field: linePath(index, 'lineAmount'),
				message: `The amount of line ${index + 1} is ${given.toFixed()}, but quantity and price come to ${line.lineAmount.toFixed()}.`,
				fix: 'Map quantity and unit price only, and let Xero work out the line amount.',
			};
		});
	},
};

export const lineRules: readonly Rule[] = [
	lineDescriptionMissing,
	lineAmountIncomplete,
	lineAccountMissing,
	lineAmountMismatch,
	discountRange,
	discountNotAllowed,
	quantityNegative,
];
