import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import { BATCH_PAYMENT } from '../../lib/xero/documents/batchPayment';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const WHOLE: readonly FieldValues[] = [
	{ 'invoice.id': 'INV-1', lineAmount: '120' },
	{ 'invoice.id': 'INV-2', lineAmount: '60.50' },
];

function batch(
	fields: FieldValues = {},
	lines: readonly FieldValues[] = WHOLE,
	more: Partial<Draft> = {},
): Draft {
	return {
		type: 'batchPayment',
		itemIndexes: [0],
		fields: { details: 'RUN-47', date: '2026-11-20', 'account.code': '090', ...fields },
		lines: lines.map((each) => ({ fields: each })),
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
		...more,
	};
}

describe('a batch payment', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await invoice('INV-1', '120');
		await invoice('INV-2', '60.50');
	});

	async function context() {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: world.clock, turns: world.turns };
	}

	/** An invoice or bill without tax. */
	async function invoice(number: string, amount: string, more: FieldValues = {}, isBill = false) {
		const type = isBill ? 'bill' : 'salesInvoice';
		const draft: Draft = {
			type,
			itemIndexes: [0],
			fields: {
				'contact.name': `Customer of ${number}`,
				invoiceNumber: number,
				date: '2026-11-01',
				dueDate: '2026-11-30',
				status: 'AUTHORISED',
				...more,
			},
			lines: [
				{
					fields: {
						description: 'Work',
						quantity: '1',
						unitAmount: amount,
						accountCode: isBill ? '429' : '200',
						taxType: isBill ? 'ZERORATEDINPUT' : 'ZERORATEDOUTPUT',
					},
				},
			],
			source: { table: 'object_2', knackRecordId: `of ${number}` },
			issues: [],
		};
		const { outcomes } = await upsertDocuments(await context(), DOCUMENTS[type], [draft]);
		expect(outcomes).toMatchObject([{ outcome: 'created' }]);
		return outcomes[0]?.document.id ?? '';
	}

	async function pay(number: string, amount: string) {
		const { outcomes } = await upsertDocuments(await context(), DOCUMENTS.payment, [
			{
				type: 'payment',
				itemIndexes: [0],
				fields: {
					'invoice.number': number,
					amount,
					date: '2026-11-10',
					reference: `by hand ${number}`,
					'account.code': '090',
				},
				source: {},
				issues: [],
			},
		]);
		expect(outcomes).toMatchObject([{ outcome: 'created' }]);
	}

	async function run(draft: Draft, options: Partial<UpsertOptions> = {}) {
		const all = { ...DEFAULT_OPTIONS, ...options };
		const previewing = await context();
		const preview = await previewDocuments(previewing, BATCH_PAYMENT, [draft], all);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = await context();
		const { outcomes } = await upsertDocuments(writing, BATCH_PAYMENT, [draft], all);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		const { writes } = writing.client.calls();
		expect(writes).toBe(preview.expectedCalls);
		return {
			outcome: outcome.outcome,
			previewed: preview.outcomes[0]?.outcome,
			codes: outcome.issues.map(({ code }) => code),
			fields: outcome.issues.map(({ field }) => field),
			messages: outcome.issues.map(({ message }) => message),
			summary: outcome.summary,
			document: outcome.document,
			writes,
		};
	}

	const ledger = () => world.sandbox.xero.organisation();
	const inXero = () => ledger().batchPayments.all();
	const live = () => inXero().filter(({ status }) => status !== 'DELETED');

	it('is held where a number is of an invoice and of a bill', async () => {
		await invoice('INV-1', '120', {}, true);
		expect(await run(batch())).toMatchObject({
			outcome: 'held',
			codes: ['XERO_TARGET_UNCLEAR'],
			messages: ['2 invoices or bills in Xero are called "INV-1".'],
			writes: 0,
		});
	});

	it('is previewed, pays all that it names, and is left alone afterwards', async () => {
		const made = await run(batch());
		expect(made).toMatchObject({
			previewed: 'wouldCreate',
			outcome: 'created',
			codes: [],
			document: { status: 'AUTHORISED', total: '180.50', currency: 'GBP', number: 'RUN-47' },
			writes: 1,
		});
		expect(inXero()).toMatchObject([{ type: 'RECBATCH', texts: { Details: 'RUN-47' } }]);
		expect(ledger().payments.all()).toHaveLength(2);
		expect(await run(batch())).toMatchObject({ outcome: 'unchanged', codes: [], writes: 0 });
		expect(inXero()).toHaveLength(1);
	});

	it('takes invoices by number, by id and by the link to their page, and bills alike', async () => {
		const first = await invoice('S-1', '10', {}, true);
		const second = await invoice('S-2', '20', {}, true);
		await invoice('S-3', '30', {}, true);
		const lines = [
			{ 'invoice.id': first.toUpperCase(), lineAmount: '10' },
			{ 'invoice.id': `https://go.xero.com/app/!x/bills/view/${second}`, lineAmount: '20' },
			{ 'invoice.id': 's-3', lineAmount: '30' },
		];
		expect(await run(batch({}, lines))).toMatchObject({
			outcome: 'created',
			codes: [],
			document: { total: '60.00' },
		});
		expect(inXero()).toMatchObject([{ type: 'PAYBATCH' }]);
		expect(await run(batch({}, lines))).toMatchObject({ outcome: 'unchanged', writes: 0 });
	});

	it('is in the currency of its bank account', async () => {
		await invoice('INV-3', '10', { currencyCode: 'EUR' });
		const lines = [{ 'invoice.id': 'INV-3', lineAmount: '10' }];
		const made = await run(batch({ 'account.code': '092' }, lines));
		expect(made).toMatchObject({ outcome: 'created', codes: [], document: { currency: 'EUR' } });
		expect(await run(batch({ 'account.code': '092' }, lines))).toMatchObject({
			outcome: 'unchanged',
			document: { currency: 'EUR', total: '10.00' },
		});
	});

	it('may pay a part of what nothing was paid of', async () => {
		const parts = [{ 'invoice.id': 'INV-1', lineAmount: '50' }];
		expect(await run(batch({}, parts))).toMatchObject({ outcome: 'created', codes: [] });
		expect(await run(batch({}, parts))).toMatchObject({ outcome: 'unchanged', writes: 0 });
		expect(await run(batch({ details: 'RUN-48' }, parts))).toMatchObject({
			outcome: 'blocked',
			messages: [expect.stringContaining('is partly paid already: GBP 70.00 are open')],
			writes: 0,
		});
	});

	describe('is held whole, and nothing is sent,', () => {
		it.each<[string, readonly FieldValues[], string, string]>([
			[
				'where a number is unknown',
				[WHOLE[0] ?? {}, { 'invoice.id': 'INV-9', lineAmount: '1' }],
				'XERO_TARGET_MISSING',
				'lineItems[1].invoice.id',
			],
			[
				'where an id is unknown',
				[{ 'invoice.id': '00000000-1111-2222-3333-444444444444', lineAmount: '1' }],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[0].invoice.id',
			],
			[
				'where a line names nothing',
				[WHOLE[0] ?? {}, { lineAmount: '1' }],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[1].invoice.id',
			],
			[
				'where a line has no amount',
				[{ 'invoice.id': 'INV-1' }, WHOLE[1] ?? {}],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[0].lineAmount',
			],
			[
				'where an amount is below zero',
				[{ 'invoice.id': 'INV-1', lineAmount: '-5' }, WHOLE[1] ?? {}],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[0].lineAmount',
			],
			[
				'where more is paid than is due',
				[WHOLE[0] ?? {}, { 'invoice.id': 'INV-2', lineAmount: '60.51' }],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[1].lineAmount',
			],
			[
				'where an invoice stands in it twice',
				[
					{ 'invoice.id': 'INV-1', lineAmount: '20' },
					{ 'invoice.id': 'INV-1', lineAmount: '30' },
				],
				'XERO_TARGET_NOT_OPEN',
				'lineItems[1].invoice.id',
			],
			['without lines', [], 'XERO_LINES_MISSING', 'lineItems'],
		])('%s', async (_, lines, code, field) => {
			const held = await run(batch({}, lines));
			expect(held).toMatchObject({ outcome: 'blocked', writes: 0 });
			expect(held.codes).toContain(code);
			expect(held.fields).toContain(field);
			expect(inXero()).toEqual([]);
		});

		it('where one of them was partly paid, even if the rest is all that it pays', async () => {
			await pay('INV-2', '20.50');
			const lines = [WHOLE[0] ?? {}, { 'invoice.id': 'INV-2', lineAmount: '40' }];
			expect(await run(batch({}, lines))).toMatchObject({
				outcome: 'blocked',
				codes: ['XERO_TARGET_NOT_OPEN'],
				messages: [
					'Sales Invoice INV-2 is partly paid already: GBP 40.00 are open. The whole batch payment is held.',
				],
				writes: 0,
			});
			expect(inXero()).toEqual([]);
		});

		it('where one is paid, a draft, in another currency, or a bill among invoices', async () => {
			await pay('INV-2', '60.50');
			await invoice('INV-3', '10', { status: 'DRAFT' });
			await invoice('INV-4', '10', { currencyCode: 'EUR' });
			await invoice('S-1', '10', {}, true);
			const named = ['INV-2', 'INV-3', 'INV-4', 'S-1'];
			const lines = named.map((each) => ({ 'invoice.id': each, lineAmount: '10' }));
			const held = await run(batch({}, lines));
			expect(held).toMatchObject({ outcome: 'blocked', writes: 0 });
			expect(held.messages).toEqual([
				'Sales Invoice INV-2 takes no payments, so the whole batch payment is held.',
				'Sales Invoice INV-3 takes no payments, so the whole batch payment is held.',
				'Sales Invoice INV-4 is in EUR and the bank account in GBP; all that a batch payment pays is in one currency.',
				'The batch payment pays sales invoices and bills; it can pay one of them only.',
			]);
			expect(inXero()).toEqual([]);
		});

		it.each<[string, FieldValues, string]>([
			['without an account', { 'account.code': '' }, 'XERO_PAYMENT_ACCOUNT_MISSING'],
			['on an account that is no bank', { 'account.code': '200' }, 'XERO_ACCOUNT_NOT_FOR_PAYMENTS'],
			['without a day', { date: '' }, 'XERO_FIELD_REQUIRED'],
			['without what it is found again by', { details: '' }, 'XERO_IDENTITY_MISSING'],
			['with what is too long', { details: 'Payment run of week 47' }, 'XERO_TEXT_TOO_LONG'],
			[
				'with what is too long in the United Kingdom',
				{ narrative: 'Payment run of week 47' },
				'XERO_TEXT_TOO_LONG',
			],
			['with a reference outside New Zealand', { reference: 'R' }, 'XERO_FIELD_OF_OTHER_COUNTRY'],
			['with particulars there', { particulars: 'P' }, 'XERO_FIELD_OF_OTHER_COUNTRY'],
			['with a code there', { code: 'C' }, 'XERO_FIELD_OF_OTHER_COUNTRY'],
		])('%s', async (_, fields, code) => {
			const held = await run(batch(fields));
			expect(held).toMatchObject({ outcome: 'blocked', writes: 0 });
			expect(held.codes).toContain(code);
			expect(inXero()).toEqual([]);
		});

		it('where the books are locked on its day', async () => {
			world.sandbox.xero.person.setOrganisation({ periodLockDate: '2026-11-30' });
			expect(await run(batch())).toMatchObject({
				outcome: 'blocked',
				codes: ['XERO_PERIOD_LOCKED'],
				writes: 0,
			});
			expect(inXero()).toEqual([]);
		});
	});

	describe('in New Zealand', () => {
		beforeEach(() => {
			world.sandbox.xero.person.setOrganisation({ countryCode: 'NZ', version: 'NZ' });
		});

		it('is known by its reference, with particulars and a code', async () => {
			const fields = { details: '', reference: 'Run 47', particulars: 'Roofs', code: 'N47' };
			expect(await run(batch(fields))).toMatchObject({ outcome: 'created', codes: [] });
			expect(inXero()).toMatchObject([
				{ reference: 'Run 47', texts: { Particulars: 'Roofs', Code: 'N47' } },
			]);
			expect(await run(batch(fields))).toMatchObject({ outcome: 'unchanged', writes: 0 });
			expect(await run(batch({ ...fields, code: 'N48' }))).toMatchObject({
				outcome: 'held',
				codes: ['XERO_CANNOT_BE_CHANGED'],
				writes: 0,
			});
		});

		it.each(['details', 'narrative'])('takes no %s', async (path) => {
			const fields = { details: '', reference: 'Run 47', [path]: 'Run 47' };
			expect(await run(batch(fields))).toMatchObject({
				outcome: 'blocked',
				codes: ['XERO_FIELD_OF_OTHER_COUNTRY'],
				writes: 0,
			});
		});
	});

	it.each<[string, FieldValues, readonly FieldValues[]]>([
		['another amount', {}, [{ 'invoice.id': 'INV-1', lineAmount: '100' }, WHOLE[1] ?? {}]],
		['a line less', {}, WHOLE.slice(0, 1)],
		['other words', { narrative: 'Week 47' }, WHOLE],
	])('is never changed: %s is held', async (_, fields, lines) => {
		await run(batch({ narrative: 'Week 46' }));
		expect(await run(batch(fields, lines))).toMatchObject({
			outcome: 'held',
			codes: ['XERO_CANNOT_BE_CHANGED'],
			writes: 0,
		});
		expect(inXero()).toMatchObject([{ texts: { Narrative: 'Week 46' } }]);
	});

	it('has no line more than it was made with', async () => {
		await run(batch());
		await invoice('INV-3', '5');
		const more = [...WHOLE, { 'invoice.id': 'INV-3', lineAmount: '5' }];
		expect(await run(batch({}, more))).toMatchObject({
			outcome: 'held',
			codes: ['XERO_CANNOT_BE_CHANGED'],
			writes: 0,
		});
	});

	it('of the same words is another one on another day or account, and never pays twice', async () => {
		await run(batch({}, WHOLE.slice(0, 1)));
		const elsewhere: readonly FieldValues[] = [{ date: '2026-11-27' }, { 'account.code': '091' }];
		for (const fields of elsewhere) {
			expect(await run(batch(fields, WHOLE.slice(0, 1)))).toMatchObject({
				outcome: 'blocked',
				codes: ['XERO_TARGET_NOT_OPEN'],
				writes: 0,
			});
		}
		const other = { details: 'RUN-47', date: '2026-11-27' };
		expect(await run(batch(other, WHOLE.slice(1)))).toMatchObject({ outcome: 'created' });
		expect(inXero()).toHaveLength(2);
	});

	it('is one payment where it comes twice in a run', async () => {
		const both = [batch(), batch({}, WHOLE, { itemIndexes: [1] })];
		const preview = await previewDocuments(await context(), BATCH_PAYMENT, both);
		const { outcomes } = await upsertDocuments(await context(), BATCH_PAYMENT, both);
		expect(preview.outcomes.map(({ outcome }) => outcome)).toEqual(['wouldCreate', 'unchanged']);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged']);
		expect(inXero()).toHaveLength(1);
	});

	describe('in a run with another that pays the same invoice', () => {
		const paying = (details: string, lineAmount: string, place: number, more: FieldValues[] = []) =>
			batch({ details }, [{ 'invoice.id': 'INV-1', lineAmount }, ...more], {
				itemIndexes: [place],
				source: { table: 'object_1', knackRecordId: `record-${place}` },
			});

		it.each(['120', '50'])(
			'is held, the preview alike, where each pays %s of 120',
			async (amount) => {
				const rest: FieldValues = { 'invoice.id': 'INV-2', lineAmount: '60.50' };
				const both = [paying('RUN-1', amount, 0), paying('RUN-2', amount, 1, [rest])];
				const preview = await previewDocuments(await context(), BATCH_PAYMENT, both);
				const { outcomes } = await upsertDocuments(await context(), BATCH_PAYMENT, both);
				expect(preview.outcomes.map(({ outcome }) => outcome)).toEqual(['wouldCreate', 'blocked']);
				expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'blocked']);
				expect(outcomes[1]?.issues).toMatchObject([
					{
						code: 'XERO_TARGET_NOT_OPEN',
						field: 'lineItems[0].invoice.id',
						message:
							'Sales Invoice INV-1 is paid by another batch payment of this run. The whole batch payment is held.',
					},
				]);
				expect(inXero()).toHaveLength(1);
			},
		);

		it('goes where that other one is held itself', async () => {
			const bad: FieldValues = { 'invoice.id': 'INV-9', lineAmount: '1' };
			const both = [paying('RUN-1', '120', 0, [bad]), paying('RUN-2', '120', 1)];
			const { outcomes } = await upsertDocuments(await context(), BATCH_PAYMENT, both);
			expect(outcomes.map(({ outcome }) => outcome)).toEqual(['blocked', 'created']);
		});
	});

	it.each(['0', 'a', '-'])(
		'takes no id for that of an invoice with %s more of it',
		async (more) => {
			const id = await invoice('INV-3', '10');
			for (const named of [`${id}${more}`, `${more}${id}`, `https://go.xero.com/${id}${more}`]) {
				const lines = [{ 'invoice.id': named, lineAmount: '10' }];
				expect(await run(batch({}, lines))).toMatchObject({ outcome: 'blocked', writes: 0 });
			}
			expect(inXero()).toEqual([]);
		},
	);

	it('says what is missing in few words, however long it is', async () => {
		const { messages } = await run(
			batch({}, [{ 'invoice.id': 'I'.repeat(1_000_000), lineAmount: '1' }]),
		);
		expect(messages[0]?.length).toBeLessThan(200);
	});

	it('is deleted with all its payments, and is not made again by itself', async () => {
		await run(batch());
		const preview = await previewStatusChange(await context(), BATCH_PAYMENT, [batch()], 'DELETED');
		expect(preview.outcomes).toMatchObject([{ outcome: 'wouldUpdate' }]);
		const { outcomes } = await changeStatus(await context(), BATCH_PAYMENT, [batch()], 'DELETED');
		expect(outcomes).toMatchObject([{ outcome: 'updated', document: { status: 'DELETED' } }]);
		expect(ledger().payments.filter(({ status }) => status !== 'DELETED')).toEqual([]);
		expect(await run(batch())).toMatchObject({ outcome: 'held', writes: 0 });
		expect(live()).toEqual([]);
	});

	it('of which a payment is reconciled stays, and nothing is sent for it', async () => {
		await run(batch());
		const [, payment] = ledger().payments.all();
		if (payment) ledger().payments.put(payment.paymentId, { ...payment, isReconciled: true });
		const deleting = await context();
		const { outcomes } = await changeStatus(deleting, BATCH_PAYMENT, [batch()], 'DELETED');
		expect(outcomes).toMatchObject([{ outcome: 'blocked' }]);
		expect(outcomes[0]?.summary).toContain('reconciled');
		expect(deleting.client.calls().writes).toBe(0);
	});

	it('of which a person removed a payment is held, does not pay again, and can be deleted', async () => {
		await run(batch());
		const [payment] = ledger().payments.all();
		world.sandbox.xero.person.deletePayment(payment?.paymentId ?? '');
		expect(await run(batch())).toMatchObject({
			outcome: 'held',
			codes: ['XERO_CANNOT_BE_CHANGED'],
			writes: 0,
		});
		const { outcomes } = await changeStatus(await context(), BATCH_PAYMENT, [batch()], 'DELETED');
		expect(outcomes).toMatchObject([{ outcome: 'updated', document: { status: 'DELETED' } }]);
	});

	it('says so where Xero does not let it be deleted', async () => {
		world.sandbox.xero.configure({ batchPaymentDeletable: false });
		await run(batch());
		const { outcomes } = await changeStatus(await context(), BATCH_PAYMENT, [batch()], 'DELETED');
		expect(outcomes).toMatchObject([
			{ outcome: 'blocked', issues: [{ fix: expect.stringContaining('in Xero') }] },
		]);
		expect(live()).toHaveLength(1);
	});

	it('of two records of a run goes for neither where both give the same words and day', async () => {
		const both = [
			batch({}, WHOLE.slice(0, 1)),
			batch({}, WHOLE.slice(1), {
				itemIndexes: [1],
				source: { table: 'object_1', knackRecordId: 'record-2' },
			}),
		];
		const { outcomes } = await upsertDocuments(await context(), BATCH_PAYMENT, both);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked']);
		expect(inXero()).toEqual([]);
	});
});
