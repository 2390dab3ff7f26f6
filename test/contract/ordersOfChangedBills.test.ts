import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { createApprovalKey } from '../../lib/sync/approval/approvalKey';
import { tokenOf } from '../../lib/sync/approval/token';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { DOCUMENTS } from '../../lib/xero/documents';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import {
	bill,
	booksOf,
	NAILS,
	order,
	ORDERED,
	ordersOf,
	upsert,
	type Line,
} from './orderedBillsTestbed';

const LESS: readonly Line[] = [['Timber', '500'], NAILS];
const SOURCE = { table: 'object_1', knackRecordId: 'record-1' };
const REOPENING = [
	'Change purchase order PO-12 from Billed to Approved',
	'Note on purchase order PO-12 that it is open again',
];

async function worldWithOrder(): Promise<XeroInMemory> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	await order(world);
	return world;
}

function record(lines: readonly Line[], number = 'T-1'): Draft {
	return { ...bill(number, lines), source: { ...SOURCE, knackRecordId: `record of ${number}` } };
}

/** What a person does to an order on Xero's screen. */
function setByHand(world: XeroInMemory, status: string): void {
	const { purchaseOrders } = world.sandbox.xero.organisation();
	const [own] = purchaseOrders.all();
	if (!own) throw new Error('There is no order.');
	purchaseOrders.put(own.id, { ...own, status });
}

