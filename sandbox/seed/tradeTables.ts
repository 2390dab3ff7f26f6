import type { KnackTwin } from '../knack/twin';

/** Tables of a small UK trade business: customers, their orders, and the orders' lines. */

const dateOnly = { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time' } as const;
const pounds = { format: '£' } as const;
const poundsResult = {
	mark_decimal: 'period',
	mark_thousands: 'comma',
	precision: '2',
	pre: '£',
} as const;

const orderStatuses = ['New', 'In Progress', 'Completed', 'Invoiced', 'Cancelled'];

const paymentStatuses = ['Unpaid', 'Partly paid', 'Paid', 'Overdue', 'Credited', 'Void'];

const reviewStates = ['Waiting', 'Retry'];

/** Adds the three tables to the sandbox's Knack app, unless they are there. */
export function addTradeTables(knack: KnackTwin): void {
	const names = [...knack.appState().tables.values()].map(({ schema }) => schema.name);
	if (names.includes('Order Lines')) return;

	knack.addTable({
		name: 'Customers',
		singular: 'Customer',
		identifier: 'Name',
		sort: { field: 'Name', order: 'asc' },
		fields: [
			{ name: 'Name', type: 'short_text', required: true },
			{ name: 'Customer Number', type: 'short_text', unique: true },
			{ name: 'Contact Person', type: 'name', format: { format: 'First Last' } },
			{ name: 'Email', type: 'email', format: { text_format: 'url' } },
			{ name: 'Phone', type: 'phone', format: { format: 'any', extension: false } },
			{ name: 'Address', type: 'address', format: { format: 'international_country' } },
			{ name: 'Xero Contact ID', type: 'short_text' },
		],
	});

	knack.addTable({
		name: 'Orders',
		singular: 'Order',
		identifier: 'Order Number',
		modifiedField: 'Modified',
		fields: [
			{ name: 'Order ID', type: 'auto_increment', startsAt: 1001 },
			{ name: 'Order Number', type: 'concatenation', format: { equation: 'SO-{Order ID}' } },
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
				format: { type: 'single', options: orderStatuses, default: 'New', blank: 'Select...' },
			},
			{ name: 'Order Date', type: 'date_time', format: { ...dateOnly, default_type: 'current' } },
			{ name: 'Due Date', type: 'date_time', format: { ...dateOnly, default_type: 'none' } },
			{
				name: 'Currency',
				type: 'multiple_choice',
				format: { type: 'single', options: ['GBP', 'EUR'], default: 'GBP' },
			},
			{ name: 'Customer Reference', type: 'short_text' },
			{ name: 'Notes', type: 'paragraph_text' },
			{
				name: 'Modified',
				type: 'date_time',
				format: {
					date_format: 'dd/mm/yyyy',
					time_format: 'HH MM (military)',
					default_type: 'current',
				},
			},
			{ name: 'Xero Invoice ID', type: 'short_text' },
			{ name: 'Invoice Number', type: 'short_text' },
			{ name: 'Invoice Status', type: 'short_text' },
			{ name: 'Invoice Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			{
				name: 'Payment Status',
				type: 'multiple_choice',
				format: { type: 'single', options: paymentStatuses, default: 'kn-blank' },
			},
			{ name: 'Amount Paid', type: 'currency', format: pounds },
			{ name: 'Amount Due', type: 'currency', format: pounds },
			{
				name: 'Last Payment Date',
				type: 'date_time',
				format: { ...dateOnly, default_type: 'none' },
			},
			{ name: 'Sync Message', type: 'paragraph_text' },
		],
	});

	knack.addTable({
		name: 'Order Lines',
		singular: 'Order Line',
		identifier: 'Description',
		fields: [
			{
				name: 'Order',
				type: 'connection',
				required: true,
				connectsTo: { table: 'Orders', has: 'one', belongsTo: 'many' },
			},
			{ name: 'Description', type: 'paragraph_text', required: true },
			{ name: 'Quantity', type: 'number', default: '1' },
			{ name: 'Unit Price', type: 'currency', format: pounds },
			{ name: 'Discount %', type: 'number' },
			{ name: 'Account Code', type: 'short_text', default: '200' },
			{
				name: 'Tax Rate',
				type: 'multiple_choice',
				format: {
					type: 'single',
					options: [
						'20% (VAT on Income)',
						'5% (VAT on Income)',
						'20% (VAT on Expenses)',
						'Zero Rated Income',
						'Exempt Income',
						'No VAT',
					],
					default: '20% (VAT on Income)',
				},
			},
			{
				name: 'Line Total',
				type: 'equation',
				format: {
					...poundsResult,
					equation_type: 'numeric',
					equation: '{Quantity} * {Unit Price} * (1 - {Discount %} / 100)',
				},
			},
		],
	});

	knack.addField('Orders', {
		name: 'Total',
		type: 'sum',
		format: {
			...poundsResult,
			connection: { key: 'Order Lines.Order' },
			field: { key: 'Order Lines.Line Total' },
			filters: [],
		},
	});
	knack.addField('Customers', {
		name: 'Orders Count',
		type: 'count',
		format: { connection: { key: 'Orders.Customer' }, filters: [] },
	});
	knack.addField('Customers', { name: 'Sync Message', type: 'paragraph_text' });
	// Where an order stands that needs attention, for those who mend it.
	knack.addField('Orders', {
		name: 'Review',
		type: 'multiple_choice',
		format: { type: 'single', options: reviewStates, default: 'kn-blank' },
	});
}
