import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import type { XeroInMemory } from '../support/xeroInMemory';

export type Line = readonly [description: string, amount: string];

export function bill(number: string, lines: readonly Line[], fields: FieldValues = {}): Draft {
	return {
		type: 'bill',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Timber Ltd',
			invoiceNumber: number,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			purchaseOrder: 'PO-12',
			...fields,
		},
		lines: lines.map(([description, unitAmount]) => ({
			fields: { description, quantity: '1', unitAmount, accountCode: '310', taxType: 'NONE' },
		})),
		source: {},
		issues: [],
	};
}

export const NAILS: Line = ['Nails', '40'];
export const ORDERED: readonly Line[] = [['Timber', '600'], NAILS];

export async function order(
	world: XeroInMemory,
	members: object = {},
	lines = ORDERED,
): Promise<void> {
	const answer = await world.anotherClient().write({
		method: 'PUT',
		path: '/PurchaseOrders',
		body: {
			PurchaseOrders: [
				{
					PurchaseOrderNumber: 'PO-12',
					Contact: { Name: 'Timber Ltd' },
					Date: '2026-11-01',
					Status: 'AUTHORISED',
					LineItems: lines.map(([Description, UnitAmount]) => ({
						Description,
						Quantity: 1,
						UnitAmount: Number(UnitAmount),
						AccountCode: '310',
						TaxType: 'NONE',
					})),
					...members,
				},
			],
		},
		idempotencyKey: `seed the order ${JSON.stringify(members)}`,
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
}

export async function upsert(
	world: XeroInMemory,
	given: readonly Draft[],
	options: UpsertOptions = DEFAULT_OPTIONS,
) {
	world.sandbox.clock.advance(1_000);
	const drafts = given.map((draft, index) => ({ ...draft, itemIndexes: [index] }));
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const preview = await previewDocuments(context, DOCUMENTS.bill, drafts, options);
	expect(client.calls().writes).toBe(0);
	const { outcomes } = await upsertDocuments(context, DOCUMENTS.bill, drafts, options);
	const { writes } = client.calls();
	expect(writes).toBe(preview.expectedCalls);
	return { preview: preview.outcomes, outcomes, writes };
}

export function booksOf(world: XeroInMemory) {
	const ledger = world.sandbox.xero.organisation();
	const [only] = ledger.purchaseOrders.all();
	return {
		order: only?.status,
		notes: (ledger.history.get(only?.id ?? '') ?? []).filter(({ details }) =>
			details.startsWith('Billed by'),
		).length,
		bills: ledger.invoices.all().map(({ number, status }) => `${number} ${status}`),
	};
}

export const ordersOf = (world: XeroInMemory) =>
	Object.fromEntries(
		world.sandbox.xero
			.organisation()
			.purchaseOrders.all()
			.map(({ number, status }) => [number, status]),
	);
