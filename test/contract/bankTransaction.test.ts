import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const SCREWS: FieldValues = {
	description: 'Screws',
	quantity: '3',
	unitAmount: '12.5',
	accountCode: '429',
	taxType: 'INPUT2',
	'tracking.Region': 'North',
};
const DEPOSIT: FieldValues = { description: 'Paid too much', quantity: '1', unitAmount: '50' };

function money(
	fields: FieldValues = {},
	lines: readonly FieldValues[] = [SCREWS],
	more: Partial<Draft> = {},
): Draft {
	return {
		type: 'bankTransaction',
		itemIndexes: [0],
		fields: {
			type: 'SPEND',
			'contact.name': 'Acme',
			'bankAccount.code': '090',
			date: '2026-11-20',
			reference: 'CARD-1',
			...fields,
		},
		lines: lines.map((each) => ({ fields: each })),
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
		...more,
	};
}

const without = (draft: Draft, path: string): Draft => ({
	...draft,
	fields: Object.fromEntries(Object.entries(draft.fields).filter(([each]) => each !== path)),
});

const OVERPAID = without(money({ type: 'RECEIVE-OVERPAYMENT' }, [DEPOSIT]), 'reference');

describe('a bank transaction', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function context() {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: world.clock, turns: world.turns };
	}

	async function run(draft: Draft, options: Partial<UpsertOptions> = {}) {
		const all = { ...DEFAULT_OPTIONS, ...options };
		world.sandbox.clock.advance(1_000);
		const previewing = await context();
		const preview = await previewDocuments(previewing, BANK_TRANSACTION, [draft], all);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = await context();
		const { outcomes } = await upsertDocuments(writing, BANK_TRANSACTION, [draft], all);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		const { writes } = writing.client.calls();
		expect(writes).toBe(preview.expectedCalls);
		return {
			outcome: outcome.outcome,
			previewed: preview.outcomes[0]?.outcome,
			codes: outcome.issues.map(({ code }) => code),
			fixes: outcome.issues.map(({ fix }) => fix),
			document: outcome.document,
			writes,
		};
	}

	const inXero = () => world.sandbox.xero.organisation().bankTransactions.all();

	/** As a person does in Xero. */
	async function byHand(element: object) {
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: '/BankTransactions',
			body: { BankTransactions: [element] },
			idempotencyKey: `by hand ${Math.random()}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	it.each([
		['SPEND', '429', 'INPUT2'],
		['RECEIVE', '200', 'OUTPUT2'],
	])('is previewed to the cent, made once, and left alone: %s', async (type, code, taxType) => {
		const draft = money({ type }, [{ ...SCREWS, accountCode: code, taxType }]);
		expect(await run(draft)).toMatchObject({
			previewed: 'wouldCreate',
			outcome: 'created',
			codes: [],
			document: { number: 'CARD-1', status: 'AUTHORISED', total: '45.00', currency: 'GBP' },
		});
		expect(await run(draft)).toMatchObject({ outcome: 'unchanged', codes: [], writes: 0 });
		expect(inXero()).toMatchObject([{ type, isReconciled: false, lines: [{}] }]);
		expect(inXero()[0]?.lines[0]?.tracking).toHaveLength(1);
	});

	it('names its bank account, in whose currency it is', async () => {
		expect(await run(money({ 'bankAccount.code': '092' }))).toMatchObject({
			outcome: 'created',
			codes: [],
			document: { currency: 'EUR', total: '45.00' },
		});
	});

	it.each<[string, Draft, string]>([
		['names no bank account', without(money(), 'bankAccount.code'), 'XERO_PAYMENT_ACCOUNT_MISSING'],
		[
			'names an account that is none',
			money({ 'bankAccount.code': '200' }),
			'XERO_ACCOUNT_NOT_FOR_PAYMENTS',
		],
		['does not say its kind', without(money(), 'type'), 'XERO_FIELD_REQUIRED'],
		[
			'has a line without an account',
			money({}, [{ description: 'Screws', quantity: '1', unitAmount: '5' }]),
			'XERO_LINE_ACCOUNT_MISSING',
		],
		[
			'has neither a reference nor a link',
			without(money({}, [SCREWS], { source: {} }), 'reference'),
			'XERO_IDENTITY_MISSING',
		],
	])('is not sent where it %s', async (_, draft, code) => {
		const blocked = await run(draft);
		expect(blocked).toMatchObject({ outcome: 'blocked', writes: 0 });
		expect(blocked.codes).toContain(code);
		expect(inXero()).toEqual([]);
	});

	it('is an overpayment of no account and no tax, found again by its link alone', async () => {
		const made = await run(OVERPAID);
		expect(made).toMatchObject({ outcome: 'created', codes: [], document: { total: '50.00' } });
		expect(await run(OVERPAID)).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
			document: { id: made.document.id },
		});
		// What another record has paid on the same day is another.
		const other: Draft = {
			...OVERPAID,
			source: { table: 'object_1', knackRecordId: 'record-2' },
		};
		expect(await run(other)).toMatchObject({ outcome: 'created' });
		expect(inXero()).toHaveLength(2);
	});

	it('is an overpayment of what quantity and price come to, rounded once', async () => {
		const lines = [{ ...DEPOSIT, quantity: '25.8455', unitAmount: '427.3063' }];
		expect(await run({ ...OVERPAID, lines: lines.map((fields) => ({ fields })) })).toMatchObject({
			outcome: 'created',
			codes: [],
			document: { total: '11043.94' },
		});
	});

	it.each(['RECEIVE-PREPAYMENT', 'SPEND-PREPAYMENT', 'RECEIVE-OVERPAYMENT'])(
		'whose reference Xero does not keep is left alone by the next run: %s',
		async (type) => {
			const draft = money({ type }, [type === 'RECEIVE-OVERPAYMENT' ? DEPOSIT : SCREWS]);
			expect(await run(draft)).toMatchObject({ outcome: 'created', codes: [] });
			const again = { outcome: 'unchanged', codes: [], writes: 0 };
			expect(await run(draft)).toMatchObject(again);
			const renamed = { ...draft, fields: { ...draft.fields, reference: 'CARD-2' } };
			expect(await run(renamed)).toMatchObject(again);
			// Without a link nothing would find it again.
			expect(await run({ ...draft, source: {} })).toMatchObject({
				outcome: 'blocked',
				codes: ['XERO_IDENTITY_MISSING'],
				writes: 0,
			});
			expect(inXero()).toHaveLength(1);
		},
	);

	it.each([
		['0', 'SPEND', 'XERO_PAYMENT_NOT_POSITIVE', 'Check the prices of the lines in Knack'],
		['-5', 'SPEND', 'XERO_TOTAL_NEGATIVE', 'Receive Money'],
		['-5', 'RECEIVE', 'XERO_TOTAL_NEGATIVE', 'Spend Money'],
		['-5', 'RECEIVE-PREPAYMENT', 'XERO_TOTAL_NEGATIVE', 'refund'],
		['-5', 'SPEND-OVERPAYMENT', 'XERO_TOTAL_NEGATIVE', 'refund'],
	])('of %s is not sent, and what helps is said: %s', async (unitAmount, type, code, fix) => {
		const blocked = await run(money({ type }, [{ ...SCREWS, unitAmount }]));
		expect(blocked).toMatchObject({ outcome: 'blocked', codes: [code], writes: 0 });
		expect(blocked.fixes).toEqual([expect.stringContaining(fix)]);
		expect(blocked.fixes.join(' ')).not.toContain('redit note');
		expect(inXero()).toEqual([]);
	});

	it('is each record’s own, also where a customer has paid twice on a day', async () => {
		const drafts = ['50', '70'].map(
			(unitAmount, index): Draft => ({
				...OVERPAID,
				itemIndexes: [index],
				lines: [{ fields: { ...DEPOSIT, unitAmount } }],
				source: { table: 'object_1', knackRecordId: `record-${index}` },
			}),
		);
		const [first] = drafts;
		const send = async (given: readonly Draft[]) =>
			(await upsertDocuments(await context(), BANK_TRANSACTION, given)).outcomes;
		expect((await send(drafts)).map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		const again = await send([...drafts, ...(first ? [first] : [])]);
		expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(inXero()).toHaveLength(2);
	});

	it('is changed by what changed in Knack, whoever kept its id', async () => {
		const { document } = await run(money());
		const changed = money({}, [{ ...SCREWS, quantity: '4' }]);
		expect(await run(changed)).toMatchObject({
			outcome: 'updated',
			codes: [],
			document: { id: document.id, total: '60.00' },
		});
		// A reference that changed: the link of its day leads to it.
		expect(
			await run({ ...changed, fields: { ...changed.fields, reference: 'CARD-2' } }),
		).toMatchObject({ outcome: 'updated', document: { id: document.id } });
		expect(inXero()).toHaveLength(1);
	});

	it.each<[string, Draft, FieldValues]>([
		['day of an overpayment, which has nothing else', OVERPAID, { date: '2026-11-19' }],
		[
			'day of a prepayment, of which Xero keeps no reference',
			money({ type: 'RECEIVE-PREPAYMENT' }),
			{ date: '2026-10-05' },
		],
		['day and reference at once', money(), { date: '2026-11-18', reference: 'CARD-9' }],
	])('is not made twice where nobody kept its id: the %s', async (_, draft, change) => {
		await run(draft);
		const [before] = inXero();
		const changed = { ...draft, fields: { ...draft.fields, ...change } };
		expect(await run(changed)).toMatchObject({
			outcome: 'held',
			codes: ['XERO_DOCUMENT_CONTRADICTED'],
			writes: 0,
		});
		expect(inXero()).toEqual([before]);
		// What the fix says works.
		expect(await run({ ...changed, id: before?.id })).toMatchObject({ outcome: 'updated' });
		expect(inXero()).toMatchObject([{ id: before?.id, date: change.date }]);
	});

	it('that was deleted is posted again as what is said tells', async () => {
		await run(money());
		await changeStatus(await context(), BANK_TRANSACTION, [money()], 'DELETED');
		const gone = await run(money());
		expect(gone).toMatchObject({ outcome: 'held', writes: 0 });
		expect(gone.fixes).toEqual([expect.stringContaining('make a new record of it in Knack')]);
		const source = { table: 'object_1', knackRecordId: 'record-2' };
		expect(await run(money({}, [SCREWS], { source }))).toMatchObject({ outcome: 'created' });
	});

	it('of a closed month is not told to be corrected by a credit note, which it cannot be', async () => {
		await run(money());
		const options = { booksClosedUntil: '2026-11-30' };
		const held = await run(money({}, [{ ...SCREWS, quantity: '4' }]), options);
		expect(held).toMatchObject({ outcome: 'held', codes: ['XERO_CLOSED_PERIOD_EDIT'], writes: 0 });
		expect(held.fixes.join(' ')).not.toContain('Credit Note');
	});

	it.each([
		['kind', { type: 'RECEIVE' }],
		['bank account', { 'bankAccount.code': '091' }],
	])('never changes its %s', async (_, change) => {
		const { document } = await run(money());
		const held = await run({ ...money(change), id: document.id });
		expect(held).toMatchObject({ outcome: 'held', codes: ['XERO_CANNOT_BE_CHANGED'], writes: 0 });
	});

	it('stays as it is once it is reconciled, its status as well', async () => {
		const { document } = await run(money());
		await byHand({ BankTransactionID: document.id, IsReconciled: true });
		const [before] = inXero();
		expect(before).toMatchObject({ isReconciled: true });
		expect(await run(money())).toMatchObject({ outcome: 'unchanged', writes: 0 });
		expect(await run(money({ date: '2026-11-19' }))).toMatchObject({
			outcome: 'blocked',
			codes: ['XERO_CLOSED_DOCUMENT_EDIT'],
			writes: 0,
		});
		const gone = await changeStatus(await context(), BANK_TRANSACTION, [money()], 'DELETED');
		expect(gone.outcomes).toMatchObject([{ outcome: 'blocked' }]);
		expect(inXero()).toEqual([before]);
	});

	it('is deleted by its status, and is not posted again by itself', async () => {
		await run(money());
		const preview = await previewStatusChange(
			await context(),
			BANK_TRANSACTION,
			[money()],
			'DELETED',
		);
		expect(preview.outcomes).toMatchObject([{ outcome: 'wouldUpdate' }]);
		const { outcomes } = await changeStatus(
			await context(),
			BANK_TRANSACTION,
			[money()],
			'DELETED',
		);
		expect(outcomes).toMatchObject([{ outcome: 'updated', document: { status: 'DELETED' } }]);
		expect(await run(money())).toMatchObject({ outcome: 'held', writes: 0 });
		expect(inXero()).toHaveLength(1);
	});

	it('is told by Xero’s own words where it takes no change of what was spent', async () => {
		world.sandbox.xero.configure({ spendMoneyUpdate: 'refused' });
		const { document } = await run(money());
		const refused = await run({ ...money({}, [{ ...SCREWS, quantity: '4' }]), id: document.id });
		expect(refused).toMatchObject({ outcome: 'blocked', codes: ['XERO_CANNOT_BE_CHANGED'] });
		expect(inXero()).toMatchObject([{ totals: { total: expect.anything() } }]);
	});

	it('leaves another’s alone: of another contact, and under a link of another record', async () => {
		await run(money());
		const [before] = inXero();
		const other: Draft = {
			...money({ 'contact.name': 'Brown' }),
			source: { table: 'object_1', knackRecordId: 'record-2' },
		};
		expect(await run(other)).toMatchObject({ outcome: 'created' });
		const third = { table: 'object_1', knackRecordId: 'record-3' };
		expect(await run(money({}, [SCREWS], { source: third }))).toMatchObject({ outcome: 'held' });
		expect(inXero()[0]).toEqual(before);
		expect(inXero()).toHaveLength(2);
	});
});
