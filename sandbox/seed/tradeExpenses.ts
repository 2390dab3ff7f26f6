import { DateTime } from 'luxon';

import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** What people of the trade business have bought, with a card of the firm or on account. */

const dateOnly = { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time' } as const;
const pounds = { format: '£' } as const;

/** The bank account that the card is of, as Xero calls it; or a bill that the supplier sends. */
const waysToPay = ['Business Bank Account', 'On Account'];

const taxRates = ['20% (VAT on Expenses)', '5% (VAT on Expenses)', 'Zero Rated Expenses', 'No VAT'];

function addExpenseTable(knack: KnackTwin): void {
	knack.addTable({
		name: 'Card Expenses',
		singular: 'Card Expense',
		identifier: 'Expense Number',
		fields: [
			{ name: 'Expense ID', type: 'auto_increment', startsAt: 501 },
			{ name: 'Expense Number', type: 'concatenation', format: { equation: 'E{Expense ID}' } },
			{ name: 'Supplier', type: 'short_text', required: true },
			{ name: 'What For', type: 'short_text', required: true },
			{ name: 'Date', type: 'date_time', format: { ...dateOnly, default_type: 'current' } },
			{ name: 'Amount', type: 'currency', required: true, format: pounds },
			{
				name: 'Paid From',
				type: 'multiple_choice',
				required: true,
				format: { type: 'single', options: waysToPay, default: 'Business Bank Account' },
			},
			{ name: 'Payment Due', type: 'date_time', format: { ...dateOnly, default_type: 'none' } },
			{ name: 'Account Code', type: 'short_text', default: '429' },
			{
				name: 'Tax Rate',
				type: 'multiple_choice',
				format: { type: 'single', options: taxRates, default: '20% (VAT on Expenses)' },
			},
			{ name: 'Receipt', type: 'file' },
			{
				name: 'Status',
				type: 'multiple_choice',
				required: true,
				format: { type: 'single', options: ['Draft', 'Submitted'], default: 'Draft' },
			},
			{ name: 'Checked', type: 'boolean', default: false, format: { format: 'yes_no' } },
			{ name: 'Xero Transaction ID', type: 'short_text' },
			{ name: 'Xero Status', type: 'short_text' },
			{ name: 'Xero Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
}

interface Expense {
	daysAgo: number;
	supplier: string;
	whatFor: string;
	amount: string;
	accountCode?: string;
	/** Days from its date to the payment of one that is on account. */
	paidAfter?: number;
	receipt?: string;
}

const expenses: readonly Expense[] = [
	{
		daysAgo: 4,
		supplier: 'Larkhill Timber',
		whatFor: 'Oak for the reception counter',
		amount: '186.37',
		accountCode: '310',
		receipt: 'larkhill-4471.pdf',
	},
	{ daysAgo: 3, supplier: 'City Car Parks', whatFor: 'Parking, survey', amount: '7.20' },
	{
		daysAgo: 3,
		supplier: 'Mason & Reed Tools',
		whatFor: 'Hire of a wall saw',
		amount: '310.80',
		accountCode: '473',
		paidAfter: 30,
		receipt: 'mason-reed-0098.pdf',
	},
	{ daysAgo: 2, supplier: 'Harbour Fuel', whatFor: 'Diesel for the van', amount: '68.45' },
];

/** Adds the table of expenses and fills it; none of them is submitted yet. */
export function seedTradeExpenses({ clock, knack }: Pick<SeedTarget, 'clock' | 'knack'>): void {
	addExpenseTable(knack);
	const today = DateTime.fromMillis(clock.now(), { zone: 'Europe/London' }).startOf('day');
	const day = (daysAgo: number) => today.minus({ days: daysAgo }).toFormat('dd/MM/yyyy');
	knack.seedRecords(
		'Card Expenses',
		expenses.map(({ paidAfter, receipt, ...expense }) => ({
			Supplier: expense.supplier,
			'What For': expense.whatFor,
			Date: day(expense.daysAgo),
			Amount: expense.amount,
			...(paidAfter === undefined
				? {}
				: { 'Paid From': 'On Account', 'Payment Due': day(expense.daysAgo - paidAfter) }),
			...(expense.accountCode ? { 'Account Code': expense.accountCode } : {}),
			...(receipt === undefined
				? {}
				: {
						Receipt: knack.addFile({
							name: receipt,
							type: 'application/pdf',
							bytes: scanOf(expense),
						}),
					}),
		})),
	);
}

/** A page that says what was bought, as a scan would. */
function scanOf({ supplier, whatFor, amount }: Omit<Expense, 'paidAfter' | 'receipt'>): Uint8Array {
	return new TextEncoder().encode(`%PDF-1.4\n% ${supplier}: ${whatFor}, £${amount}\n%%EOF\n`);
}
