import type { CreditSource } from './definition';

const NEVER = () => false;

/** A customer's or supplier's deposit: Xero calls it a prepayment. */
function deposits(types: readonly string[]): CreditSource {
	return {
		resource: 'Prepayments',
		idName: 'PrepaymentID',
		// "Returns Invoice number field. Reference field isn't available" (OpenAPI, Prepayment).
		numberNames: ['InvoiceNumber', 'Reference'],
		types,
		word: 'deposit',
		// An old prepayment cannot be allocated through a lock (productideas.xero.com, 50050143).
		isBoundToItsDay: true,
		isMeantForAnother: NEVER,
	};
}

function overpayments(types: readonly string[]): CreditSource {
	return {
		resource: 'Overpayments',
		idName: 'OverpaymentID',
		numberNames: ['Reference'],
		types,
		word: 'overpayment',
		isBoundToItsDay: false,
		isMeantForAnother: NEVER,
	};
}

function creditNotes(
	type: string,
	{ name, pattern }: { readonly name: string; readonly pattern: RegExp },
): CreditSource {
	return {
		resource: 'CreditNotes',
		idName: 'CreditNoteID',
		numberNames: ['CreditNoteNumber', 'Reference'],
		types: [type],
		word: 'credit note',
		isBoundToItsDay: false,
		isMeantForAnother: (element) => pattern.test(String(element[name] ?? '')),
	};
}

/** By what the credit note that corrects a sale is found again, and known as one. */
export const CORRECTS_SALE = {
	path: 'reference',
	name: 'Reference',
	keyOf: (number: string, token: string) => `Correction of ${number} (${token})`,
	undoKeyOf: (number: string, token: string) => `Undo ${number} (${token})`,
	pattern: /^(?:Correction of|Undo) .*\(\S{8}\)$/,
} as const;

/** The same of a bill: they have no reference in Xero (CreditNotes endpoint, `Reference`: ACCRECCREDIT only). */
export const CORRECTS_PURCHASE = {
	path: 'creditNoteNumber',
	name: 'CreditNoteNumber',
	keyOf: (number: string, token: string) => `${number} (credit ${token})`.trim(),
	undoKeyOf: (number: string, token: string) => `Undo ${number} (undo ${token})`,
	pattern: /\((?:credit|undo) \S{8}\)$/,
} as const;

/** What a customer has open. */
export const CREDIT_OF_CUSTOMERS: readonly CreditSource[] = [
	deposits(['RECEIVE-PREPAYMENT', 'ARPREPAYMENT']),
	overpayments(['RECEIVE-OVERPAYMENT', 'AROVERPAYMENT']),
	creditNotes('ACCRECCREDIT', CORRECTS_SALE),
];

/** What is open at a supplier. */
export const CREDIT_OF_SUPPLIERS: readonly CreditSource[] = [
	deposits(['SPEND-PREPAYMENT', 'APPREPAYMENT']),
	overpayments(['SPEND-OVERPAYMENT', 'APOVERPAYMENT']),
	creditNotes('ACCPAYCREDIT', CORRECTS_PURCHASE),
];
