import { DateTime } from 'luxon';

import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** Months of which the hours are put onto the jobs, and what an hour of each timesheet costs. */

const dateOnly = {
	date_format: 'dd/mm/yyyy',
	time_format: 'Ignore Time',
	default_type: 'none',
} as const;

/** What an hour of each costs the firm, by their timesheets. */
const costRates: Readonly<Record<string, string>> = {
	T301: '23.45',
	T302: '19.37',
	T303: '23.45',
	T304: '21.50',
};

function addCostMonths(knack: KnackTwin): void {
	knack.addTable({
		name: 'Cost Months',
		singular: 'Cost Month',
		identifier: 'Month',
		fields: [
			{ name: 'Month', type: 'short_text', required: true, unique: true },
			{ name: 'Month End', type: 'date_time', required: true, format: dateOnly },
			{
				name: 'Status',
				type: 'multiple_choice',
				required: true,
				format: { type: 'single', options: ['Open', 'Ready'], default: 'Open' },
			},
			{ name: 'Xero Journal ID', type: 'short_text' },
			{ name: 'Journal Status', type: 'short_text' },
			{ name: 'Journal Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
	knack.addField('Timesheets', {
		name: 'Cost Rate',
		type: 'currency',
		format: { format: '£' },
	});
	knack.addField('Timesheets', {
		name: 'Cost Month',
		type: 'connection',
		connectsTo: { table: 'Cost Months', has: 'one', belongsTo: 'many' },
	});
}

/** Adds the months, and puts the approved timesheets into one, that of yesterday. They must be there. */
export function seedTradeCostMonths({ clock, knack }: Pick<SeedTarget, 'clock' | 'knack'>): void {
	addCostMonths(knack);
	const yesterday = DateTime.fromMillis(clock.now(), { zone: 'Europe/London' }).minus({ days: 1 });
	const [monthId] = knack.seedRecords('Cost Months', [
		{
			Month: yesterday.toFormat('MMMM yyyy'),
			'Month End': yesterday.endOf('month').toFormat('dd/MM/yyyy'),
		},
	]);
	for (const id of knack.recordIds('Timesheets')) {
		const sheet = knack.shown('Timesheets', id);
		knack.updateRecord(
			'Timesheets',
			id,
			{
				'Cost Rate': costRates[sheet['Timesheet Number'] ?? ''] ?? '',
				...(sheet.Approved === 'Yes' ? { 'Cost Month': monthId } : {}),
			},
			'import',
		);
	}
}
