import { DateTime } from 'luxon';

import type { XeroTwin } from '../xero/twin';
import type { SeedTarget } from './seedTarget';
import { seedTradeBills } from './tradeBills';
import { seedTradeClaims } from './tradeClaims';
import { seedTradeCostMonths } from './tradeCostMonths';
import { tradeCustomers } from './tradeCustomers';
import { seedTradeExpenses } from './tradeExpenses';
import { seedTradeInsights } from './tradeInsights';
import { seedTradeJobs } from './tradeJobs';
import { addTradePayments } from './tradePayments';
import { tradeOrders } from './tradeOrders';
import type { TradeOrder } from './tradeOrders';
import { addTradeTables } from './tradeTables';

/** Fills both sides: a trade business whose bookkeeper has some of the customers in Xero already. */
export function seedTradeBusiness({ clock, knack, xero }: SeedTarget): void {
	addTradeTables(knack);
	const zone = 'Europe/London';
	const today = DateTime.fromMillis(clock.now(), { zone }).startOf('day');
	const firstCustomer = today.minus({ days: 60 }).set({ hour: 9 }).toMillis();
	const customerIds = knack.seedRecords(
		'Customers',
		tradeCustomers.map((entry, index) => ({
			Name: entry.name,
			'Customer Number': `C-${String(index + 1).padStart(3, '0')}`,
			'Contact Person': { first: entry.person[0], last: entry.person[1] },
			Email: { email: entry.email },
			Phone: entry.phone,
			Address: {
				street: entry.street,
				city: entry.city,
				zip: entry.zip,
				country: entry.country ?? 'United Kingdom',
			},
		})),
		{ createdAt: (index) => firstCustomer + index * 3_600_000 },
	);
	const customerId = new Map(tradeCustomers.map(({ name }, index) => [name, customerIds[index]]));
	const placedAt = (order: TradeOrder): number =>
		Math.min(clock.now(), today.minus({ days: order.daysAgo }).set({ hour: 10 }).toMillis());
	const orderIds = knack.seedRecords(
		'Orders',
		tradeOrders.map((order) => {
			const date = today.minus({ days: order.daysAgo });
			return {
				Customer: customerId.get(order.customer),
				Status: order.status,
				'Order Date': date.toFormat('dd/MM/yyyy'),
				'Due Date': date.plus({ days: 30 }).toFormat('dd/MM/yyyy'),
				Currency: order.currency ?? 'GBP',
				'Customer Reference': order.reference ?? '',
				Notes: order.notes ?? '',
				Modified: DateTime.fromMillis(placedAt(order), { zone }).toFormat('dd/MM/yyyy HH:mm'),
			};
		}),
		{
			createdAt: (index) =>
				placedAt(tradeOrders[index] ?? { daysAgo: 0, customer: '', status: '', lines: [] }),
		},
	);
	const lines = tradeOrders.flatMap((order, index) =>
		order.lines.map((line) => ({ line, order, orderId: orderIds[index] })),
	);
	knack.seedRecords(
		'Order Lines',
		lines.map(({ line, orderId }) => ({
			Order: orderId,
			Description: line.description,
			Quantity: line.quantity,
			'Unit Price': line.unitPrice,
			'Discount %': line.discount ?? '',
			'Account Code': line.accountCode ?? '200',
			'Tax Rate': line.taxRate ?? '20% (VAT on Income)',
		})),
		{
			createdAt: (index) => {
				const entry = lines[index];
				return entry ? placedAt(entry.order) + 60_000 : clock.now();
			},
		},
	);
	seedXeroContacts(xero);
	seedTradeJobs({ clock, knack });
	addTradePayments(knack);
	// What a customer and its contact last agreed on, where both are edited.
	knack.addField('Customers', { name: 'Sync Fingerprint', type: 'short_text' });
	seedTradeExpenses({ clock, knack });
	seedTradeCostMonths({ clock, knack });
	seedTradeClaims({ clock, knack, xero });
	seedTradeBills({ knack });
	seedTradeInsights({ clock, knack });
}

/** What the bookkeeper has already: the same firms, as people write them at different times. */
function seedXeroContacts(xero: XeroTwin): void {
	const mail = (name: string) => tradeCustomers.find((entry) => entry.name === name)?.email ?? '';
	xero.seedContacts([
		{
			name: 'Ashdown Kitchens Ltd',
			emailAddress: mail('Ashdown Kitchens Ltd'),
			contactNumber: 'C-001',
		},
		{ name: 'BRAMLEY & SONS LTD', emailAddress: mail('Bramley & Sons Ltd') },
		{ name: 'Eastgate Housing Association', emailAddress: mail('Eastgate Housing Association') },
		{ name: 'Greenway Café', emailAddress: 'hello@greenway-cafe.example.com' },
		// Archived years ago; new invoices are refused until it is restored.
		{
			name: 'Dunmore Dental Practice',
			emailAddress: mail('Dunmore Dental Practice'),
			archived: true,
		},
		// Entered twice: which one is meant cannot be known from the e-mail address.
		{ name: 'Rivermead Properties Ltd', emailAddress: mail('Rivermead Properties') },
		{ name: 'Rivermead Properties (Reading)', emailAddress: mail('Rivermead Properties') },
		{ name: 'Office Supplies Direct', emailAddress: 'sales@office-supplies.example.org' },
	]);
}
