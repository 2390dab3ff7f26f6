import { DateTime } from 'luxon';

import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** Jobs of the trade business: each with its tasks, and the hours that people log on them. */

const jobStatuses = ['New', 'In Progress', 'Finished'];

const dateOnly = {
	date_format: 'dd/mm/yyyy',
	time_format: 'Ignore Time',
	default_type: 'none',
} as const;
const pounds = { format: '£' } as const;

function addJobTables(knack: KnackTwin): void {
	knack.addTable({
		name: 'Jobs',
		singular: 'Job',
		identifier: 'Job Number',
		fields: [
			{ name: 'Job ID', type: 'auto_increment', startsAt: 1004 },
			{ name: 'Job Number', type: 'concatenation', format: { equation: 'J{Job ID}' } },
			{ name: 'Job Name', type: 'short_text', required: true },
			{
				name: 'Customer',
				type: 'connection',
				required: true,
				connectsTo: { table: 'Customers', has: 'one', belongsTo: 'many' },
			},
			{
				name: 'Status',
				type: 'multiple_choice',
				required: true,
				format: { type: 'single', options: jobStatuses, default: 'New', blank: 'Select...' },
			},
			{ name: 'Estimate', type: 'currency', format: pounds },
			{ name: 'Deadline', type: 'date_time', format: dateOnly },
			{ name: 'Finished On', type: 'date_time', format: dateOnly },
			{ name: 'Payment Due', type: 'date_time', format: dateOnly },
			{ name: 'Xero Project ID', type: 'short_text' },
			{ name: 'Xero Invoice ID', type: 'short_text' },
			{ name: 'Invoice Number', type: 'short_text' },
			{ name: 'Invoice Status', type: 'short_text' },
			{ name: 'Invoice Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
	const ofJob = {
		name: 'Job',
		type: 'connection',
		required: true,
		connectsTo: { table: 'Jobs', has: 'one', belongsTo: 'many' },
	} as const;
	knack.addTable({
		name: 'Job Tasks',
		singular: 'Job Task',
		identifier: 'Name',
		fields: [
			ofJob,
			{ name: 'Name', type: 'short_text', required: true },
			{
				name: 'Charge Type',
				type: 'multiple_choice',
				required: true,
				format: {
					type: 'single',
					options: ['Hourly', 'Fixed Price', 'Not Chargeable'],
					default: 'Hourly',
				},
			},
			{ name: 'Rate', type: 'currency', format: pounds },
			{ name: 'Account Code', type: 'short_text', default: '200' },
			{ name: 'Tax Rate', type: 'short_text', default: '20% (VAT on Income)' },
			{ name: 'Xero Task ID', type: 'short_text' },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
	knack.addTable({
		name: 'Timesheets',
		singular: 'Timesheet',
		identifier: 'Timesheet Number',
		fields: [
			{ name: 'Timesheet ID', type: 'auto_increment', startsAt: 301 },
			{ name: 'Timesheet Number', type: 'concatenation', format: { equation: 'T{Timesheet ID}' } },
			ofJob,
			{
				name: 'Task',
				type: 'connection',
				required: true,
				connectsTo: { table: 'Job Tasks', has: 'one', belongsTo: 'many' },
			},
			{ name: 'Person', type: 'email', format: { text_format: 'url' } },
			{ name: 'Date', type: 'date_time', format: { ...dateOnly, default_type: 'current' } },
			{ name: 'Hours', type: 'number' },
			{ name: 'Work Done', type: 'short_text' },
			{ name: 'Approved', type: 'boolean', default: false, format: { format: 'yes_no' } },
			{ name: 'Xero Time Entry ID', type: 'short_text' },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
}

interface Hours {
	daysAgo: number;
	hours: string;
	workDone: string;
	approved: boolean;
	/** Somebody who uses Xero Projects; unless said otherwise, Rowan Ashby. */
	person?: string;
}

interface Task {
	name: string;
	chargeType: 'Hourly' | 'Fixed Price' | 'Not Chargeable';
	rate: string;
	accountCode?: string;
	hours?: Hours[];
}

interface Job {
	name: string;
	customer: string;
	estimate: string;
	status: string;
	tasks: Task[];
}

const people = { rowan: 'rowan.ashby@example.com', kit: 'kit.marlow@example.com' } as const;

const jobs: readonly Job[] = [
	{
		name: 'Reception counter',
		customer: 'Inkwell Print Studio',
		estimate: '2400',
		status: 'New',
		tasks: [
			{
				name: 'Survey and drawings',
				chargeType: 'Fixed Price',
				rate: '180',
			},
			{
				name: 'Joinery',
				chargeType: 'Hourly',
				rate: '48',
				accountCode: '210',
				hours: [
					{ daysAgo: 3, hours: '7.5', workDone: 'Carcass', approved: true },
					{
						daysAgo: 2,
						hours: '6.25',
						workDone: 'Counter top',
						approved: true,
						person: people.kit,
					},
					{ daysAgo: 1, hours: '2', workDone: 'Oiling', approved: false },
				],
			},
			{ name: 'Clearing up', chargeType: 'Not Chargeable', rate: '0' },
		],
	},
	{
		name: 'Sash windows',
		customer: 'Copperfield Joinery',
		estimate: '960',
		status: 'New',
		tasks: [
			{
				name: 'Repair and fit',
				chargeType: 'Hourly',
				rate: '52.5',
				accountCode: '210',
				// Nobody of this name uses Xero Projects.
				hours: [
					{
						daysAgo: 1,
						hours: '4',
						workDone: 'Front bay',
						approved: true,
						person: 'sam.hill@example.com',
					},
				],
			},
		],
	},
];

/** Adds the tables of jobs and fills them. Their customers must be there. */
export function seedTradeJobs({ clock, knack }: Pick<SeedTarget, 'clock' | 'knack'>): void {
	addJobTables(knack);
	const today = DateTime.fromMillis(clock.now(), { zone: 'Europe/London' }).startOf('day');
	const day = (daysAgo: number) => today.minus({ days: daysAgo }).toFormat('dd/MM/yyyy');
	const customers = new Map(
		knack.recordIds('Customers').map((id) => [knack.shown('Customers', id).Name, id]),
	);
	for (const job of jobs) {
		const [jobId] = knack.seedRecords('Jobs', [
			{
				'Job Name': job.name,
				Customer: customers.get(job.customer),
				Status: job.status,
				Estimate: job.estimate,
				Deadline: day(-21),
			},
		]);
		for (const task of job.tasks) {
			const [taskId] = knack.seedRecords('Job Tasks', [
				{
					Job: jobId,
					Name: task.name,
					'Charge Type': task.chargeType,
					Rate: task.rate,
					'Account Code': task.accountCode ?? '200',
				},
			]);
			knack.seedRecords(
				'Timesheets',
				(task.hours ?? []).map((entry) => ({
					Job: jobId,
					Task: taskId,
					Person: { email: entry.person ?? people.rowan },
					Date: day(entry.daysAgo),
					Hours: entry.hours,
					'Work Done': entry.workDone,
					Approved: entry.approved,
				})),
			);
		}
	}
}
