import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TestNode } from './engine';
import { ours, type Harness } from './harness';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';

/** The first seeded orders as the Knack Trigger gives them, with their lines and customers. */
export function orderItems(harness: Harness, count = 2): IDataObject[] {
	const { knack } = harness.sandbox;
	const table = knack.schema('Orders').key;
	const lineTable = knack.schema('Order Lines').key;
	const lineIds = knack.recordIds('Order Lines');
	return knack
		.recordIds('Orders')
		.slice(0, count)
		.map((recordId) => {
			const order = knack.shown('Orders', recordId);
			const lines = lineIds
				.map((lineId) => ({ lineId, line: knack.shown('Order Lines', lineId) }))
				.filter(({ line }) => line.Order === order['Order Number']);
			return {
				'Order Number': order['Order Number'],
				Customer: order.Customer,
				Status: order.Status,
				'Order Date': isoDate(order['Order Date']),
				'Due Date': isoDate(order['Due Date']),
				Currency: order.Currency,
				'Xero Invoice ID': order['Xero Invoice ID'] || null,
				'Invoice Number': order['Invoice Number'] || null,
				'Invoice Status': order['Invoice Status'] || null,
				'Sync Message': order['Sync Message'] || null,
				'Order Lines': lines.map(({ lineId, line }) => ({
					Description: line.Description,
					Quantity: Number(line.Quantity),
					'Unit Price': line['Unit Price'],
					'Discount %': line['Discount %'] === '' ? null : Number(line['Discount %']),
					'Account Code': line['Account Code'],
					'Tax Rate': line['Tax Rate'],
					knack: { recordId: lineId, table: lineTable, tableName: 'Order Lines' },
				})),
				knack: { recordId, table, tableName: 'Orders', event: 'startedToMatch' },
			};
		});
}

function isoDate(british: string | undefined): string | null {
	const [day, month, year] = (british ?? '').split('/');
	return year === undefined ? null : `${year}-${month}-${day}`;
}

export const LINE_COLUMNS = {
	description: 'Description',
	quantity: 'Quantity',
	unitAmount: 'Unit Price',
	discountRate: 'Discount %',
	accountCode: 'Account Code',
	taxType: 'Tax Rate',
};

/** As the form saves them. */
export const CHOSEN_COLUMNS = Object.fromEntries(
	Object.entries(LINE_COLUMNS).map(([path, column]) => [path, `Column: ${column}`]),
);

export const ORDER_FIELDS = {
	id: '={{ $json["Xero Invoice ID"] }}',
	'contact.name': '={{ $json["Customer"] }}',
	reference: '={{ $json["Order Number"] }}',
	date: '={{ $json["Order Date"] }}',
	dueDate: '={{ $json["Due Date"] }}',
	currencyCode: '={{ $json["Currency"] }}',
};

export function mapper(value: IDataObject | null, mappingMode = 'defineBelow'): IDataObject {
	return { mappingMode, value, matchingColumns: [], schema: [] };
}

/** The node as a person sets it up for the sandbox's orders. */
export function mapUpsert(
	harness: Harness,
	parameters: IDataObject = {},
	more: Partial<TestNode> = {},
): TestNode {
	return {
		name: 'Upsert',
		type: ours('mapUpsertToXero'),
		credentials: harness.both,
		parameters: {
			organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
			document: 'salesInvoice',
			operation: 'upsert',
			fields: mapper(ORDER_FIELDS),
			lineSource: 'list',
			lineList: 'Order Lines',
			lineFields: mapper(CHOSEN_COLUMNS),
			...parameters,
		} as INodeParameters,
		...more,
	};
}

/** What a locator holds once something is chosen from its list. */
export function located(value: string) {
	return { __rl: true, mode: 'list', value };
}

/** The fields of Orders in which Knack keeps its invoice. */
export const WRITE_BACK = {
	writeBack: true,
	table: { __rl: true, mode: 'id', value: 'Orders' },
	writeBackFields: {
		xeroId: 'Xero Invoice ID',
		number: 'Invoice Number',
		status: 'Invoice Status',
		message: 'Sync Message',
	},
};
