import type { Draft } from '../../lib/sync/draft';
import { changeStatus } from '../../lib/sync/status/changeStatus';
import { upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const PURCHASES: ReadonlySet<DocumentType> = new Set([
	'bill',
	'supplierCreditNote',
	'purchaseOrder',
]);

function draftOf(type: DocumentType, fields: FieldValues): Draft {
	const definition = definitionOf(type);
	const isPurchase = PURCHASES.has(type);
	const line = {
		description: 'Work',
		quantity: '1',
		unitAmount: '100',
		accountCode: isPurchase ? '429' : '200',
		taxType: isPurchase ? 'INPUT2' : 'OUTPUT2',
	};
	const own = definition.lineFields
		? {
				'contact.name': 'Acme Limited',
				[definition.numberPath]: 'D-1',
				...(definition.fields.some(({ path }) => path === 'dueDate')
					? { dueDate: '2026-12-20' }
					: {}),
			}
		: {};
	return {
		type,
		itemIndexes: [0],
		fields: { ...own, date: '2026-10-20', ...fields },
		...(definition.lineFields ? { lines: [{ fields: line }] } : {}),
		source: {},
		issues: [],
	};
}

const payment = (fields: FieldValues = {}) =>
	draftOf('payment', {
		'invoice.number': 'D-1',
		reference: 'P-1',
		amount: '20',
		'account.code': '090',
		date: '2026-10-25',
		...fields,
	});

describe('a closed period', () => {
	let world: XeroInMemory;
	let start: ReturnType<XeroInMemory['sandbox']['snapshot']>;
	beforeAll(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		start = world.sandbox.snapshot();
	});
	beforeEach(() => {
		world.sandbox.restore(start);
	});

	const context = async () => {
		const client = world.anotherClient();
		return {
			client,
			settings: await readOrganisationSettings(client),
			clock: world.clock,
			turns: world.turns,
		};
	};
	const run = async (draft: Draft, options: Partial<UpsertOptions> = {}) => {
		// Who changed an approved document is another question than when.
		const chosen = { ...DEFAULT_OPTIONS, accountantEdits: 'knackWins' as const, ...options };
		const definition = definitionOf(draft.type);
		const { outcomes } = await upsertDocuments(await context(), definition, [draft], chosen);
		return outcomes[0];
	};
	const move = async (draft: Draft, status: string, options: Partial<UpsertOptions> = {}) => {
		const chosen = { ...DEFAULT_OPTIONS, ...options };
		const definition = definitionOf(draft.type);
		const { outcomes } = await changeStatus(await context(), definition, [draft], status, chosen);
		return outcomes[0];
	};
	const lock = (change: object = { periodLockDate: '2026-10-31' }) =>
		void world.sandbox.xero.person.setOrganisation(change);
	const writes = () => world.sandbox.journal.filter({ service: 'xero', kind: 'write' }).length;
	/** What came out, and how many requests wrote something on the way. */
	const tried = async (act: () => Promise<Awaited<ReturnType<typeof run>>>) => {
		const before = writes();
		const outcome = await act();
		return [outcome?.outcome, outcome?.issues.map(({ code }) => code), writes() - before];
	};
	const PERIOD = ['XERO_PERIOD_LOCKED'];
	const invoices = () => world.sandbox.xero.organisation().invoices.all();

	it.each(['salesInvoice', 'bill', 'salesCreditNote', 'supplierCreditNote'] as const)(
		'takes the draft of a %s, and nothing that is posted',
		async (type) => {
			lock();
			expect(await tried(async () => await run(draftOf(type, { status: 'AUTHORISED' })))).toEqual([
				'blocked',
				PERIOD,
				0,
			]);
			for (const status of ['DRAFT', 'SUBMITTED']) {
				const outcome = await run(draftOf(type, { status }));
				expect([outcome?.outcome, outcome?.issues]).toEqual([
					status === 'DRAFT' ? 'created' : 'updated',
					[],
				]);
			}
			const approve = draftOf(type, { status: 'AUTHORISED' });
			expect(await tried(async () => await run(approve))).toEqual(['blocked', PERIOD, 0]);
			expect(await tried(async () => await move(approve, 'AUTHORISED'))).toEqual([
				'blocked',
				PERIOD,
				0,
			]);
			const deleted = await move(draftOf(type, {}), 'DELETED');
			expect([deleted?.outcome, deleted?.issues]).toEqual(['updated', []]);
		},
	);

	it.each(['quote', 'purchaseOrder'] as const)('has no hold on a %s', async (type) => {
		lock();
		const status = type === 'quote' ? 'SENT' : 'AUTHORISED';
		const outcome = await run(draftOf(type, { status }));
		expect([outcome?.outcome, outcome?.issues]).toEqual(['created', []]);
	});

	it('leaves alone what is posted in it: unchanged, not changed, not moved, not voided', async () => {
		const posted = (fields: FieldValues = {}) =>
			draftOf('salesInvoice', { status: 'AUTHORISED', ...fields });
		await run(posted());
		lock();
		expect(await tried(async () => await run(posted()))).toEqual(['unchanged', [], 0]);
		const edited = async (fields: FieldValues, options: Partial<UpsertOptions> = {}) =>
			await tried(async () => await run(posted(fields), options));
		expect(await edited({ reference: 'R-1' })).toEqual(['blocked', PERIOD, 0]);
		expect(await edited({ date: '2026-11-02' })).toEqual(['held', ['XERO_CLOSED_PERIOD_EDIT'], 0]);
		// Whoever would have it changed all the same is told of the lock before Xero refuses it.
		const ruleSeverities = { XERO_CLOSED_PERIOD_EDIT: 'off' } as const;
		expect(await edited({ date: '2026-11-02' }, { ruleSeverities })).toEqual([
			'blocked',
			PERIOD,
			0,
		]);
		const named = draftOf('salesInvoice', {});
		expect(await tried(async () => await move(named, 'VOIDED'))).toEqual(['blocked', PERIOD, 0]);
		expect(invoices()[0]?.status).toBe('AUTHORISED');
	});

	it('does not take an open document into it', async () => {
		await run(draftOf('salesInvoice', { status: 'AUTHORISED', date: '2026-11-02' }));
		lock();
		const back = draftOf('salesInvoice', { status: 'AUTHORISED' });
		expect(await tried(async () => await run(back))).toEqual(['blocked', PERIOD, 0]);
	});

	it('takes no payment and gives none up, by the day of the payment', async () => {
		await run(draftOf('salesInvoice', { status: 'AUTHORISED' }));
		await run(payment());
		lock();
		expect(await tried(async () => await run(payment()))).toEqual(['unchanged', [], 0]);
		expect(await tried(async () => await move(payment(), 'DELETED'))).toEqual([
			'blocked',
			PERIOD,
			0,
		]);
		const another = payment({ reference: 'P-2' });
		expect(await tried(async () => await run(another))).toEqual(['blocked', PERIOD, 0]);
		const later = await run(payment({ reference: 'P-3', date: '2026-11-02' }));
		expect(later?.outcome).toBe('created');
	});

	it('says which lock it is: the year, the period, or the user’s own', async () => {
		const booksClosedUntil = '2026-10-31';
		const posted = draftOf('salesInvoice', { status: 'AUTHORISED' });
		const own = await run(posted, { booksClosedUntil });
		expect([own?.outcome, own?.issues[0]?.code]).toEqual(['held', 'XERO_BOOKS_CLOSED']);
		expect(own?.issues[0]?.message).toBe(
			'The date 2026-10-20 lies in a closed period: the day under Books Closed Until in the node is 2026-10-31.',
		);
		expect(invoices()).toEqual([]);
		lock({ endOfYearLockDate: '2026-10-20' });
		const year = await run(posted, { booksClosedUntil });
		expect(year?.issues.map(({ code }) => code)).toEqual(['XERO_YEAR_LOCKED']);
	});

	it('takes no allocation while today lies in it, and one that is of a later day', async () => {
		await run(draftOf('salesInvoice', { status: 'AUTHORISED', date: '2026-11-02' }));
		const booksClosedUntil = '2026-11-30';
		const note = (creditNoteNumber: string, date: string, more: FieldValues = {}) =>
			draftOf('salesCreditNote', { date, creditNoteNumber, status: 'AUTHORISED', ...more });
		const wanted = { 'allocation.invoiceNumber': 'D-1', 'allocation.amount': '10' };
		await run(note('CN-1', '2026-11-02'));
		expect(
			await tried(async () => await run(note('CN-1', '2026-11-02', wanted), { booksClosedUntil })),
		).toEqual(['held', ['XERO_BOOKS_CLOSED'], 0]);
		const allocations = () => world.sandbox.xero.organisation().allocations.all();
		expect(allocations()).toEqual([]);
		await run(note('CN-2', '2026-12-01', wanted), { booksClosedUntil });
		expect(allocations()).toMatchObject([{ date: '2026-12-01' }]);
	});

	describe('and late documents', () => {
		const late = (fields: FieldValues = {}) =>
			draftOf('salesInvoice', { status: 'AUTHORISED', ...fields });

		it('go over as drafts where that is wanted, and stay drafts', async () => {
			lock();
			const options = { lateDocuments: 'draft' } as const;
			const first = await run(late(), options);
			expect([first?.outcome, first?.issues.map(({ code }) => code)]).toEqual([
				'created',
				['XERO_LATE_DOCUMENT'],
			]);
			expect(invoices()[0]).toMatchObject({ status: 'DRAFT', date: '2026-10-20' });
			expect((await tried(async () => await run(late(), options)))[0]).toBe('unchanged');
			expect(invoices()).toHaveLength(1);
		});

		it('stay drafts too where Xero would take them twice, so that all begin as drafts', async () => {
			lock();
			const bill = draftOf('bill', { status: 'AUTHORISED' });
			const first = await run(bill, { lateDocuments: 'draft' });
			expect([first?.outcome, first?.issues.map(({ code }) => code)]).toEqual([
				'created',
				['XERO_LATE_DOCUMENT'],
			]);
			expect(first?.operations).not.toContain('Change its status from Draft to Approved');
			expect(invoices()[0]).toMatchObject({ status: 'DRAFT', date: '2026-10-20' });
		});

		it('are posted on the first open day with their own in the text, and stay there', async () => {
			lock();
			const options = { lateDocuments: 'firstOpenDay' } as const;
			const first = await run(late(), options);
			expect(first?.outcome).toBe('created');
			expect(first?.issues[0]).toMatchObject({
				code: 'XERO_LATE_DOCUMENT',
				severity: 'warn',
				message:
					'2026-10-20 lies in a closed period (the lock date of the organisation is 2026-10-31), so the document is dated 2026-11-01. Its own day stands in the first line.',
			});
			expect(invoices()[0]).toMatchObject({ status: 'AUTHORISED', date: '2026-11-01' });
			expect(invoices()[0]?.lines[0]?.description).toBe('Work\nOriginal date: 20 Oct 2026');
			expect(await tried(async () => await run(late(), options))).toEqual(['unchanged', [], 0]);
			lock({ periodLockDate: '2026-11-15' });
			expect(await tried(async () => await run(late(), options))).toEqual(['unchanged', [], 0]);
		});

		it('wait where they cannot be dated otherwise: a payment has the day of the bank', async () => {
			await run(draftOf('salesInvoice', { status: 'AUTHORISED' }));
			lock();
			for (const lateDocuments of ['draft', 'firstOpenDay'] as const) {
				expect(await tried(async () => await run(payment(), { lateDocuments }))).toEqual([
					'blocked',
					PERIOD,
					0,
				]);
			}
		});
	});
});