/** What a person does to a bill on Xero's screen. */
async function reducedByHand(world: XeroInMemory, number: string): Promise<void> {
	world.sandbox.clock.advance(1_000);
	const { invoices } = world.sandbox.xero.organisation();
	const own = invoices.find((each) => each.number === number);
	const answer = await world.anotherClient().write({
		method: 'POST',
		path: '/Invoices',
		body: {
			Invoices: [
				{
					InvoiceID: own?.id,
					LineItems: own?.lines.map(({ lineItemId, description }, index) => ({
						LineItemID: lineItemId,
						Description: description,
						Quantity: 1,
						UnitAmount: index === 0 ? 500 : 40,
						AccountCode: '310',
						TaxType: 'NONE',
					})),
				},
			],
		},
		idempotencyKey: `by hand ${number}`,
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
}

/** One run whose process dies at a request; false where it was over before that. */
async function runKilled(
	world: XeroInMemory,
	drafts: readonly Draft[],
	kill: { readonly atRequest: number; readonly when: 'before' | 'after' },
): Promise<boolean> {
	let requests = 0;
	const client = world.anotherClient(
		(inner: HttpPort): HttpPort =>
			async (request) => {
				requests += 1;
				if (requests > kill.atRequest) throw new Error('killed');
				if (requests === kill.atRequest && kill.when === 'before') throw new Error('killed');
				const answer = await inner(request);
				if (requests === kill.atRequest) throw new Error('killed');
				return answer;
			},
	);
	const { settings, clock } = world;
	const context = { client, settings, clock, turns: new Turns() };
	const given = drafts.map((draft, index) => ({ ...draft, itemIndexes: [index] }));
	await upsertDocuments(context, DOCUMENTS.bill, given).catch((error: unknown) => {
		if (!(error instanceof Error && error.message === 'killed')) throw error;
	});
	return requests >= kill.atRequest;
}

/** Kills runs of the drafts at every request in turn, and holds what the next run leaves. */
async function expectHealed(
	world: XeroInMemory,
	drafts: readonly Draft[],
	atRest: object,
): Promise<void> {
	const start = world.sandbox.snapshot();
	let kills = 0;
	for (const when of ['before', 'after'] as const) {
		for (let atRequest = 1; ; atRequest += 1) {
			world.sandbox.restore(start);
			world.sandbox.clock.advance(1_000);
			if (!(await runKilled(world, drafts, { atRequest, when }))) break;
			kills += 1;
			await upsert(world, drafts);
			const again = await upsert(world, drafts);
			expect({ atRequest, when, ...ordersOf(world), writes: again.writes }).toEqual({
				atRequest,
				when,
				...atRest,
				writes: 0,
			});
			expect(again.outcomes.flatMap(({ issues }) => issues)).toEqual([]);
		}
	}
	expect(kills).toBeGreaterThan(10);
}

describe('a bill that is reduced', () => {
	it.each([
		['with a link', record],
		['without one', (lines: readonly Line[]) => bill('T-1', lines)],
	])(
		'opens its order again before it is changed, as the preview says: %s',
		async (_words, draft) => {
			const world = await worldWithOrder();
			await upsert(world, [draft(ORDERED)]);
			expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });

			const { preview, outcomes } = await upsert(world, [draft(LESS)]);
			for (const [outcome] of [preview, outcomes]) {
				expect(outcome?.issues).toEqual([]);
				expect(outcome?.operations).toEqual([...REOPENING, 'Change bill T-1: Unit Price (line 1)']);
			}
			expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { subTotal: '540.00' } });
			expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });

			const again = await upsert(world, [draft(LESS)]);
			expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(again.writes).toBe(0);
			// What is left of it is billed by another one.
			await upsert(world, [bill('T-2', [['Timber', '100']])]);
			expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
			// And once more: each closing and opening counts.
			await upsert(world, [bill('T-2', [['Timber', '90']])]);
			expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
			setByHand(world, 'BILLED');
			await upsert(world, [bill('T-2', [['Timber', '80']])]);
			expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		},
	);

	it('heals, whenever a run of it is killed', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		await expectHealed(world, [record(LESS)], { 'PO-12': 'AUTHORISED' });
	});

	it('leaves an order closed that a person closed', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(LESS)]);
		setByHand(world, 'BILLED');
		const { outcomes } = await upsert(world, [record([['Timber', '400'], NAILS])]);
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		// Nor does it count as closed by bills where they come to all of it afterwards.
		await upsert(world, [record(ORDERED)]);
		await upsert(world, [record(LESS)]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	it('leaves its order closed where another bill of the run takes what it leaves', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(LESS), record([['Timber', '100']], 'T-2')]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		const { outcomes } = await upsert(world, [
			record([['Timber', '450'], NAILS]),
			record([['Timber', '150']], 'T-2'),
		]);
		expect(outcomes.map(({ issues }) => issues)).toEqual([[], []]);
		expect(outcomes.flatMap(({ operations }) => operations)).toEqual([
			'Change bill T-1: Unit Price (line 1)',
			'Change bill T-2: Unit Price (line 1)',
		]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	it('says so where Xero does not open the order, for as long as that is so, and what it says works', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		const client = world.anotherClient(
			(inner) => async (request) =>
				request.method === 'POST' && request.url.endsWith('/PurchaseOrders')
					? {
							kind: 'answer',
							status: 400,
							headers: {},
							body: {
								Type: 'ValidationException',
								Elements: [
									{ ValidationErrors: [{ Message: 'PurchaseOrder status change is invalid' }] },
								],
							},
						}
					: await inner(request),
		);
		const { settings, clock, turns } = world;
		const { outcomes } = await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS.bill, [
			record(LESS),
		]);
		const said = { code: 'XERO_ORDER_STAYS_BILLED', severity: 'warn', field: 'purchaseOrder' };
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			document: { subTotal: '540.00' },
			issues: [said],
			operations: ['Change bill T-1: Unit Price (line 1)'],
		});
		expect(outcomes[0]?.issues[0]?.message).toContain('PurchaseOrder status change is invalid');
		expect(outcomes[0]?.issues[0]?.fix).toContain('Approved in Xero');
		setByHand(world, 'AUTHORISED');
		const again = await upsert(world, [record(LESS)]);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		await upsert(world, [bill('T-2', [['Timber', '100']])]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	it('opens an order that another worker closes at that very moment', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(LESS), record([['Timber', '100']], 'T-2')]);
		const rest = record([['Timber', '100']], 'T-2');
		let isOver = false;
		const client = world.anotherClient((inner) => async (request) => {
			if (!isOver && request.method === 'POST' && request.url.endsWith('/Invoices')) {
				isOver = true;
				await upsert(world, [rest]);
				expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
			}
			return await inner(request);
		});
		const { settings, clock } = world;
		const context = { client, settings, clock, turns: new Turns() };
		const { outcomes } = await upsertDocuments(context, DOCUMENTS.bill, [
			record([['Timber', '450'], NAILS]),
		]);
		expect(isOver).toBe(true);
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
	});
});

