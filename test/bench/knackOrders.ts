import type { Clock } from '../../lib/clock';
import { createGiveWay, mapGivingWay } from '../../lib/giveWay';
import type { Draft } from '../../lib/sync/draft';
import { draftFromValues } from '../../lib/sync/map/draftFromValues';
import { LineColumns, mappedLine } from '../../lib/sync/map/lineColumns';
import { lineReader } from '../../lib/sync/map/lineList';
import { LineReading } from '../../lib/sync/map/lineReading';
import type { ItemRecord } from '../../lib/sync/map/sampleShape';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { ORGANISATION } from './organisation';

export function orderNumber(index: number): string {
	return `INV-${String(index).padStart(5, '0')}`;
}

export function customerName(index: number): string {
	return `Customer ${index % 2_000} Ltd`;
}

type QuantityOf = (index: number, line: number) => number;

const quantity: QuantityOf = (_, line) => (line + 1) * 1.25;

/** What orders said when they were sent to Xero: every second one was changed in a line since. */
export const sentQuantity: QuantityOf = (index, line) =>
	quantity(index, line) + (index % 2 === 0 && line === 2 ? 1 : 0);

/** Items as the Knack Trigger gives them. */
export function knackOrders(
	count: number,
	lines: number,
	quantityOf: QuantityOf = quantity,
): ItemRecord[] {
	return Array.from({ length: count }, (_, index) => ({
		'Order Number': orderNumber(index),
		Customer: customerName(index),
		Email: `office${index % 2_000}@example.com`,
		'Order Date': '2026-11-20',
		'Due Date': '2026-12-20',
		'Order Lines': Array.from({ length: lines }, (__, line) => ({
			Description: `Work of day ${line + 1}, order ${index}`,
			Quantity: quantityOf(index, line),
			'Unit Price': 12.345 + (index % 50),
			Region: line % 2 === 0 ? 'North' : 'South',
			knack: { recordId: `line-${index}-${line}`, table: 'object_3', tableName: 'Order Lines' },
		})),
		knack: { recordId: `order-${index}`, table: 'object_2', tableName: 'Orders' },
	}));
}

const LINE_MAPPING = {
	description: 'Description',
	quantity: 'Quantity',
	unitAmount: 'Unit Price',
	accountCode: 'Sales',
	taxType: '20% (VAT on Income)',
	'tracking.category-region': 'Region',
};

/** The mapping step as the node does it: header values worked out, lines from a list. */
export async function mapOrders(items: readonly ItemRecord[], clock: Clock): Promise<Draft[]> {
	const giveWay = createGiveWay(clock);
	const named = items.map(() => 'Order Lines');
	const lists = await mapGivingWay(items, giveWay, lineReader(SALES_INVOICE, items, named));
	const columns = await LineColumns.of(lists, giveWay);
	const reading = new LineReading(SALES_INVOICE, columns);
	return await mapGivingWay(items, giveWay, (item, index) => {
		const { sources } = reading.read(LINE_MAPPING);
		const record = {
			values: {
				'contact.name': item.Customer,
				'contact.emailAddress': item.Email,
				invoiceNumber: item['Order Number'],
				date: item['Order Date'],
				dueDate: item['Due Date'],
				status: 'AUTHORISED',
			},
			lines: lists[index]?.lines.map((line) => mappedLine(line, sources)),
			source: { knackRecordId: `order-${index}`, table: 'object_2' },
			itemIndexes: [index],
		};
		return draftFromValues(SALES_INVOICE, record, {
			timeZone: 'Europe/London',
			blankPolicy: 'leave',
			settings: ORGANISATION,
		});
	});
}
