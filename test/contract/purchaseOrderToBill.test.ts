import { calendarDate } from '../../lib/dates';
import { decimal } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import type { XeroClient } from '../../lib/xero/client';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { Turns } from '../../lib/sync/write/turns';
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

describe('a bill that is not for its order any more', () => {
	const CLEARED = { purchaseOrder: '' };

	async function billed() {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await order(world);
		await order(world, { PurchaseOrderNumber: 'PO-13' });
		await upsert(world, [bill('T-1', ORDERED)]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED', 'PO-13': 'AUTHORISED' });
		return world;
	}

	it.each([
		['alone', {}],
		['with what else changed', { dueDate: '2026-12-24' }],
	])('leaves that open for others, as the preview says: %s', async (_words, besides) => {
		const world = await billed();
		const moved = [bill('T-1', ORDERED, { purchaseOrder: 'PO-13', ...besides })];
		const { preview, outcomes } = await upsert(world, moved);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.issues).toEqual([]);
			expect(outcome?.operations).toEqual(
				expect.arrayContaining([
					'Change purchase order PO-12 from Billed to Approved',
					'Note on purchase order PO-12 that this bill is not for it any more',
					'Note on this bill that it is for purchase order PO-13',
					'Note on purchase order PO-13 that this bill is for it',
					'Change purchase order PO-13 from Approved to Billed',
				]),
			);
		}
		expect(outcomes[0]?.outcome).toBe('updated');
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED', 'PO-13': 'BILLED' });

		const again = await upsert(world, moved);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(again.writes).toBe(0);
		// The first order takes another bill for all that was ordered, and that one again.
		expect((await upsert(world, [bill('T-2', ORDERED)])).outcomes[0]?.outcome).toBe('created');
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED', 'PO-13': 'BILLED' });
		await upsert(world, [bill('T-2', ORDERED, CLEARED)]);
		const back = await upsert(world, [bill('T-1', ORDERED)]);
		expect(back.outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED', 'PO-13': 'AUTHORISED' });
	});

	it('leaves that open where the record has none any more, and says so once', async () => {
		const world = await billed();
		const { outcomes } = await upsert(world, [bill('T-1', ORDERED, CLEARED)]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'purchaseOrder', before: 'PO-12', after: '' }],
		});
		expect(ordersOf(world)).toMatchObject({ 'PO-12': 'AUTHORISED' });
		const again = await upsert(world, [bill('T-1', ORDERED, CLEARED)]);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged' });
		expect(again.writes).toBe(0);
	});

	it.each([
		['less', '500', 'AUTHORISED'],
		['as much', '600', 'BILLED'],
	])(
		'is counted once where it is corrected by a credit note: %s',
		async (_words, timber, status) => {
			const world = await xeroInMemory();
			world.sandbox.xero.configure({ limitsOn: false });
			await order(world);
			const october = { date: '2026-10-20', status: 'AUTHORISED' };
			const source = { table: 'object_1', knackRecordId: 'record-1' };
			const record = (lines: readonly Line[]) => ({ ...bill('T-1', lines, october), source });
			await upsert(world, [record([['Timber', '590'], NAILS])]);
			const options: UpsertOptions = {
				...DEFAULT_OPTIONS,
				issuedDocuments: 'creditNote',
				booksClosedUntil: calendarDate('2026-10-31'),
			};
			const over = await upsert(world, [record([['Timber', '900'], NAILS])], options);
			expect(over.outcomes[0]).toMatchObject({ issues: [{ code: 'XERO_ORDER_EXCEEDED' }] });
			expect(over.writes).toBe(0);
			const corrected = [record([['Timber', timber], NAILS])];
			const { outcomes } = await upsert(world, corrected, options);
			expect(outcomes[0]).toMatchObject({
				outcome: 'updated',
				issues: [{ code: 'XERO_CORRECTED' }],
			});
			expect(ordersOf(world)).toEqual({ 'PO-12': status });
			const again = await upsert(world, corrected, options);
			expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(again.writes).toBe(0);
		},
	);

	it('is held for what does not fit where it is to be corrected, and not for the order that it closed', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await order(world);
		const source = { table: 'object_1', knackRecordId: 'record-1' };
		const record = (lines: readonly Line[]) => ({
			...bill('T-1', lines, { date: '2026-10-20', status: 'AUTHORISED' }),
			source,
		});
		await upsert(world, [record(ORDERED)]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
		const more: readonly Line[] = [
			['Timber', '540'],
			['Nails', '100'],
		];
		const { outcomes, writes } = await upsert(world, [record(more)], {
			...DEFAULT_OPTIONS,
			issuedDocuments: 'creditNote',
			booksClosedUntil: calendarDate('2026-10-31'),
		});
		expect(outcomes[0]?.issues).toMatchObject([
			{
				code: 'XERO_ORDER_EXCEEDED',
				message:
					'More is billed than purchase order PO-12 says. "Nails": GBP 100.00 is billed, and GBP 40.00 was ordered: GBP 60.00 more.',
			},
		]);
		expect(writes).toBe(0);
	});

	it('takes nothing of it where it moves to one that has too little, and nothing is sent', async () => {
		const world = await billed();
		await order(world, { PurchaseOrderNumber: 'PO-14' }, [['Timber', '600']]);
		const { outcomes, writes } = await upsert(world, [
			bill('T-1', ORDERED, { purchaseOrder: 'PO-14' }),
		]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_ORDER_EXCEEDED' }],
		});
		expect(writes).toBe(0);
		expect(ordersOf(world)).toMatchObject({ 'PO-12': 'BILLED' });
	});

	it('leaves an order as it is that a person closed', async () => {
		const world = await xeroInMemory();
		await order(world);
		await upsert(world, [bill('T-1', [['Timber', '600']])]);
		const { purchaseOrders } = world.sandbox.xero.organisation();
		const [own] = purchaseOrders.all();
		if (!own) throw new Error('There is no order.');
		purchaseOrders.put(own.id, { ...own, status: 'BILLED' });
		await upsert(world, [bill('T-1', [['Timber', '600']], CLEARED)]);
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	it('opens it again where it is voided by its record', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await order(world);
		await upsert(world, [bill('T-1', ORDERED, { status: 'AUTHORISED' })]);
		const { outcomes } = await upsert(world, [bill('T-1', ORDERED, { status: 'VOIDED' })]);
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { status: 'VOIDED' } });
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
	});

	it('opens it again where its status is changed, as the preview says', async () => {
		const world = await billed();
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const context = { client, settings, clock, turns };
		const named = { ...bill('T-1', []), fields: { invoiceNumber: 'T-1' }, lines: undefined };
		const change = [context, DOCUMENTS.bill, [named], 'DELETED'] as const;
		const preview = await previewStatusChange(...change);
		expect(preview.expectedCalls).toBe(3);
		const { outcomes } = await changeStatus(...change);
		for (const [outcome] of [preview.outcomes, outcomes]) {
			expect(outcome?.operations).toEqual([
				'Change bill T-1: Awaiting Approval to Deleted',
				'Change purchase order PO-12 from Billed to Approved',
				'Note on purchase order PO-12 that this bill is not for it any more',
			]);
		}
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
		expect(client.calls().writes).toBe(3);
		expect(ordersOf(world)).toMatchObject({ 'PO-12': 'AUTHORISED' });
	});

	it('says how to open it where Xero does not, and works once that is done', async () => {
		const world = await billed();
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
		const moved = bill('T-1', ORDERED, { purchaseOrder: 'PO-13' });
		const { outcomes } = await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS.bill, [
			moved,
		]);
		expect(outcomes[0]).toMatchObject({ outcome: 'failed', issues: [{ field: 'purchaseOrder' }] });
		expect(outcomes[0]?.issues[0]?.message).toContain('PurchaseOrder status change is invalid');
		expect(outcomes[0]?.issues[0]?.fix).toContain('set it back to Approved in Xero');
		const { purchaseOrders } = world.sandbox.xero.organisation();
		const own = purchaseOrders.find(({ number }) => number === 'PO-12');
		if (!own) throw new Error('There is no order.');
		purchaseOrders.put(own.id, { ...own, status: 'AUTHORISED' });
		expect((await upsert(world, [moved])).outcomes[0]?.outcome).toBe('updated');
		expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED', 'PO-13': 'BILLED' });
	});
});

