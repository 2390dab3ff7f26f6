import type { FieldDefinition } from '../knack/schema';
import type { KnackTwin } from '../knack/twin';
import type { SeedTarget } from './seedTarget';

/** Bills that come into Xero by themselves, and what whoever approves them chooses from. */

const dateOnly = {
	date_format: 'dd/mm/yyyy',
	time_format: 'Ignore Time',
	default_type: 'none',
} as const;
const pounds = { format: '£' } as const;

function oneOf(name: string, table: string): FieldDefinition {
	return { name, type: 'connection', connectsTo: { table, has: 'one', belongsTo: 'many' } };
}

/** What is spent on jobs, by the accounts of Xero. */
const costCodes = [
	{ 'Cost Code': 'Materials', Account: 'Cost of Goods Sold' },
	{ 'Cost Code': 'Subcontractors', Account: 'Subcontractors' },
	{ 'Cost Code': 'Site Running', Account: 'General Expenses' },
];

/** Adds the tables of bills, and the cost codes. The tables of jobs must be there. */
export function seedTradeBills({ knack }: Pick<SeedTarget, 'knack'>): void {
	addBillTables(knack);
	knack.seedRecords('Cost Codes', costCodes);
}

function addBillTables(knack: KnackTwin): void {
	knack.addTable({
		name: 'Cost Codes',
		singular: 'Cost Code',
		identifier: 'Cost Code',
		fields: [
			{ name: 'Cost Code', type: 'short_text', required: true },
			{ name: 'Account', type: 'short_text', required: true },
		],
	});
	knack.addTable({
		name: 'Purchase Orders',
		singular: 'Purchase Order',
		identifier: 'PO Number',
		fields: [
			{ name: 'PO Number', type: 'short_text', required: true },
			{ name: 'Supplier', type: 'short_text' },
			oneOf('Job', 'Jobs'),
		],
	});
	knack.addTable({
		name: 'Bills',
		singular: 'Bill',
		identifier: 'Bill Number',
		fields: [
			{ name: 'Bill Number', type: 'short_text' },
			{ name: 'Supplier', type: 'short_text' },
			{ name: 'Bill Date', type: 'date_time', format: dateOnly },
			{ name: 'Due Date', type: 'date_time', format: dateOnly },
			{ name: 'For', type: 'paragraph_text' },
			{ name: 'Tax', type: 'currency', format: pounds },
			{ name: 'Total', type: 'currency', format: pounds },
			{ name: 'Currency', type: 'short_text' },
			{ name: 'File', type: 'file' },
			{
				name: 'Status',
				type: 'multiple_choice',
				required: true,
				format: {
					type: 'single',
					options: ['To Approve', 'Approved', 'Rejected'],
					default: 'To Approve',
				},
			},
			oneOf('Job', 'Jobs'),
			oneOf('Cost Code', 'Cost Codes'),
			oneOf('Purchase Order', 'Purchase Orders'),
			{ name: 'Approved By', type: 'short_text' },
			{ name: 'Approved On', type: 'date_time', format: dateOnly },
			{ name: 'Approved Total', type: 'currency', format: pounds },
			{ name: 'Xero Bill ID', type: 'short_text' },
			{ name: 'Xero Organisation ID', type: 'short_text' },
			{ name: 'Xero Approved Bill ID', type: 'short_text' },
			{ name: 'Xero Status', type: 'short_text' },
			{ name: 'Xero Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});
}
