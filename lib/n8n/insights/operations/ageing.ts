import type { Side } from '../../../insights/reading/invoices';
import { collection } from '../../parameters/collections';
import { choice } from '../../parameters/kinds';
import { retentionAccount } from '../retentionAccount';
import { shownFor, type InsightOperation } from '../operation';

/** Receivables and Payables: what was open at the end of a day, and how late. */

const SHOWN = shownFor('receivables', 'payables');

const BUCKETS = choice({
	displayName: 'Ageing',
	name: 'buckets',
	displayOptions: SHOWN,
	options: [
		{
			name: 'By Days Late',
			value: 'days',
			description: 'Current includes the due day, then 1–30, 31–60, 61–90 and over 90 days',
		},
		{
			name: 'By Calendar Months',
			value: 'months',
			description: 'By the month of the due day: this month or later, the three before, older',
		},
	],
	default: 'days',
	description: 'How late amounts are told apart',
});

const DETAIL = choice({
	displayName: 'Rows',
	name: 'detail',
	displayOptions: SHOWN,
	options: [
		{ name: 'One for Each Contact', value: 'contacts', description: 'And each of its currencies' },
		{ name: 'One for Each Document', value: 'documents' },
	],
	default: 'contacts',
	description: 'What a row stands for',
});

const OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'ageingOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[
		retentionAccount(
			'The account that lines with retention are on. What is kept back and not due is then shown apart; it takes a call for every 1,000 invoices and every 1,000 credit notes there are.',
		),
	],
);

function ageing(
	side: Side,
	named: Pick<InsightOperation, 'value' | 'name' | 'description' | 'action'>,
): InsightOperation {
	return {
		...named,
		resource: 'money',
		hasDay: true,
		needsKnack: false,
		parameters: [BUCKETS, DETAIL, OPTIONS],
		prepare(read) {
			const { retentionAccount } = read(OPTIONS);
			const input = { side, buckets: read(BUCKETS), detail: read(DETAIL), retentionAccount };
			return async ({ books, day }) => {
				const { reckonAgeing } = await import('../../../insights/ageing/ageing');
				return await reckonAgeing(books, { ...input, day });
			};
		},
	};
}

export const RECEIVABLES = ageing('sales', {
	value: 'receivables',
	name: 'Receivables',
	description:
		'What customers owed at the end of a day, how late it was, tied to the balance sheet',
	action: 'Get what customers owe',
});

export const PAYABLES = ageing('purchases', {
	value: 'payables',
	name: 'Payables',
	description:
		'What suppliers were owed at the end of a day, how late it was, tied to the balance sheet',
	action: 'Get what suppliers are owed',
});
