import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, todayOf, type UpsertOptions } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const OF_CONTACT: UpsertOptions = { ...DEFAULT_OPTIONS, openCredit: 'ofContact' };
const OF_JOB: UpsertOptions = { ...DEFAULT_OPTIONS, openCredit: 'ofJob' };

function invoice(number: string, fields: FieldValues = {}, line: FieldValues = {}): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme',
			invoiceNumber: number,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: [
			{
				fields: {
					description: 'Labour',
					quantity: '1',
					unitAmount: '500',
					accountCode: '200',
					taxType: 'NONE',
					...line,
				},
			},
		],
		source: {},
		issues: [],
	};
}

async function put(world: XeroInMemory, resource: string, element: object): Promise<void> {
	const answer = await world.anotherClient().write({
		method: 'PUT',
		path: `/${resource}`,
		body: { [resource]: [element] },
		idempotencyKey: `seed ${JSON.stringify(element)}`,
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
}

interface Credit {
	readonly amount: number;
	readonly date?: string;
	readonly contact?: string;
	readonly tracking?: Readonly<Record<string, string>>;
	readonly reference?: string;
}

async function deposit(world: XeroInMemory, credit: Credit, type = 'RECEIVE-PREPAYMENT') {
	const { amount, date = '2026-10-01', contact = 'Acme', tracking = {} } = credit;
	await put(world, 'BankTransactions', {
		Type: type,
		Contact: { Name: contact },
		BankAccount: { Code: '090' },
		Date: date,
		LineAmountTypes: 'NoTax',
		LineItems: [
			{
				Description: 'Paid ahead',
				Quantity: 1,
				UnitAmount: amount,
				...(type.endsWith('OVERPAYMENT') ? {} : { AccountCode: '200' }),
				Tracking: Object.entries(tracking).map(([Name, Option]) => ({ Name, Option })),
			},
		],
	});
}

async function creditNote(world: XeroInMemory, number: string, credit: Credit) {
	await put(world, 'CreditNotes', {
		Type: 'ACCRECCREDIT',
		CreditNoteNumber: number,
		Status: 'AUTHORISED',
		Contact: { Name: credit.contact ?? 'Acme' },
		Date: credit.date ?? '2026-10-01',
		Reference: credit.reference ?? '',
		LineAmountTypes: 'NoTax',
		LineItems: [
			{ Description: 'Back', Quantity: 1, UnitAmount: credit.amount, AccountCode: '200' },
		],
	});
}

async function upsert(
	world: XeroInMemory,
	drafts: readonly Draft[],
	options: UpsertOptions = OF_CONTACT,
	port?: (inner: HttpPort) => HttpPort,
) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const definition = DOCUMENTS[drafts[0]?.type === 'bill' ? 'bill' : 'salesInvoice'];
	const preview = await previewDocuments(
		{ client, settings, clock, turns },
		definition,
		drafts,
		options,
	);
	expect(client.calls().writes).toBe(0);
	const writer = port ? world.anotherClient(port) : client;
	const context = { client: writer, settings, clock, turns };
	const { outcomes } = await upsertDocuments(context, definition, drafts, options);
	return {
		preview: preview.outcomes,
		expected: preview.expectedCalls,
		outcomes,
		writes: writer.calls().writes,
	};
}

function ledgerOf(world: XeroInMemory) {
	const ledger = world.sandbox.xero.organisation();
	const live = ledger.allocations.all().filter((each) => !each.deleted);
	return {
		due: Object.fromEntries(
			ledger.invoices.all().map(({ number, amountDue }) => [number, amountDue.toFixed(2)]),
		),
		left: (['prepayment', 'overpayment', 'creditNote'] as const).flatMap((kind) =>
			ledger
				.credits(kind)
				.all()
				.map(({ remainingCredit }) => `${kind} ${remainingCredit.toFixed(2)}`),
		),
		allocations: live.length,
	};
}

/** Every element that is read below an address has these members instead of its own. */
function withMember(inner: HttpPort, path: string, members: object): HttpPort {
	return async (request) => {
		const outcome = await inner(request);
		if (request.method !== 'GET' || !request.url.endsWith(path)) return outcome;
		if (outcome.kind !== 'answer') return outcome;
		const body = JSON.parse(JSON.stringify(outcome.body), (_name, value: unknown) =>
			Array.isArray(value)
				? value.map((each: unknown) => (isDocument(each) ? { ...each, ...members } : each))
				: value,
		) as unknown;
		return { ...outcome, body };
	};
}

function isDocument(value: unknown): value is object {
	return typeof value === 'object' && value !== null && 'CreditNoteID' in value;
}

describe('open credit', () => {
	it('stays where it is unless it is asked for', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 });
		const { outcomes } = await upsert(world, [invoice('INV-1')], DEFAULT_OPTIONS);
		expect(outcomes[0]?.document.amountDue).toBe('500.00');
		expect(ledgerOf(world).left).toEqual(['prepayment 200.00']);
	});

	it('is used when an invoice is made, the oldest first, as the preview says, and never twice', async () => {
		const world = await xeroInMemory();
		await creditNote(world, 'CN-7', { amount: 50, date: '2026-10-20' });
		await deposit(world, { amount: 200, date: '2026-10-01' });
		await deposit(world, { amount: 40, date: '2026-09-01' }, 'RECEIVE-OVERPAYMENT');
		const drafts = [invoice('INV-1')];
		const { preview, expected, outcomes, writes } = await upsert(world, drafts);
		const operations = [
			'Finds contact "Acme"',
			'New sales invoice INV-1',
			'Use GBP 40.00 of overpayment of 2026-09-01; GBP 460.00 still due',
			'Use GBP 200.00 of deposit of 2026-10-01; GBP 260.00 still due',
			'Use GBP 50.00 of credit note CN-7; GBP 210.00 still due',
		];
		expect(preview[0]).toMatchObject({ outcome: 'wouldCreate', operations });
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			operations,
			issues: [],
			document: { status: 'AUTHORISED', amountDue: '210.00' },
		});
		expect(outcomes[0]?.summary).toContain(
			'GBP 40.00 of overpayment of 2026-09-01, GBP 200.00 of deposit of 2026-10-01, GBP 50.00 of credit note CN-7 used; GBP 210.00 still due',
		);
		expect(writes).toBe(expected);
		expect(ledgerOf(world)).toEqual({
			due: { 'INV-1': '210.00' },
			left: ['prepayment 0.00', 'overpayment 0.00', 'creditNote 0.00'],
			allocations: 3,
		});
		const again = await upsert(world, drafts);
		expect(again.preview[0]).toMatchObject({ outcome: 'unchanged', changes: [] });
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', changes: [] });
		expect(again.writes).toBe(0);
	});

	it.each(['RECEIVE-PREPAYMENT', 'RECEIVE-OVERPAYMENT'])(
		'that settles an invoice in full leaves that the record’s own under another number: %s',
		async (type) => {
			const world = await xeroInMemory();
			await deposit(world, { amount: 500 }, type);
			const source = { table: 'object_1', knackRecordId: 'record-1' };
			const paid = await upsert(world, [{ ...invoice('INV-1'), source }]);
			expect(paid.outcomes[0]?.document?.status).toBe('PAID');
			await upsert(world, [{ ...invoice('INV-9'), source }]);
			expect(ledgerOf(world)).toMatchObject({ allocations: 1 });
			expect(world.sandbox.xero.organisation().invoices.all()).toHaveLength(1);
		},
	);

	it('that comes after the invoice is used by the next run', async () => {
		const world = await xeroInMemory();
		await upsert(world, [invoice('INV-1')]);
		world.sandbox.xero.recordPayment({ invoiceNumber: 'INV-1', amount: '320.00' });
		await deposit(world, { amount: 200 });
		const { preview, outcomes } = await upsert(world, [invoice('INV-1')]);
		const changes = [{ field: 'openCredit', after: 'deposit of 2026-10-01: GBP 180.00' }];
		expect(preview[0]).toMatchObject({
			outcome: 'wouldUpdate',
			changes,
			document: { amountDue: '0.00' },
		});
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			changes,
			document: { status: 'PAID', amountDue: '0.00' },
		});
		expect(outcomes[0]?.summary).toContain(
			'GBP 180.00 of deposit of 2026-10-01 used; nothing is due any more',
		);
		expect(ledgerOf(world).left).toEqual(['prepayment 20.00']);
	});

	it('waits until the document is approved', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 });
		const draft = invoice('INV-1', { status: 'DRAFT' });
		expect((await upsert(world, [draft])).outcomes[0]?.document.amountDue).toBe('500.00');
		const { preview, outcomes } = await upsert(world, [invoice('INV-1')]);
		expect(preview[0]?.operations).toEqual([
			'Change sales invoice INV-1: Status',
			'Use GBP 200.00 of deposit of 2026-10-01; GBP 300.00 still due',
		]);
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { amountDue: '300.00' } });
	});

	it('is shared by the invoices of a run, in their order', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 800 });
		const { preview, outcomes } = await upsert(world, [invoice('INV-1'), invoice('INV-2')]);
		expect(preview.map(({ document }) => document.amountDue)).toEqual([undefined, undefined]);
		expect(outcomes.map(({ document }) => document.amountDue)).toEqual(['0.00', '200.00']);
		expect(ledgerOf(world).allocations).toBe(2);
	});

	it('of another contact, currency or side is left alone', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200, contact: 'Bolt' });
		await deposit(world, { amount: 200 }, 'SPEND-PREPAYMENT');
		const { outcomes } = await upsert(world, [invoice('INV-1')]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', document: { amountDue: '500.00' } });
		expect(ledgerOf(world).allocations).toBe(0);
	});

	it('of a supplier pays bills', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 }, 'SPEND-PREPAYMENT');
		const bill = { ...invoice('B-1', {}, { accountCode: '429' }), type: 'bill' };
		const { outcomes } = await upsert(world, [bill]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', document: { amountDue: '300.00' } });
	});

	it('of the job alone has its reference, or is tracked alike', async () => {
		const world = await xeroInMemory();
		await creditNote(world, 'CN-1', { amount: 10, reference: 'job-7' });
		await creditNote(world, 'CN-2', { amount: 20, reference: 'JOB-8' });
		await deposit(world, { amount: 40, tracking: { Region: 'North' } });
		await deposit(world, { amount: 80, tracking: { Region: 'South' } });
		await deposit(world, { amount: 160 });
		const byReference = await upsert(world, [invoice('INV-1', { reference: 'JOB-7' })], OF_JOB);
		expect(byReference.outcomes[0]?.document.amountDue).toBe('490.00');
		const tracked = invoice('INV-2', {}, { 'tracking.Region': 'North' });
		expect((await upsert(world, [tracked], OF_JOB)).outcomes[0]?.document.amountDue).toBe('460.00');
		// Lines of the document in Xero tell the job where the record does not.
		await deposit(world, { amount: 5, tracking: { Region: 'North' } });
		const again = invoice('INV-2');
		expect((await upsert(world, [again], OF_JOB)).outcomes[0]?.document.amountDue).toBe('455.00');
	});

	it('that lies in a locked period is said before, and the document is made', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200, date: '2026-10-01' });
		await creditNote(world, 'CN-1', { amount: 50, date: '2026-10-01' });
		const options = { ...OF_CONTACT, booksClosedUntil: '2026-10-31' };
		const { preview, outcomes } = await upsert(world, [invoice('INV-1')], options);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.issues).toMatchObject([
				{
					code: 'XERO_CREDIT_LOCKED',
					severity: 'warn',
					message:
						'GBP 200.00 of deposit of 2026-10-01 is not used: the day under Books Closed Until in the node is 2026-10-31.',
				},
			]);
		}
		expect(outcomes[0]).toMatchObject({ outcome: 'created', document: { amountDue: '450.00' } });
	});

	it.each([
		['the deposit is', '2026-12-05', '2026-11-20', '2026-12-05'],
		['the invoice is', '2026-10-01', '2026-12-10', '2026-12-10'],
		['today is', '2026-10-01', '2026-11-20', undefined],
	])('is used on the latest of all days: %s', async (_words, paid, issued, day) => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200, date: paid });
		const { preview, outcomes } = await upsert(world, [invoice('INV-1', { date: issued })]);
		const on = day === undefined ? '' : `, on ${day}`;
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.operations?.at(-1)).toBe(
				`Use GBP 200.00 of deposit of ${paid}${on}; GBP 300.00 still due`,
			);
		}
		const [allocation] = world.sandbox.xero.organisation().allocations.all();
		expect(allocation?.date).toBe(day ?? todayOf(world));
	});

	it('is used after a lock that lies ahead, and left where the latest day is locked', async () => {
		const world = await xeroInMemory();
		const options = { ...OF_CONTACT, booksClosedUntil: '2026-11-30' };
		await creditNote(world, 'CN-1', { amount: 50, date: '2026-10-01' });
		const late = await upsert(world, [invoice('INV-1', { date: '2026-12-05' })], options);
		expect(late.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
		expect(world.sandbox.xero.organisation().allocations.all()[0]?.date).toBe('2026-12-05');

		await upsert(world, [invoice('INV-2')], DEFAULT_OPTIONS);
		await creditNote(world, 'CN-2', { amount: 50, date: '2026-11-25' });
		const { outcomes, writes } = await upsert(world, [invoice('INV-2')], options);
		expect(outcomes[0]?.issues).toMatchObject([{ code: 'XERO_CREDIT_LOCKED' }]);
		expect(writes).toBe(0);
	});

	it('is used on that day by the change of a status, too', async () => {
		const world = await xeroInMemory();
		await upsert(world, [invoice('INV-1', { status: 'DRAFT', date: '2026-12-10' })]);
		await deposit(world, { amount: 200 });
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		const named: Draft = { ...invoice('INV-1'), fields: { invoiceNumber: 'INV-1' } };
		const change = [context, DOCUMENTS.salesInvoice, [named], 'AUTHORISED', OF_CONTACT] as const;
		await changeStatus(...change);
		expect(world.sandbox.xero.organisation().allocations.all()).toMatchObject([
			{ date: '2026-12-10' },
		]);
	});

	it('that a rule wants to be decided on first keeps the document from being made', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200, date: '2026-10-01' });
		const ruleSeverities = { XERO_CREDIT_LOCKED: 'hold' } as const;
		const options = { ...OF_CONTACT, booksClosedUntil: '2026-10-31', ruleSeverities };
		const { preview, outcomes, writes } = await upsert(world, [invoice('INV-1')], options);
		expect([preview[0]?.outcome, outcomes[0]?.outcome, writes]).toEqual(['held', 'held', 0]);
	});

	it.each([
		['RemainingCredit', 'a lot'],
		['Date', 'yesterday'],
		['Contact', {}],
		['CurrencyCode', ''],
		['Allocations', [{ Amount: 'some' }]],
	])('whose %s cannot be read keeps the document from being made', async (member, value) => {
		const world = await xeroInMemory();
		await creditNote(world, 'CN-1', { amount: 50 });
		const { settings, clock, turns } = world;
		const garbles = (inner: HttpPort) => withMember(inner, '/CreditNotes', { [member]: value });
		const client = world.anotherClient(garbles);
		const context = { client, settings, clock, turns };
		for (const upsertOrPreview of [previewDocuments, upsertDocuments]) {
			const { outcomes } = await upsertOrPreview(
				context,
				DOCUMENTS.salesInvoice,
				[invoice('INV-1')],
				OF_CONTACT,
			);
			expect(outcomes[0]).toMatchObject({
				outcome: 'held',
				issues: [
					{
						code: 'XERO_CREDIT_UNREADABLE',
						message: `${member} of credit note CN-1 in Xero cannot be read, so it is not known what may be used of it.`,
					},
				],
			});
		}
		expect(client.calls().writes).toBe(0);
	});

	it('that cannot be read when it is looked at again is not used a second time', async () => {
		const world = await xeroInMemory();
		await creditNote(world, 'CN-1', { amount: 50 });
		const loses = (inner: HttpPort): HttpPort => {
			let read = inner;
			return async (request) => {
				const outcome = await read(request);
				if (!request.url.endsWith('/Allocations')) return outcome;
				read = withMember(inner, '/CreditNotes', { RemainingCredit: 'a lot' });
				return { kind: 'answer', status: 200, headers: {}, body: '<html>Please sign in</html>' };
			};
		};
		const { outcomes } = await upsert(world, [invoice('INV-1')], OF_CONTACT, loses);
		expect(outcomes[0]).toMatchObject({ outcome: 'failed', issues: [{ code: 'XERO_NO_ANSWER' }] });
		expect(ledgerOf(world)).toMatchObject({ due: { 'INV-1': '450.00' }, allocations: 1 });
	});

	it('of a correction that is under way is left to it', async () => {
		const world = await xeroInMemory();
		await creditNote(world, 'CN-1', { amount: 50, reference: 'Correction of INV-9 (abcd1234)' });
		const { outcomes } = await upsert(world, [invoice('INV-1')]);
		expect(outcomes[0]?.document.amountDue).toBe('500.00');
	});

	it('is used by the change of a status alone', async () => {
		const world = await xeroInMemory();
		await upsert(world, [invoice('INV-1', { status: 'DRAFT' })]);
		await deposit(world, { amount: 200 });
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const context = { client, settings, clock, turns };
		const named: Draft = {
			...invoice('INV-1'),
			fields: { invoiceNumber: 'INV-1' },
			lines: undefined,
		};
		const change = [context, DOCUMENTS.salesInvoice, [named], 'AUTHORISED', OF_CONTACT] as const;
		const preview = await previewStatusChange(...change);
		expect(preview.expectedCalls).toBe(2);
		const { outcomes } = await changeStatus(...change);
		const operations = [
			'Change sales invoice INV-1: Draft to Approved',
			'Use GBP 200.00 of deposit of 2026-10-01; GBP 300.00 still due',
		];
		expect(preview.outcomes[0]).toMatchObject({ outcome: 'wouldUpdate', operations });
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			operations,
			document: { status: 'AUTHORISED', amountDue: '300.00' },
		});
		expect(client.calls().writes).toBe(2);
		const again = await changeStatus(...change);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', changes: [] });
		expect(client.calls().writes).toBe(2);
	});
});

