import { hasFieldOfKind } from '../check/draftValues';
import type { Word } from './word';

/** Xero's messages on lines, accounts, tax and items. */
export const XERO_LINE_WORDS: readonly Word[] = [
	{
		// An account of its own, and no lines.
		pattern: /\baccount (code|id|must be valid)|^account could not/i,
		only: (definition) => hasFieldOfKind(definition, 'paymentAccount'),
		code: 'XERO_PAYMENT_ACCOUNT',
		field: 'account.code',
		fix: 'Map Bank Account, or choose in the node an active bank account, or one with "Enable payments to this account" in Xero.',
	},
	{
		pattern: /construction industry scheme enabled/i,
		code: 'XERO_ACCOUNT_NOT_FOR_LINES',
		field: 'lineItems.accountCode',
		fix: 'Send a draft without this account, and set the account in Xero: it takes accounts of the scheme from a person alone.',
	},
	{
		pattern: /only one of discountrate and discountamount/i,
		code: 'XERO_DISCOUNT_NOT_ALLOWED',
		field: 'lineItems.discountRate',
		fix: 'Map the discount as a rate or as an amount, not both.',
	},
	{
		pattern: /account code .* is not a valid code for this document/i,
		code: 'XERO_ACCOUNT_NOT_FOR_LINES',
		field: 'lineItems.accountCode',
		fix: 'Choose another account in the node: Xero does not take this one in such a document.',
	},
	{
		pattern: /account code .* (does not exist|cannot be applied)/i,
		code: 'XERO_ACCOUNT_UNKNOWN',
		field: 'lineItems.accountCode',
		fix: 'Choose an account from the list in the node, or add it in Xero.',
	},
	{
		pattern: /account code .* has been (archived|removed)/i,
		code: 'XERO_ACCOUNT_ARCHIVED',
		field: 'lineItems.accountCode',
		fix: 'Choose an active account in the node, or restore this one in Xero.',
	},
	{
		pattern: /must specify an account code or account id for the payment/i,
		code: 'XERO_PAYMENT_ACCOUNT',
		field: 'account.code',
		fix: 'Map Bank Account, or choose the bank account that the payment went through in the node.',
	},
	{
		pattern: /account (code or id|code) must be specified|must specify an account code/i,
		code: 'XERO_LINE_ACCOUNT_MISSING',
		field: 'lineItems.accountCode',
		fix: 'Choose an account for the lines in the node.',
	},
	{
		pattern: /^account must be valid|account code .* is not valid/i,
		code: 'XERO_ACCOUNT_UNKNOWN',
		field: 'lineItems.accountCode',
		fix: 'Choose an account from the list in the node, or add it in Xero.',
	},
	{
		pattern: /taxtype code .* cannot be used with account code/i,
		code: 'XERO_TAX_NOT_FOR_ACCOUNT',
		field: 'lineItems.taxType',
		fix: 'Choose a tax rate that fits the account, or another account.',
	},
	{
		pattern: /taxtype field is mandatory/i,
		code: 'XERO_LINE_TAX_MISSING',
		field: 'lineItems.taxType',
		fix: 'Choose a tax rate for the lines in the node, or an account that has one of its own.',
	},
	{
		pattern: /tax rate must be (active|valid)/i,
		code: 'XERO_TAX_RATE_UNKNOWN',
		field: 'lineItems.taxType',
		fix: 'Choose an active tax rate in the node.',
	},
	{
		pattern: /taxtype code .* (does not exist|is not valid|invalid)/i,
		code: 'XERO_TAX_RATE_UNKNOWN',
		field: 'lineItems.taxType',
		fix: 'Choose a tax rate from the list in the node.',
	},
	{
		pattern: /tax amount cannot be greater than the line amount/i,
		code: 'XERO_TAX_AMOUNT_TOO_HIGH',
		field: 'lineItems.taxAmount',
		fix: 'Leave the tax amount unmapped, and let Xero work it out from the tax rate.',
	},
	{
		pattern: /item code .*(invalid|not valid|not found)|item .* does not exist/i,
		code: 'XERO_ITEM_UNKNOWN',
		field: 'lineItems.itemCode',
		fix: 'Choose an item from the list in the node, or add it in Xero.',
	},
	{
		pattern: /quantity on hand|insufficient (stock|quantity)/i,
		code: 'XERO_STOCK_TOO_LOW',
		field: 'lineItems.quantity',
		fix: 'Enter the goods in Xero first (a bill, or an adjustment of the item), or correct the quantity in Knack. Xero lets no tracked item go below zero.',
	},
	{
		pattern: /line total .* does not match the expected line total/i,
		code: 'XERO_LINE_AMOUNT_MISMATCH',
		field: 'lineItems.lineAmount',
		fix: 'Map quantity and unit price only, and let Xero work out the line amount.',
	},
	{
		pattern: /discounts? (may not be applied|can only be applied|cannot be applied)/i,
		code: 'XERO_DISCOUNT_NOT_ALLOWED',
		field: 'lineItems.discountRate',
		fix: 'Leave the discount out: Xero knows discounts on sales invoices, quotes and purchase orders only.',
	},
	{
		pattern: /discount rate .* is invalid|discount must not be greater than the line total/i,
		code: 'XERO_DISCOUNT_OUT_OF_RANGE',
		field: 'lineItems.discountRate',
		fix: 'Give a discount between nothing and the whole line; Xero takes none on negative lines.',
	},
	{
		pattern: /quantity must not be less than zero/i,
		code: 'XERO_QUANTITY_NEGATIVE',
		field: 'lineItems.quantity',
		fix: 'Give a quantity of zero or more in Knack.',
	},
	{
		pattern: /description (field is mandatory|must be specified)/i,
		code: 'XERO_LINE_DESCRIPTION_MISSING',
		field: 'lineItems.description',
		fix: 'Fill in the description of each line in Knack.',
	},
	{
		pattern: /one or more line items must be specified|at least one line item/i,
		code: 'XERO_LINES_MISSING',
		field: 'lineItems',
		fix: 'Add lines to the record in Knack, or check where the node takes its lines from.',
	},
	{
		pattern: /maximum of \d+ tracking categories can be specified/i,
		code: 'XERO_TRACKING_TOO_MANY',
		field: 'lineItems.tracking',
		fix: 'Leave at most two tracking categories mapped.',
	},
	{
		pattern: /tracking (category|option).*(not|invalid|archived)/i,
		code: 'XERO_TRACKING_UNKNOWN',
		field: 'lineItems.tracking',
		fix: 'Choose a tracking category and option that are active in Xero.',
	},
];
