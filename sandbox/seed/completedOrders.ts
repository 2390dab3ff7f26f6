import { DateTime } from 'luxon';

import { addTradeTables } from './tradeTables';
import type { SeedTarget } from './seedTarget';

export interface CompletedOrdersOptions {
	/** Orders with the status Completed. */
	orders: number;
	/** Customers they are shared out among, in turn; as many as orders when left out. */
	customers?: number;
	linesPerOrder?: number;
	/** How many of the customers are Xero contacts already, under the same name. */
	existingInXero?: number;
	/** How many more are there under a name that differs in case only. */
	existingDifferentCase?: number;
}

export interface CompletedOrders {
	/** Keys of the three tables. */
	tables: { customers: string; orders: string; orderLines: string };
	customerIds: string[];
	orderIds: string[];
	lineIds: string[];
}

/** Fills the trade tables with as many plain, repeatable completed orders as a test wants. */
export function seedCompletedOrders(
	{ clock, knack, xero }: SeedTarget,
	options: CompletedOrdersOptions,
): CompletedOrders {
	const { orders, linesPerOrder = 3, existingInXero = 0, existingDifferentCase = 0 } = options;
	const customers = options.customers ?? orders;
	addTradeTables(knack);
	const first = knack.recordIds('Customers').length + 1;
	const names = Array.from({ length: customers }, (_, index) => customerName(first + index));
	const now = clock.now();
	const createdAt = (total: number) => (index: number) => now - (total - index) * 1000;

	const customerIds = knack.seedRecords(
		'Customers',
		names.map((name, index) => ({
			Name: name,
			'Customer Number': `C-${String(first + index).padStart(5, '0')}`,
			Email: `accounts@customer-${first + index}.example.com`,
		})),
		{ createdAt: createdAt(customers) },
	);

	const today = DateTime.fromMillis(now, { zone: 'Europe/London' });
	const orderIds = knack.seedRecords(
		'Orders',
		Array.from({ length: orders }, (_, index) => ({
			Customer: customerIds[index % customers],
			Status: 'Completed',
			'Order Date': today.minus({ days: index % 28 }).toFormat('dd/MM/yyyy'),
			'Due Date': today.plus({ days: 30 - (index % 28) }).toFormat('dd/MM/yyyy'),
			Currency: 'GBP',
			'Customer Reference': `PO ${index + 1}`,
			Modified: today.toFormat('dd/MM/yyyy HH:mm'),
		})),
		{ createdAt: createdAt(orders) },
	);

	const lineIds = knack.seedRecords(
		'Order Lines',
		orderIds.flatMap((orderId, order) =>
			Array.from({ length: linesPerOrder }, (_, line) => ({
				Order: orderId,
				Description: `Work item ${line + 1} of order ${order + 1}`,
				Quantity: 1 + ((order + line) % 5),
				'Unit Price': `${10 + ((order * 7 + line * 13) % 90)}.${String((order * 3 + line) % 100).padStart(2, '0')}`,
			})),
		),
		{ createdAt: createdAt(orders * linesPerOrder) },
	);

	xero.seedContacts([
		...names.slice(0, existingInXero).map((name) => ({ name })),
		...names
			.slice(existingInXero, existingInXero + existingDifferentCase)
			.map((name) => ({ name: name.toUpperCase() })),
	]);

	return {
		tables: {
			customers: knack.schema('Customers').key,
			orders: knack.schema('Orders').key,
			orderLines: knack.schema('Order Lines').key,
		},
		customerIds,
		orderIds,
		lineIds,
	};
}

function customerName(number: number): string {
	return `Customer ${String(number).padStart(5, '0')} Ltd`;
}
