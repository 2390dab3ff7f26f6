import { DateTime } from 'luxon';

import type { FieldDefinition } from '../knack/schema';
import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** Jobs that are claimed in stages: a contract with its variations, its claims and its retention. */

const dateOnly = {
	date_format: 'dd/mm/yyyy',
	time_format: 'Ignore Time',
	default_type: 'none',
} as const;
const pounds = { format: '£' } as const;
const poundsResult = {
	mark_decimal: 'period',
	mark_thousands: 'comma',
	precision: '2',
	pre: '£',
} as const;

const ofJob: FieldDefinition = {
	name: 'Job',
	type: 'connection',
	required: true,
	connectsTo: { table: 'Jobs', has: 'one', belongsTo: 'many' },
};

function addClaimTables(knack: KnackTwin): void {
	const ofContract: FieldDefinition[] = [
		{ name: 'Contract Sum', type: 'currency', format: pounds },
		{ name: 'Retention %', type: 'number' },
		{ name: 'Retention Cap', type: 'currency', format: pounds },
		{ name: 'Released at Completion %', type: 'number' },
		{ name: 'Completed On', type: 'date_time', format: dateOnly },
		{ name: 'Defects End', type: 'date_time', format: dateOnly },
		{ name: 'Tax Rate', type: 'short_text' },
	];
	for (const field of ofContract) knack.addField('Jobs', field);

	knack.addTable({
		name: 'Variations',
		singular: 'Variation',
		identifier: 'Variation Number',
		fields: [
			{ name: 'Variation ID', type: 'auto_increment', startsAt: 1 },
			{ name: 'Variation Number', type: 'concatenation', format: { equation: 'V{Variation ID}' } },
			ofJob,
			{ name: 'Description', type: 'short_text', required: true },
			{ name: 'Amount Asked', type: 'currency', format: pounds },
			{ name: 'Amount Approved', type: 'currency', format: pounds },
		],
	});
	knack.addTable({
		name: 'Claims',
		singular: 'Claim',
		identifier: 'Claim Number',
		fields: [
			{ name: 'Claim ID', type: 'auto_increment', startsAt: 501 },
			{ name: 'Claim Number', type: 'concatenation', format: { equation: 'PC-{Claim ID}' } },
			ofJob,
			{
				name: 'Status',
				type: 'multiple_choice',
				required: true,
				format: { type: 'single', options: ['Draft', 'Ready', 'Cancelled'], default: 'Draft' },
			},
			{
				name: 'Stage',
				type: 'multiple_choice',
				required: true,
				format: {
					type: 'single',
					options: ['In Progress', 'Completion', 'End of Defects'],
					default: 'In Progress',
				},
			},
			{ name: 'Claim Date', type: 'date_time', format: { ...dateOnly, default_type: 'current' } },
			{ name: 'Due Date', type: 'date_time', format: dateOnly },
			{ name: 'Work to Date', type: 'currency', format: pounds },
			{ name: 'Variations to Date', type: 'currency', format: pounds },
			{ name: 'Work Before', type: 'currency', format: pounds },
			{ name: 'Work Claimed', type: 'currency', format: pounds },
			{ name: 'Variations Before', type: 'currency', format: pounds },
			{ name: 'Variations Claimed', type: 'currency', format: pounds },
			{ name: 'Retention Before', type: 'currency', format: pounds },
			{ name: 'Retention', type: 'currency', format: pounds },
			{
				name: 'Claimed',
				type: 'equation',
				format: {
					...poundsResult,
					equation_type: 'numeric',
					equation: '{Work Claimed} + {Variations Claimed}',
				},
			},
			{ name: 'Xero Invoice ID', type: 'short_text' },
			{ name: 'Invoice Number', type: 'short_text' },
			{ name: 'Invoice Status', type: 'short_text' },
			{ name: 'Invoice Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
	addSum(knack, 'Approved Variations', 'Variations', 'Amount Approved');
	addSum(knack, 'Claimed to Date', 'Claims', 'Claimed');
	addSum(knack, 'Retention Held', 'Claims', 'Retention');
}

function addSum(knack: KnackTwin, name: string, of: string, field: string): void {
	knack.addField('Jobs', {
		name,
		type: 'sum',
		format: {
			...poundsResult,
			connection: { key: `${of}.Job` },
			field: { key: `${of}.${field}` },
			filters: [],
		},
	});
}

/** Adds a contract with variations and a first claim. The tables of jobs must be there. */
export function seedTradeClaims({ clock, knack, xero }: SeedTarget): void {
	addClaimTables(knack);
	const retention = { code: '615', name: 'Retentions Receivable', type: 'CURRENT' };
	xero.person.addAccount({ ...retention, taxType: 'OUTPUT2' });
	const today = DateTime.fromMillis(clock.now(), { zone: 'Europe/London' }).startOf('day');
	const day = (daysFromNow: number) => today.plus({ days: daysFromNow }).toFormat('dd/MM/yyyy');
	const [customer] = knack
		.recordIds('Customers')
		.filter((id) => knack.shown('Customers', id).Name === 'Eastgate Housing Association');
	const [job] = knack.seedRecords('Jobs', [
		{
			'Job Name': 'Six flats at Mill Lane',
			Customer: customer,
			Status: 'In Progress',
			'Contract Sum': '48000',
			'Retention %': '5',
			'Retention Cap': '1500',
			'Released at Completion %': '50',
			'Tax Rate': '20% (VAT on Income)',
		},
	]);
	knack.seedRecords('Variations', [
		{
			Job: job,
			Description: 'Larger kitchen windows',
			'Amount Asked': '2450',
			'Amount Approved': '2300',
		},
		{ Job: job, Description: 'Second coat outside', 'Amount Asked': '1180' },
	]);
	knack.seedRecords('Claims', [
		{
			Job: job,
			'Claim Date': day(-2),
			'Due Date': day(28),
			'Work to Date': '12500',
			'Variations to Date': '800',
		},
	]);
}
