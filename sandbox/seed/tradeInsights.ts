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

/** Adds both tables, and what jobs may cost. The tables of jobs must be there. */
export function seedTradeInsights({ knack }: Pick<SeedTarget, 'knack'>): void {
	addJobDashboard(knack);
	for (const id of knack.recordIds('Jobs')) {
		const budget = budgets[knack.shown('Jobs', id)['Job Name'] ?? ''];
		if (budget) knack.updateRecord('Jobs', id, { 'Cost Budget': budget }, 'import');
	}
	addDifferences(knack);
}
