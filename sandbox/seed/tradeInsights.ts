import { DateTime } from 'luxon';
import type { FieldDefinition } from '../knack/schema';
import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** Where figures of jobs go for Knack's own charts, and differences wait for a decision. */

const pounds = { format: '£' } as const;

/** What a job may cost, by its name. */
const budgets: Readonly<Record<string, string>> = {
	'Reception counter': '1400.00',
	'Sash windows': '900.00',
};

function money(...names: readonly string[]): FieldDefinition[] {
	return names.map((name) => ({ name, type: 'currency', format: pounds }));
}

/** As docs/insights-output.md asks: a key, and a field for each column that is wanted. */
function addJobDashboard(knack: KnackTwin): void {
	// As example 12 calls the option of a job in Xero.
	knack.addField('Jobs', {
		name: 'Tracking Option',
		type: 'concatenation',
		format: { equation: '{Job Number} {Job Name}' },
	});
	for (const field of money('Cost Budget')) knack.addField('Jobs', field);
	knack.addTable({
		name: 'Job Dashboard',
		singular: 'Job Figures',
		identifier: 'Job',
		fields: [
			{ name: 'Key', type: 'short_text', required: true, unique: true },
			{ name: 'Job', type: 'short_text' },
			{ name: 'Summary', type: 'paragraph_text' },
			...money('Revenue', 'Costs', 'Margin'),
			{ name: 'Margin %', type: 'number' },
			...money('Committed', 'Budget', 'Over Budget', 'Contract', 'Invoiced', 'Left to Invoice'),
			...money('Costs at Completion', 'Margin at Completion'),
			{ name: 'Complete %', type: 'number' },
		],
	});
}

/** As docs/compare.md asks. */
function addDifferences(knack: KnackTwin): void {
	knack.addTable({
		name: 'Differences',
		singular: 'Difference',
		identifier: 'Summary',
		fields: [
			{ name: 'Summary', type: 'paragraph_text' },
			{ name: 'Kind', type: 'short_text' },
			{ name: 'Record', type: 'short_text' },
			{ name: 'In Knack', type: 'paragraph_text' },
			{ name: 'In Xero', type: 'paragraph_text' },
			{ name: 'State', type: 'short_text' },
			{ name: 'Way', type: 'short_text' },
			{ name: 'Decided By', type: 'short_text' },
			{ name: 'Decided At', type: 'short_text' },
			{ name: 'Message', type: 'paragraph_text' },
			{ name: 'Key', type: 'short_text', required: true },
			{ name: 'Digest', type: 'short_text' },
		],
	});
}

/** What a customer may owe in all, by name; the others have no limit. */
const creditLimits: Readonly<Record<string, string>> = {
	'Ashdown Kitchens Ltd': '1500.00',
	'Bramley & Sons Ltd': '6000.00',
	'Eastgate Housing Association': '20000.00',
};

/** What no bill tells, as docs/xero-insights.md asks. */
function addPlannedCash({ clock, knack }: Pick<SeedTarget, 'clock' | 'knack'>): void {
	knack.addTable({
		name: 'Planned Cash',
		singular: 'Planned Payment',
		identifier: 'Description',
		fields: [
			{ name: 'Description', type: 'short_text', required: true },
			...money('Amount'),
			{
				name: 'Date',
				type: 'date_time',
				format: { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time', default_type: 'none' },
			},
			{
				name: 'Repeats',
				type: 'multiple_choice',
				format: {
					type: 'single',
					options: ['once', 'weekly', 'monthly', 'quarterly', 'yearly'],
					default: 'once',
				},
			},
		],
	});
	const today = DateTime.fromMillis(clock.now(), { zone: 'Europe/London' }).startOf('day');
	const day = (daysFromNow: number) => today.plus({ days: daysFromNow }).toFormat('dd/MM/yyyy');
	knack.seedRecords('Planned Cash', [
		{ Description: 'Wages', Amount: '4200.00', Date: day(5), Repeats: 'monthly' },
		{ Description: 'Rent of the workshop', Amount: '950.00', Date: day(9), Repeats: 'monthly' },
		{ Description: 'Insurance of the van', Amount: '610.00', Date: day(40), Repeats: 'yearly' },
	]);
}

/** Adds these tables, what jobs may cost and customers may owe. The tables of jobs must be there. */
export function seedTradeInsights({ clock, knack }: Pick<SeedTarget, 'clock' | 'knack'>): void {
	addJobDashboard(knack);
	for (const id of knack.recordIds('Jobs')) {
		const budget = budgets[knack.shown('Jobs', id)['Job Name'] ?? ''];
		if (budget) knack.updateRecord('Jobs', id, { 'Cost Budget': budget }, 'import');
	}
	addDifferences(knack);
	for (const field of money('Credit Limit')) knack.addField('Customers', field);
	for (const id of knack.recordIds('Customers')) {
		const limit = creditLimits[knack.shown('Customers', id).Name ?? ''];
		if (limit) knack.updateRecord('Customers', id, { 'Credit Limit': limit }, 'import');
	}
	addPlannedCash({ clock, knack });
	// What a record rule of Knack fills at each edit by a person.
	knack.addField('Customers', {
		name: 'Last Edited',
		type: 'date_time',
		format: {
			date_format: 'dd/mm/yyyy',
			time_format: 'HH MM (military)',
			default_type: 'none',
		},
	});
}
