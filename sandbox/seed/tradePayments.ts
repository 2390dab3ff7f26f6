import type { KnackTwin } from '../knack/twin';

/** What a row of the payment history says of its payment. */
const paymentStandings = ['Recorded', 'Removed'];

/** Adds the table of payments, connected to the trade business's orders, unless it is there. */
export function addTradePayments(knack: KnackTwin): void {
	const names = [...knack.appState().tables.values()].map(({ schema }) => schema.name);
	if (names.includes('Payments')) return;
	knack.addTable({
		name: 'Payments',
		singular: 'Payment',
		identifier: 'Reference',
		fields: [
			{
				name: 'Order',
				type: 'connection',
				connectsTo: { table: 'Orders', has: 'one', belongsTo: 'many' },
			},
			{ name: 'Xero Payment ID', type: 'short_text' },
			{
				name: 'Date',
				type: 'date_time',
				format: { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time', default_type: 'none' },
			},
			{ name: 'Amount', type: 'number', format: { precision: '2' } },
			{ name: 'Currency', type: 'short_text' },
			{
				name: 'Kind',
				type: 'multiple_choice',
				format: {
					type: 'single',
					options: ['Payment', 'Credit Note', 'Prepayment', 'Overpayment', 'Refund'],
					default: 'kn-blank',
				},
			},
			{ name: 'Reference', type: 'short_text' },
			{
				name: 'Status',
				type: 'multiple_choice',
				format: { type: 'single', options: paymentStandings, default: 'kn-blank' },
			},
			{ name: 'Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
		],
	});
}
