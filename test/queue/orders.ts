import type { Sandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';

/** A completed order as Knack Trigger hands it on. */
export interface OrderItem {
	readonly 'Order Number': string;
	readonly knack: { readonly recordId: string; readonly table: string };
	readonly [field: string]: unknown;
}

/** Every so many orders bear a text for Xero's History and Notes. */
const NOTED_EVERY = 10;

const WRITTEN_BACK = [
	'Xero Invoice ID',
	'Invoice Number',
	'Invoice Status',
	'Invoice Link',
	'Sync Message',
];

/** New completed orders in Knack, ten for a customer, as items. */
export function newOrders(sandbox: Sandbox, count: number): readonly OrderItem[] {
	const { knack } = sandbox;
	const { orderIds, lineIds, tables } = seedCompletedOrders(sandbox, {
		orders: count,
		customers: Math.ceil(count / 10),
		linesPerOrder: 2,
	});
	const lines = new Map<string, Array<Record<string, string>>>();
	for (const id of lineIds) {
		const line = knack.shown('Order Lines', id);
		const order = line.Order ?? '';
		lines.set(order, [...(lines.get(order) ?? []), line]);
	}
	return orderIds.map((recordId, index) => {
		const order = knack.shown('Orders', recordId);
		return {
			'Order Number': order['Order Number'] ?? '',
			Customer: order.Customer,
			'Order Date': isoDate(order['Order Date']),
			'Due Date': isoDate(order['Due Date']),
			Currency: order.Currency,
			// What a record shows to be missing is written to it, though nothing changes in Xero.
			...Object.fromEntries(WRITTEN_BACK.map((field) => [field, null])),
			Note: index % NOTED_EVERY === 0 ? `From order ${order['Order Number']}` : '',
			'Order Lines': (lines.get(order['Order Number'] ?? '') ?? []).map((line) => ({
				Description: line.Description,
				Quantity: line.Quantity,
				'Unit Price': line['Unit Price'],
				'Account Code': line['Account Code'],
				'Tax Rate': line['Tax Rate'],
				knack: { recordId: line.id, table: tables.orderLines, tableName: 'Order Lines' },
			})),
			knack: { recordId, table: tables.orders, tableName: 'Orders' },
		};
	});
}

function isoDate(british: string | undefined): string {
	return (british ?? '').split('/').reverse().join('-');
}