describe('bills of a run of which one leaves what another one takes', () => {
	const REST: Line = ['Timber', '100'];
	const NEW = record([REST], 'T-2');

	it.each([
		['after it', [record(LESS), NEW]],
		['before it', [NEW, record(LESS)]],
	])('are all carried out as the preview says, the order closed: %s', async (_words, drafts) => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		const { preview, outcomes } = await upsert(world, drafts);
		const sorted = (each: typeof outcomes) =>
			each.map(({ operations, issues }) => ({ operations, issues }));
		expect(sorted(outcomes)).toEqual(sorted(preview));
		const own = (number: string) => outcomes.find(({ document }) => document.number === number);
		expect(own('T-1')).toMatchObject({
			outcome: 'updated',
			issues: [],
			operations: [...REOPENING, 'Change bill T-1: Unit Price (line 1)'],
		});
		expect(own('T-2')).toMatchObject({ outcome: 'created', issues: [] });
		expect(own('T-2')?.operations).toContain('Change purchase order PO-12 from Approved to Billed');
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		expect((await upsert(world, drafts)).writes).toBe(0);
	});

	it('heal, whenever a run of them is killed', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		await expectHealed(world, [NEW, record(LESS)], { 'PO-12': 'BILLED' });
	});

	it.each([
		['one is new', NEW],
		['one was there', record([REST], 'T-3')],
	])('are all carried out, the order open: %s', async (_words, other) => {
		const world = await worldWithOrder();
		await upsert(world, [
			record([['Timber', '550'], NAILS]),
			{
				...record([REST], 'T-3'),
				fields: { ...NEW.fields, invoiceNumber: 'T-3', purchaseOrder: '' },
			},
		]);
		const drafts = [other, record(LESS)];
		const { outcomes } = await upsert(world, drafts);
		expect(outcomes.flatMap(({ issues }) => issues)).toEqual([]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		expect((await upsert(world, drafts)).writes).toBe(0);
	});

	it.each([[[0, 1]], [[1, 0]]])('may be any of two that are there: %j', async (places) => {
		const world = await worldWithOrder();
		await upsert(world, [record([['Timber', '300']]), record([['Timber', '300']], 'T-2')]);
		const drafts = [record([['Timber', '400']]), record([['Timber', '200']], 'T-2')];
		const { outcomes } = await upsert(
			world,
			places.flatMap((place) => drafts[place] ?? []),
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['updated', 'updated']);
	});

	it('are both held where the one that leaves something does not fit', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		const more: readonly Line[] = [
			['Timber', '400'],
			['Nails', '80'],
		];
		const { outcomes, writes } = await upsert(world, [NEW, record(more)]);
		expect(outcomes).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'XERO_ORDER_NOT_OPEN' }] },
			{ outcome: 'held', issues: [{ code: 'XERO_ORDER_EXCEEDED' }] },
		]);
		expect(writes).toBe(0);
	});
});

describe('an order that was deleted in Xero after its bills had closed it', () => {
	it('is left by a bill that is for another order', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		setByHand(world, 'DELETED');
		await order(world, { PurchaseOrderNumber: 'PO-13' });
		const own = record(ORDERED);
		const moved = { ...own, fields: { ...own.fields, purchaseOrder: 'PO-13' } };
		const { preview, outcomes } = await upsert(world, [moved]);
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
		expect(outcomes[0]?.operations).toEqual(preview[0]?.operations);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'DELETED', 'PO-13': 'BILLED' });
		expect((await upsert(world, [moved])).writes).toBe(0);
	});

	it('is left by a bill that is deleted by Change Status', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		setByHand(world, 'DELETED');
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		const named = { ...bill('T-1', []), fields: { invoiceNumber: 'T-1' }, lines: undefined };
		const { outcomes } = await changeStatus(context, DOCUMENTS.bill, [named], 'DELETED');
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
	});
});

