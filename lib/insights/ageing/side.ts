import type { Side } from '../reading/invoices';

/** What the two sides of the business are called. */
export interface SideWords {
	/** "Customers owe". */
	readonly theyOwe: string;
	/** Of one contact: "owes" or "is owed". */
	readonly owes: string;
	readonly invoices: string;
	/** Of Xero's account. */
	readonly systemAccount: 'DEBTORS' | 'CREDITORS';
	readonly account: string;
	/** Xero's account of labour under the Construction Industry Scheme. */
	readonly labour: string;
	readonly deposits: string;
}

export const SIDE_WORDS: Readonly<Record<Side, SideWords>> = {
	sales: {
		theyOwe: 'Customers owe',
		owes: 'owes',
		invoices: 'invoices',
		systemAccount: 'DEBTORS',
		account: 'Accounts Receivable',
		labour: 'CISLABOURINCOME',
		deposits: 'deposits from customers',
	},
	purchases: {
		theyOwe: 'Suppliers are owed',
		owes: 'is owed',
		invoices: 'bills',
		systemAccount: 'CREDITORS',
		account: 'Accounts Payable',
		labour: 'CISLABOUREXPENSE',
		deposits: 'deposits paid to suppliers',
	},
};
