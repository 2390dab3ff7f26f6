import { decimal } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

type Line = readonly [description: string, amount: string];

function bill(number: string, lines: readonly Line[], fields: FieldValues = {}): Draft {
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

const ORDERED: readonly Line[] = [
	['Timber', '600'],
	['Nails', '40'],
];

async function order(world: XeroInMemory, members: object = {}, lines = ORDERED): Promise<void> {
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
		idempotencyKey: 'seed the order',
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
}

async function upsert(
	world: XeroInMemory,
	given: readonly Draft[],
	options: UpsertOptions = DEFAULT_OPTIONS,
) {
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

function booksOf(world: XeroInMemory) {
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

describe('a bill that names its purchase order', () => {
	it('is submitted where it agrees, the order is billed as the preview says, and never twice', async () => {
		const world = await xeroInMemory();
		await order(world);
		const drafts = [bill('T-1', ORDERED)];
		const { preview, outcomes } = await upsert(world, drafts);
		const operations = [
			'Finds contact "Timber Ltd"',
			'New bill T-1',
			'Note on purchase order PO-12 that this bill is for it',
			'Change purchase order PO-12 from Approved to Billed',
		];
		expect(preview[0]).toMatchObject({ outcome: 'wouldCreate', operations });
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			operations,
			issues: [],
			document: { status: 'SUBMITTED' },
		});
		const books = { order: 'BILLED', notes: 1, bills: ['T-1 SUBMITTED'] };
		expect(booksOf(world)).toEqual(books);

		const again = await upsert(world, drafts);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(again.writes).toBe(0);
		expect(booksOf(world)).toEqual(books);
	});

	it('leaves an order open that is partly billed, until the rest comes', async () => {
		const world = await xeroInMemory();
		await order(world);
		const first = await upsert(world, [bill('T-1', [['Timber', '400']])]);
		expect(first.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
		expect(booksOf(world)).toMatchObject({ order: 'AUTHORISED', notes: 1 });
		await upsert(world, [
			bill('T-2', [
				['Timber', '200'],
				['Nails', '40'],
			]),
		]);
		expect(booksOf(world)).toMatchObject({ order: 'BILLED', notes: 2 });
	});

	it('is held with the difference where it goes over, and nothing is sent', async () => {
		const world = await xeroInMemory();
		await order(world);
		const { outcomes, writes } = await upsert(world, [bill('T-1', [['As ordered', '700']])]);
		expect(writes).toBe(0);
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_ORDER_EXCEEDED', field: 'purchaseOrder' }],
		});
		expect(outcomes[0]?.summary).toContain(
			'GBP 700.00 without tax is billed, and GBP 640.00 was ordered: GBP 60.00 more.',
		);
	});

	it('counts what other bills of the run and of earlier ones took', async () => {
		const world = await xeroInMemory();
		await order(world);
		await upsert(world, [bill('T-1', [['Timber', '300']])]);
		const { outcomes } = await upsert(world, [
			bill('T-2', [['Timber', '250']]),
			bill('T-3', [['Timber', '100']]),
			bill('T-4', [['Nails', '40']]),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'held', 'created']);
		expect(outcomes[1]?.summary).toContain(
			'"Timber": GBP 650.00 is billed, and GBP 600.00 was ordered: GBP 50.00 more.',
		);
		expect(booksOf(world)).toMatchObject({ order: 'AUTHORISED', notes: 3 });
	});

	it('holds a line that goes over although the whole does not', async () => {
		const world = await xeroInMemory();
		await order(world);
		const { outcomes, writes } = await upsert(world, [
			bill('T-1', [
				['Timber', '560'],
				['Nails', '80'],
			]),
		]);
		expect(writes).toBe(0);
		expect(outcomes[0]?.issues[0]?.message).toContain('"Nails": GBP 80.00 is billed');
	});

	it.each([
		['50 are allowed', { amount: decimal(50) }, 'created'],
		['10 % are allowed', { percent: decimal(10) }, 'created'],
		['of both the smaller counts', { amount: decimal(50), percent: decimal(1) }, 'held'],
	])('goes over by 40 where %s: %s %s', async (_words, orderTolerance, outcome) => {
		const world = await xeroInMemory();
		await order(world);
		const options = { ...DEFAULT_OPTIONS, orderTolerance };
		const { outcomes } = await upsert(world, [bill('T-1', [['As ordered', '680']])], options);
		expect(outcomes[0]?.outcome).toBe(outcome);
		expect(booksOf(world).order).toBe(outcome === 'created' ? 'BILLED' : 'AUTHORISED');
	});

	it('takes the order by its id or link as well, and a status of its own', async () => {
		const world = await xeroInMemory();
		await order(world);
		const id = world.sandbox.xero.organisation().purchaseOrders.all()[0]?.id ?? '';
		const purchaseOrder = `https://go.xero.com/Accounts/Payable/PurchaseOrders/View/${id}/`;
		const { outcomes } = await upsert(world, [
			bill('T-1', ORDERED, { purchaseOrder, status: 'AUTHORISED' }),
		]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', document: { status: 'AUTHORISED' } });
		expect(booksOf(world).order).toBe('BILLED');
	});

	it.each([
		['is not there', { PurchaseOrderNumber: 'PO-99' }, 'XERO_TARGET_MISSING'],
		['is no more than a draft', { Status: 'DRAFT' }, 'XERO_ORDER_NOT_OPEN'],
		['is of another supplier', { Contact: { Name: 'Somebody Else' } }, 'XERO_ORDER_NOT_OPEN'],
	])('is not sent where its order %s', async (_words, members, code) => {
		const world = await xeroInMemory();
		await order(world, members);
		const { outcomes, writes } = await upsert(world, [bill('T-1', ORDERED)]);
		expect(writes).toBe(0);
		expect(outcomes[0]?.issues[0]).toMatchObject({ code });
	});

	it('is not held against an order that somebody billed by hand', async () => {
		const world = await xeroInMemory();
		await order(world);
		const id = world.sandbox.xero.organisation().purchaseOrders.all()[0]?.id ?? '';
		await world.anotherClient().write({
			method: 'POST',
			path: '/PurchaseOrders',
			body: { PurchaseOrders: [{ PurchaseOrderID: id, Status: 'BILLED' }] },
			idempotencyKey: 'by hand',
		});
		const { outcomes, writes } = await upsert(world, [bill('T-1', ORDERED)]);
		expect(writes).toBe(0);
		expect(outcomes[0]?.issues[0]).toMatchObject({
			code: 'XERO_ORDER_NOT_OPEN',
			message: 'Purchase order PO-12 is billed, so it takes no bill.',
		});
	});
});