describe('a bill that names its purchase order', () => {
	it('is submitted where it agrees, the order is billed as the preview says, and never twice', async () => {
		const world = await xeroInMemory();
		await order(world);
		const drafts = [bill('T-1', ORDERED)];
		const { preview, outcomes } = await upsert(world, drafts);
		const operations = [
			'Finds contact "Timber Ltd"',
			'New bill T-1',
			'Change its status from Draft to Awaiting Approval',
			'Note on this bill that it is for purchase order PO-12',
			'Note on purchase order PO-12 that this bill is for it',
			'Note on purchase order PO-12 that its bills close it',
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

	it('is held by its lines in Xero where the record has none', async () => {
		const world = await xeroInMemory();
		await order(world);
		const more: readonly Line[] = [
			['Timber', '560'],
			['Nails', '80'],
		];
		await upsert(world, [bill('T-1', more, { purchaseOrder: '' })]);
		const { id } = world.sandbox.xero.organisation().invoices.all()[0] ?? {};
		const named = { ...bill('T-1', []), lines: undefined, ...(id ? { id } : {}) };
		const { outcomes, writes } = await upsert(world, [named]);
		expect(writes).toBe(0);
		expect(outcomes[0]?.issues[0]?.message).toContain('"Nails": GBP 80.00 is billed');
	});

	it('takes of a discount what is billed of it, and holds a bill without it', async () => {
		const world = await xeroInMemory();
		await order(world, {}, [
			['Timber', '600'],
			['Discount', '-60'],
		]);
		const half: readonly Line[] = [
			['Timber', '300'],
			['Discount', '-30'],
		];
		const { outcomes } = await upsert(world, [bill('T-1', half), bill('T-2', [['Timber', '300']])]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'held']);
		await upsert(world, [bill('T-2', half)]);
		expect(booksOf(world)).toMatchObject({ order: 'BILLED', notes: 2 });
	});

	it('is known by its note though its number has a line break in Xero, like those after it', async () => {
		const world = await xeroInMemory();
		await order(world);
		const drafts = [bill('T\n1', [['Timber', '600']]), bill('T-2', [NAILS])];
		const { outcomes } = await upsert(world, drafts);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		expect(booksOf(world)).toMatchObject({ order: 'BILLED', notes: 2 });
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

	it('is not told to approve an order that is deleted', async () => {
		const world = await xeroInMemory();
		await order(world);
		const { purchaseOrders } = world.sandbox.xero.organisation();
		const [own] = purchaseOrders.all();
		if (!own) throw new Error('There is no order.');
		purchaseOrders.put(own.id, { ...own, status: 'DELETED' });
		const { outcomes, writes } = await upsert(world, [bill('T-1', ORDERED)]);
		expect(writes).toBe(0);
		const [issue] = outcomes[0]?.issues ?? [];
		expect(issue?.code).toBe('XERO_ORDER_NOT_OPEN');
		expect(issue?.fix).not.toContain('Approve');
		// What the fix says works.
		const without = await upsert(world, [bill('T-1', ORDERED, { purchaseOrder: '' })]);
		expect(without.outcomes[0]?.outcome).toBe('created');
	});

	it('says where it was changed and the order could not be looked at afterwards', async () => {
		const world = await xeroInMemory();
		await order(world);
		await upsert(world, [bill('T-1', [['Timber', '300']])]);
		let isChanged = false;
		const client = world.anotherClient((inner) => async (request) => {
			if (isChanged && request.url.endsWith('/History')) {
				return { kind: 'answer', status: 404, headers: {}, body: 'Not found' };
			}
			const answer = await inner(request);
			isChanged ||= request.method === 'POST' && request.url.endsWith('/Invoices');
			return answer;
		});
		const { settings, clock, turns } = world;
		const context = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, DOCUMENTS.bill, [
			bill('T-1', [['Timber', '350']]),
		]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'failed',
			document: { subTotal: '350.00' },
			issues: [{ code: 'XERO_NO_ANSWER', field: 'purchaseOrder' }],
		});
		expect(outcomes[0]?.issues[0]?.message).toContain(
			'not known whether more is billed than purchase order PO-12 says',
		);
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

	describe('that two workers bill at once', () => {
		const options = DEFAULT_OPTIONS;

		async function ordered() {
			const world = await xeroInMemory();
			world.sandbox.xero.configure({ limitsOn: false });
			await order(world);
			return world;
		}

		/** Each worker's run, in which requests of both come in between each other. */
		async function atOnce(world: XeroInMemory, workers: ReadonlyArray<readonly Draft[]>) {
			return await Promise.all(
				workers.map(async (drafts) => {
					const { settings, clock } = world;
					const client = world.anotherClient();
					const context = { client, settings, clock, turns: new Turns() };
					const { outcomes } = await upsertDocuments(context, DOCUMENTS.bill, drafts, options);
					return outcomes[0];
				}),
			);
		}

		it.each([undefined, 'AUTHORISED'])('is not gone over: %s', async (status) => {
			const world = await ordered();
			const asked: FieldValues = status === undefined ? {} : { status };
			const [first, second] = [
				bill('T-1', [['Timber', '400']], asked),
				bill('T-2', [['Timber', '400']], asked),
			];
			const outcomes = await atOnce(world, [[first], [second]]);
			const late = outcomes.find((outcome) => outcome?.outcome === 'held');
			expect(outcomes.map((outcome) => outcome?.outcome).sort()).toEqual(['created', 'held']);
			expect(late).toMatchObject({
				issues: [{ code: 'XERO_ORDER_EXCEEDED', field: 'purchaseOrder' }],
				document: { status: 'DRAFT' },
			});
			expect(late?.issues[0]?.message).toContain(
				'"Timber": GBP 800.00 is billed, and GBP 600.00 was ordered: GBP 200.00 more. It is a draft in Xero, and stays one.',
			);
			const { bills } = booksOf(world);
			expect(bills.map((each) => each.split(' ')[1]).sort()).toEqual(
				['DRAFT', status ?? 'SUBMITTED'].sort(),
			);

			// It is said for as long as it is so, and what it says to do works.
			const held = late?.document.number === 'T-1' ? first : second;
			expect((await upsert(world, [held])).outcomes[0]?.outcome).toBe('held');
			const tolerant = { ...options, orderTolerance: { amount: decimal(300) } };
			const allowed = await upsert(world, [held], tolerant);
			expect(allowed.outcomes[0]).toMatchObject({
				outcome: 'updated',
				document: { status: status ?? 'SUBMITTED' },
			});
			expect(booksOf(world)).toMatchObject({ order: 'BILLED', notes: 2 });
		});

		it('takes both where there is enough, and closes the order', async () => {
			const world = await ordered();
			const outcomes = await atOnce(world, [
				[bill('T-1', [['Timber', '600']])],
				[bill('T-2', [['Nails', '40']])],
			]);
			expect(outcomes.map((outcome) => outcome?.outcome)).toEqual(['created', 'created']);
			expect(booksOf(world)).toMatchObject({ order: 'BILLED', notes: 2 });
		});

		it.each([
			['T-2', 'T-1', 'is about to be named in the history', 'PUT', '/History'],
			['T-1', 'T-2', 'is about to be changed', 'POST', '/Invoices'],
		])('is said by %s where %s comes in when it %s', async (late, early, _words, method, path) => {
			const world = await ordered();
			const draft = { status: 'DRAFT' };
			await upsert(world, [bill('T-1', [['Timber', '100']], draft)]);
			const drafts = [bill('T-1', [['Timber', '400']], draft), bill('T-2', [['Timber', '400']])];
			const { settings, clock } = world;
			const run = async (number: string, client: XeroClient) => {
				const context = { client, settings, clock, turns: new Turns() };
				const own = drafts.filter(({ fields }) => fields.invoiceNumber === number);
				const { outcomes } = await upsertDocuments(context, DOCUMENTS.bill, own, options);
				return outcomes[0]?.outcome;
			};
			let isOver = false;
			const client = world.anotherClient((inner) => async (request) => {
				if (!isOver && request.method === method && request.url.endsWith(path)) {
					isOver = true;
					await run(early, world.anotherClient());
				}
				return await inner(request);
			});
			expect(await run(late, client)).toBe('held');
			expect(booksOf(world).bills[0]).toBe('T-1 DRAFT');
			const more = await upsert(world, [bill('T-3', [['Timber', '1']])]);
			expect(more.outcomes[0]?.outcome).toBe('held');
		});
	});
});
