import Big from 'big.js';
import { BILL } from '../../lib/xero/documents/bill';
import { CONTACT } from '../../lib/xero/documents/contact';
import { PURCHASE_ORDER } from '../../lib/xero/documents/purchaseOrder';
import type { Ledger } from '../../sandbox/xero/ledger';
import type { InvoiceRow } from '../../sandbox/xero/model';
import { content, draftOf, UNIT_PRICE, type Kind } from './kind';
import { put } from './singleKinds';

/** As many suppliers as a run has customers, and less ordered of each than all records together bill. */
const SUPPLIERS = [
	{ name: 'Customer 1', order: 'PO-1', ordered: 24 },
	{ name: 'Customer 2', order: 'PO-2', ordered: 11 },
];

const NOTE = /^Billed by bill .*\(([0-9a-f-]{36})\)$/;

/**
 * Bills of all records against the orders of two suppliers, some of which want more than is left. In
 * between they are reduced, so that orders which were closed have something left.
 */
export const ORDERED_BILLS: Kind = {
	name: 'bill of a purchase order',
	definition: BILL,
	mayBeHeldBy: ['XERO_ORDER_EXCEEDED', 'XERO_ORDER_NOT_OPEN'],
	seed: async (world) => {
		for (const { name, order, ordered } of SUPPLIERS) {
			await put(world, CONTACT, { name });
			await put(
				world,
				PURCHASE_ORDER,
				{
					'contact.name': name,
					purchaseOrderNumber: order,
					date: '2026-11-01',
					status: 'AUTHORISED',
				},
				[
					{
						description: 'As ordered',
						quantity: String(ordered),
						unitAmount: UNIT_PRICE,
						accountCode: '429',
						taxType: 'INPUT2',
					},
				],
			);
		}
	},
	draft: (order, index) => ({
		...draftOf(
			BILL,
			order,
			index,
			{
				'contact.name': order.customer,
				invoiceNumber: `DOC-${order.number}`,
				date: '2026-11-20',
				dueDate: '2026-12-20',
				purchaseOrder: SUPPLIERS.find(({ name }) => name === order.customer)?.order ?? '',
				...(order.number % 2 === 0 ? { status: 'AUTHORISED' } : {}),
			},
			order.quantities.map((quantity, line) => ({
				description: `Line ${line + 1}`,
				quantity: String(quantity),
				unitAmount: UNIT_PRICE,
				accountCode: '429',
				taxType: 'INPUT2',
			})),
		),
		// By its link it is known what was sent, so that an approved bill follows its record.
		source: { table: 'object_1', knackRecordId: `record-${order.number}` },
	}),
	edit: (order, random) => {
		const line = random.int(0, order.quantities.length - 1);
		order.quantities = order.quantities.map((quantity, index) =>
			index === line ? Math.max(1, quantity - random.int(1, 4)) : quantity,
		);
	},
	expected: ({ number, quantities }) => ({
		key: `DOC-${number}`,
		content: `${content(quantities)} ${number % 2 === 0 ? 'AUTHORISED' : 'SUBMITTED'}`,
	}),
	ledger: (sandbox) =>
		liveBills(sandbox.xero.organisation()).map(({ number, totals, lines, status }) => ({
			key: number ?? '',
			content: `${totals.total.toFixed(2)} ${lines
				.map(({ quantity }) => quantity.toNumber())
				.sort()
				.join(',')} ${status}`,
		})),
	wrong: (sandbox) => {
		const ledger = sandbox.xero.organisation();
		return ledger.purchaseOrders.all().flatMap((order) => {
			const notes = (ledger.history.get(order.id) ?? []).flatMap(
				({ details }) => NOTE.exec(details)?.[1] ?? [],
			);
			const own = liveBills(ledger).filter(({ contactId }) => contactId === order.contactId);
			const taken = own.filter(({ status }) => status !== 'DRAFT');
			const billed = taken.reduce((all, { totals }) => all.plus(totals.subTotal), new Big(0));
			const isFull = billed.gte(order.totals.subTotal);
			const unnamed = taken.filter(({ id }) => notes.filter((each) => each === id).length !== 1);
			return [
				...(billed.gt(order.totals.subTotal)
					? [`${billed} is billed of ${order.number}, and ${order.totals.subTotal} was ordered`]
					: []),
				...unnamed.map(({ number }) => `${order.number} does not name ${number} once`),
				...((order.status === 'BILLED') === isFull
					? []
					: [`${order.number} is ${order.status}, with ${billed} billed`]),
			];
		});
	},
};

function liveBills(ledger: Ledger): readonly InvoiceRow[] {
	return ledger.invoices
		.all()
		.filter(({ type, status }) => type === 'ACCPAY' && !['VOIDED', 'DELETED'].includes(status));
}