describe('an order that is closed although its bills do not come to it', () => {
	it('is opened again where all of its bills are as their records say', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(ORDERED)]);
		// As by a worker that died after another one had closed the order behind it.
		await upsert(world, [record(LESS)]);
		setByHand(world, 'BILLED');
		const ledger = world.sandbox.xero.organisation();
		const id = ledger.purchaseOrders.all()[0]?.id ?? '';
		const kept = (ledger.history.get(id) ?? []).filter(
			({ details }) => !details.startsWith('Open again'),
		);
		ledger.history.put(id, kept);
		const { preview, outcomes } = await upsert(world, [record(LESS)]);
		expect(preview[0]).toMatchObject({ outcome: 'wouldUpdate', operations: REOPENING });
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', operations: REOPENING, issues: [] });
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
		expect((await upsert(world, [record(LESS)])).writes).toBe(0);
	});

	it('stays where a person reduced a bill in Xero, and the records say so', async () => {
		const world = await worldWithOrder();
		const drafts = [record([['Timber', '600']]), record([NAILS], 'T-2')];
		await upsert(world, drafts);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		await reducedByHand(world, 'T-1');
		const { outcomes, writes } = await upsert(world, drafts);
		expect(writes).toBe(0);
		for (const outcome of outcomes) {
			expect(outcome.outcome).toBe('unchanged');
			expect(outcome.issues).toContainEqual(
				expect.objectContaining({ code: 'XERO_ORDER_STAYS_BILLED', severity: 'warn' }),
			);
		}
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		// What it says works.
		setByHand(world, 'AUTHORISED');
		const again = await upsert(world, drafts);
		expect(again.outcomes.flatMap(({ issues }) => issues)).not.toContainEqual(
			expect.objectContaining({ code: 'XERO_ORDER_STAYS_BILLED' }),
		);
		await upsert(world, [bill('T-3', [['Timber', '100']])]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	it('says nothing where a person closed it, partly billed', async () => {
		const world = await worldWithOrder();
		await upsert(world, [record(LESS)]);
		setByHand(world, 'BILLED');
		const { outcomes, writes } = await upsert(world, [record(LESS)]);
		expect(outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(writes).toBe(0);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});
});

describe('two bills that swap their orders', () => {
	const FOR = (number: string, purchaseOrder: string, more: object = {}): Draft => {
		const draft = record(ORDERED, number);
		return { ...draft, fields: { ...draft.fields, purchaseOrder, ...more } };
	};

	async function billedBoth(): Promise<XeroInMemory> {
		const world = await worldWithOrder();
		await order(world, { PurchaseOrderNumber: 'PO-13' });
		await upsert(world, [FOR('T-1', 'PO-12'), FOR('T-2', 'PO-13')]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED', 'PO-13': 'BILLED' });
		return world;
	}

	it.each([
		['both with what else changed', { dueDate: '2026-12-24' }, { dueDate: '2026-12-24' }],
		['the first with what else changed', { dueDate: '2026-12-24' }, {}],
		['the second with what else changed', {}, { dueDate: '2026-12-24' }],
		['alone', {}, {}],
	])('do so in one run: %s', async (_words, first, second) => {
		const world = await billedBoth();
		const swapped = [FOR('T-1', 'PO-13', first), FOR('T-2', 'PO-12', second)];
		const { outcomes } = await upsert(world, swapped);
		expect(outcomes.map(({ outcome, issues }) => ({ outcome, issues }))).toEqual([
			{ outcome: 'updated', issues: [] },
			{ outcome: 'updated', issues: [] },
		]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED', 'PO-13': 'BILLED' });
		const again = await upsert(world, swapped);
		expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		expect(again.writes).toBe(0);
	});

	it('heal, whenever a run of them is killed', async () => {
		const world = await billedBoth();
		const swapped = [FOR('T-1', 'PO-13'), FOR('T-2', 'PO-12', { dueDate: '2026-12-24' })];
		await expectHealed(world, swapped, { 'PO-12': 'BILLED', 'PO-13': 'BILLED' });
	});

	it('keeps its order for a bill whose leaving nobody has approved', async () => {
		const world = await billedBoth();
		const { settings, clock, turns } = world;
		const key = createApprovalKey('secret', 'client');
		const approval = { key, isRequired: true, creatorMustDiffer: false, isUsedOnce: false };
		const context = { client: world.anotherClient(), settings, clock, turns, approval };
		const swapped = [FOR('T-1', 'PO-13'), FOR('T-2', 'PO-12')];
		const preview = await previewDocuments(
			{ ...context, approval: { ...approval, isRequired: false } },
			DOCUMENTS.bill,
			swapped,
		);
		const plan = preview.outcomes[0]?.approval?.planNumber ?? '';
		const [at, until] = ['2026-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
		const token = tokenOf(key, { plan, by: 'Ida Berg', at, until });
		const [first, second] = swapped.map((draft, index) => ({
			...draft,
			source: { ...draft.source, approval: index === 0 ? { token } : {} },
		}));
		const { outcomes } = await upsertDocuments(
			context,
			DOCUMENTS.bill,
			[first, second].flatMap((draft) => draft ?? []),
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
		const again = await upsert(world, [FOR('T-2', 'PO-13')]);
		expect(again.preview.map(({ outcome, operations = [] }) => ({ outcome, operations }))).toEqual([
			{ outcome: 'unchanged', operations: [] },
		]);
	});

	it.each([[[0, 1]], [[1, 0]]])('both stay where one of them does not fit: %j', async (places) => {
		const world = await billedBoth();
		await order(world, { PurchaseOrderNumber: 'PO-14' }, [['Timber', '600']]);
		const drafts = [FOR('T-1', 'PO-14'), FOR('T-2', 'PO-12')];
		const { preview, outcomes, writes } = await upsert(
			world,
			places.flatMap((place) => drafts[place] ?? []),
		);
		expect(preview.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
		expect(writes).toBe(0);
		expect(ordersOf(world)).toMatchObject({ 'PO-12': 'BILLED', 'PO-13': 'BILLED' });
	});
});

describe('bills that are deleted by Change Status', () => {
	const named = (number: string, index: number): Draft => ({
		...bill(number, []),
		itemIndexes: [index],
		fields: { invoiceNumber: number },
		lines: undefined,
	});

	async function deleted(world: XeroInMemory, numbers: readonly string[]) {
		world.sandbox.clock.advance(1_000);
		const paths: string[] = [];
		const client = world.anotherClient((inner) => async (request) => {
			paths.push(`${request.method} ${new URL(request.url).pathname.split('/2.0')[1] ?? ''}`);
			return await inner(request);
		});
		const { settings, clock, turns } = world;
		const context = { client, settings, clock, turns };
		const { outcomes } = await changeStatus(
			context,
			DOCUMENTS.bill,
			numbers.map(named),
			'DELETED',
			DEFAULT_OPTIONS,
		);
		expect(outcomes.map(({ outcome, issues }) => ({ outcome, issues }))).toEqual(
			numbers.map(() => ({ outcome: 'updated', issues: [] })),
		);
		return paths.filter((path) => path.startsWith('GET'));
	}

	it('take one call for all where the supplier has no order', async () => {
		const world = await worldWithOrder();
		const numbers = Array.from({ length: 12 }, (_, index) => `X-${index}`);
		const others = numbers.map((number) => ({
			...bill(number, [['Sand', '7']], { 'contact.name': 'Sand Ltd' }),
			fields: { ...bill(number, []).fields, 'contact.name': 'Sand Ltd', purchaseOrder: '' },
		}));
		await upsert(world, others);
		const reads = await deleted(world, numbers);
		expect(reads.filter((path) => path.endsWith('/History'))).toEqual([]);
		expect(reads.filter((path) => path === 'GET /PurchaseOrders')).toHaveLength(1);
	});

	it('take one call an order of the supplier, where those are fewer, and leave it', async () => {
		const world = await worldWithOrder();
		const parts = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5'];
		await upsert(world, [
			...parts.map((number) => bill(number, [['Timber', '120']])),
			bill('T-6', [NAILS]),
		]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		const preview = await previewStatusChange(context, DOCUMENTS.bill, parts.map(named), 'DELETED');
		const openings = preview.outcomes.flatMap(({ operations }) =>
			(operations ?? []).filter((each) => each.startsWith('Change purchase order')),
		);
		expect(openings).toEqual(['Change purchase order PO-12 from Billed to Approved']);
		const reads = await deleted(world, parts);
		const ofBills = reads.filter((path) => /^GET \/Invoices\/.*\/History$/.test(path));
		expect(ofBills).toEqual([]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
		expect(booksOf(world).bills.at(-1)).toBe('T-6 SUBMITTED');
		const histories = world.sandbox.xero.organisation().history;
		const notes = [...(histories.get(orderIdOf(world)) ?? [])].map(({ details }) => details);
		expect(notes.filter((text) => text.startsWith('No longer billed by'))).toHaveLength(5);
	});

	it('take one call a bill, where those are fewer', async () => {
		const world = await worldWithOrder();
		for (let index = 0; index < 9; index += 1) {
			await order(world, { PurchaseOrderNumber: `PO-2${index}` });
		}
		await upsert(world, [
			bill('T-1', ORDERED),
			bill('T-2', ORDERED, { purchaseOrder: 'PO-20' }),
			bill('T-3', ORDERED, { purchaseOrder: 'PO-21' }),
		]);
		const reads = await deleted(world, ['T-1', 'T-2', 'T-3']);
		const ofBills = reads.filter((path) => /^GET \/Invoices\/.*\/History$/.test(path));
		expect(ofBills).toHaveLength(3);
		expect(ordersOf(world)).toMatchObject({
			'PO-12': 'AUTHORISED',
			'PO-20': 'AUTHORISED',
			'PO-21': 'AUTHORISED',
		});
	});

	function orderIdOf(world: XeroInMemory): string {
		return world.sandbox.xero.organisation().purchaseOrders.all()[0]?.id ?? '';
	}
});