describe('open credit that somebody else is after', () => {
	it('is looked up where the answer was lost, and used once', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 });
		const { outcomes } = await upsert(
			world,
			[invoice('INV-1')],
			OF_CONTACT,
			(inner) => async (request) => {
				const outcome = await inner(request);
				return request.url.endsWith('/Allocations')
					? { kind: 'answer', status: 200, headers: {}, body: '<html>Please sign in</html>' }
					: outcome;
			},
		);
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			issues: [],
			document: { amountDue: '300.00' },
		});
		expect(ledgerOf(world).allocations).toBe(1);
	});

	it('is used as far as it is left, which the record is told', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 });
		let isFirst = true;
		const { outcomes } = await upsert(
			world,
			[invoice('INV-1')],
			OF_CONTACT,
			(inner) => async (request) => {
				if (isFirst && request.url.endsWith('/Allocations')) {
					isFirst = false;
					// A person uses some of it for another invoice at this very moment.
					await upsert(world, [invoice('INV-9', {}, { unitAmount: '150' })]);
				}
				return await inner(request);
			},
		);
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			document: { status: 'AUTHORISED', amountDue: '450.00' },
			issues: [{ code: 'XERO_CREDIT_NOT_USED', severity: 'warn' }],
		});
		expect(ledgerOf(world).left).toEqual(['prepayment 0.00']);
	});

	it('is used once by two workers at once, and all of it', async () => {
		const world = await xeroInMemory();
		await deposit(world, { amount: 200 });
		await deposit(world, { amount: 100, date: '2026-11-01' });
		await Promise.all([1, 2].map(async () => await upsert(world, [invoice('INV-1')])));
		expect(ledgerOf(world)).toMatchObject({ due: { 'INV-1': '200.00' }, allocations: 2 });
	});
});
