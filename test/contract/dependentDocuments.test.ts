import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { listIn } from '../../lib/xero/answers';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const LINE: FieldValues = {
	description: 'Labour',
	quantity: '1',
	unitAmount: '100',
	accountCode: '200',
	taxType: 'NONE',
};

function draftOf(type: DocumentType, fields: FieldValues, lines?: readonly FieldValues[]): Draft {
	return {
		type,
		itemIndexes: [0],
		fields: { ...(lines ? { 'contact.name': 'Acme', date: '2026-11-20' } : {}), ...fields },
		...(lines ? { lines: lines.map((each) => ({ fields: each })) } : {}),
		source: {},
		issues: [],
	};
}

async function upsert(world: XeroInMemory, type: DocumentType, drafts: readonly Draft[]) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const preview = await previewDocuments(context, DOCUMENTS[type], drafts);
	expect(client.calls().writes).toBe(0);
	const { outcomes } = await upsertDocuments(context, DOCUMENTS[type], drafts);
	return { preview: preview.outcomes, outcomes, writes: client.calls().writes };
}

const INVOICE = draftOf(
	'salesInvoice',
	{ invoiceNumber: 'INV-1', dueDate: '2026-12-20', status: 'AUTHORISED' },
	[LINE],
);
const payment = (fields: FieldValues) =>
	draftOf('payment', {
		'invoice.number': 'INV-1',
		reference: 'DEP-1',
		date: '2026-11-21',
		amount: '40',
		'account.code': '090',
		...fields,
	});
function without(fields: FieldValues, path: string): FieldValues {
	return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== path));
}

const openOf = (world: XeroInMemory) =>
	world.sandbox.xero.organisation().invoices.all()[0]?.amountDue.toFixed(2);

describe('payments', () => {
	it('are part payments of one invoice, each recorded once', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const parts = [payment({}), payment({ reference: 'DEP-2', amount: '25.50' })];
		const first = await upsert(world, 'payment', parts);
		expect(first.preview.map(({ outcome }) => outcome)).toEqual(['wouldCreate', 'wouldCreate']);
		expect(first.outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		// Each under its own turn, since a payment is never a draft.
		expect(first.writes).toBe(2);
		const again = await upsert(world, 'payment', parts);
		expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		expect(again.writes).toBe(0);
		expect(openOf(world)).toBe('34.50');
	});

	it('are one payment whether the invoice is named by its number or its id', async () => {
		const world = await xeroInMemory();
		const { outcomes } = await upsert(world, 'salesInvoice', [INVOICE]);
		const fields = without(payment({}).fields, 'invoice.number');
		const byId = {
			...payment({}),
			fields: { ...fields, 'invoice.id': outcomes[0]?.document.id ?? '' },
		};
		await upsert(world, 'payment', [payment({})]);
		expect((await upsert(world, 'payment', [byId])).outcomes[0]?.outcome).toBe('unchanged');
		expect(openOf(world)).toBe('60.00');
	});

	it('are one where the invoice was renumbered in Xero, and the record names it by id and old number', async () => {
		const world = await xeroInMemory();
		const made = await upsert(world, 'salesInvoice', [INVOICE]);
		const both = payment({
			'invoice.id': made.outcomes[0]?.document.id ?? '',
			'invoice.number': 'INV-OLD',
		});
		const first = await upsert(world, 'payment', [both]);
		expect(first.outcomes[0]?.outcome).toBe('created');
		expect((await upsert(world, 'payment', [both])).outcomes[0]?.outcome).toBe('unchanged');
		expect(openOf(world)).toBe('60.00');
	});

	it('are not made where the record says that it was deleted, and are the same by any spelling of the number', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const deleted = await upsert(world, 'payment', [payment({ status: 'DELETED' })]);
		expect(deleted.preview[0]?.outcome).toBe('blocked');
		expect(deleted.outcomes[0]).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_STATUS_NOT_FOR_NEW', fix: expect.stringContaining('Recorded') }],
		});
		expect(deleted.writes).toBe(0);
		await upsert(world, 'payment', [payment({})]);
		const spelled = await upsert(world, 'payment', [payment({ 'invoice.number': 'inv-1' })]);
		expect(spelled.outcomes[0]?.outcome).toBe('unchanged');
	});

	it('in another currency are the same at their own rate, of which Xero’s lists tell nothing', async () => {
		const world = await xeroInMemory();
		const rated = { currencyCode: 'EUR', currencyRate: '1.15' };
		await upsert(world, 'salesInvoice', [{ ...INVOICE, fields: { ...INVOICE.fields, ...rated } }]);
		const record = payment({ currencyRate: '1.2' });
		expect((await upsert(world, 'payment', [record])).outcomes[0]?.outcome).toBe('created');
		const again = await upsert(world, 'payment', [record]);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		const byId = { ...record, id: again.outcomes[0]?.document.id };
		expect((await upsert(world, 'payment', [byId])).outcomes[0]?.outcome).toBe('unchanged');
	});

	it('are held where id and number name two invoices', async () => {
		const world = await xeroInMemory();
		const other = { ...INVOICE, fields: { ...INVOICE.fields, invoiceNumber: 'INV-2' } };
		const made = await upsert(world, 'salesInvoice', [other, INVOICE]);
		const both = payment({ 'invoice.id': made.outcomes[0]?.document.id ?? '' });
		const { outcomes, writes } = await upsert(world, 'payment', [both]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_TARGET_UNCLEAR', candidates: [{}, {}] }],
		});
		expect(writes).toBe(0);
	});

	it.each([
		['RECEIVE-OVERPAYMENT', 'overpayment', 'OverpaymentID'],
		['RECEIVE-PREPAYMENT', 'prepayment', 'PrepaymentID'],
	])('pay part of a %s back once', async (kind, path, idName) => {
		const world = await xeroInMemory();
		const answer = await world.anotherClient().write({
			method: 'PUT',
			path: '/BankTransactions',
			body: {
				Type: kind,
				Contact: { Name: 'Acme' },
				BankAccount: { Code: '090' },
				LineItems: [
					{
						Description: 'Too much',
						UnitAmount: 100,
						...(path === 'prepayment' ? { AccountCode: '200', TaxType: 'NONE' } : {}),
					},
				],
			},
			idempotencyKey: 'made by hand',
		});
		const body = answer.kind === 'accepted' ? answer.body : undefined;
		const [credit] = listIn(body, 'BankTransactions') ?? [];
		const { [idName]: id } = Object(credit);
		const refund = payment({ [`${path}.id`]: id });
		const record = { ...refund, fields: without(refund.fields, 'invoice.number') };
		expect((await upsert(world, 'payment', [record])).outcomes[0]?.outcome).toBe('created');
		const again = await upsert(world, 'payment', [record]);
		expect(again.outcomes[0]?.outcome).toBe('unchanged');
		expect(again.writes).toBe(0);
	});

	it.each([
		['names two documents', { 'creditNote.number': 'CN-1' }, 'XERO_TARGET_UNCLEAR', 'held'],
		['names none that is there', { 'invoice.number': 'INV-9' }, 'XERO_TARGET_MISSING', 'blocked'],
		['is more than what is open', { amount: '100.01' }, 'XERO_TARGET_NOT_OPEN', 'blocked'],
	])('are not sent when a record %s', async (_name, fields: FieldValues, code, outcome) => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const result = await upsert(world, 'payment', [payment(fields)]);
		expect(result.outcomes[0]).toMatchObject({ outcome, issues: [{ code }] });
		expect(result.writes).toBe(0);
	});

	it.each(['AUTHORISED', 'DRAFT'])(
		'say of an invoice that is gone, once %s, that it is, and not that it is to be posted',
		async (status) => {
			const world = await xeroInMemory();
			const invoice = { ...INVOICE, fields: { ...INVOICE.fields, status } };
			const { outcomes: made } = await upsert(world, 'salesInvoice', [invoice]);
			const gone = status === 'DRAFT' ? 'DELETED' : 'VOIDED';
			const id = made[0]?.document.id ?? '';
			world.sandbox.xero.person.saveInvoice({ InvoiceID: id, Status: gone });
			const { outcomes, preview, writes } = await upsert(world, 'payment', [payment({})]);
			for (const outcome of [outcomes[0], preview[0]]) {
				expect(outcome).toMatchObject({
					outcome: 'blocked',
					issues: [{ code: 'XERO_TARGET_NOT_OPEN', candidates: [{ id }] }],
				});
				expect(outcome?.issues[0]?.message).toContain(`is ${gone.toLowerCase()} in Xero`);
				expect(outcome?.issues[0]?.fix).not.toContain('Post it');
			}
			expect(writes).toBe(0);
		},
	);

	it('are one payment however the number of the invoice is written', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		await upsert(world, 'payment', [payment({})]);
		for (const number of ['inv-1', 'Inv-1']) {
			const again = await upsert(world, 'payment', [payment({ 'invoice.number': number })]);
			expect(again.preview.map(({ outcome }) => outcome)).toEqual(['unchanged']);
			expect(again.outcomes).toMatchObject([{ outcome: 'unchanged', issues: [] }]);
		}
		expect(openOf(world)).toBe('60.00');
	});

	it('of one run take no more together than is open, and the preview says so', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const three = ['DEP-1', 'DEP-2', 'DEP-3'].map((reference) => payment({ reference }));
		const { preview, outcomes, writes } = await upsert(world, 'payment', three);
		expect(preview.map(({ outcome }) => outcome)).toEqual([
			'wouldCreate',
			'wouldCreate',
			'blocked',
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'blocked']);
		expect(outcomes[2]?.issues).toMatchObject([
			{
				code: 'XERO_TARGET_NOT_OPEN',
				message: expect.stringContaining(
					'20.00 open beside GBP 80.00 that other records of this run take',
				),
			},
		]);
		expect(writes).toBe(2);
		expect(openOf(world)).toBe('20.00');
	});

	it('are one where a record comes twice in a run', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const whole = payment({ reference: 'DEP-1', amount: '100' });
		const { preview, outcomes, writes } = await upsert(world, 'payment', [
			whole,
			{ ...whole, itemIndexes: [1] },
		]);
		expect(preview.map(({ outcome }) => outcome)).toEqual(['wouldCreate', 'unchanged']);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged']);
		expect(writes).toBe(1);
	});

	it('are never changed: a record that says otherwise is held', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		await upsert(world, 'payment', [payment({})]);
		const result = await upsert(world, 'payment', [payment({ amount: '41' })]);
		expect(result.outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_CANNOT_BE_CHANGED', field: 'amount' }],
		});
		expect(openOf(world)).toBe('60.00');
	});
});

describe('a credit note put against an invoice', () => {
	const note = (fields: FieldValues = {}) =>
		draftOf(
			'salesCreditNote',
			{
				creditNoteNumber: 'CN-1',
				status: 'AUTHORISED',
				'allocation.invoiceNumber': 'INV-1',
				...fields,
			},
			[{ ...LINE, unitAmount: '30' }],
		);

	it('is allocated once, for all that is open on both sides', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const first = await upsert(world, 'salesCreditNote', [note()]);
		expect(first.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
		expect(openOf(world)).toBe('70.00');
		const again = await upsert(world, 'salesCreditNote', [note()]);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(again.writes).toBe(0);
	});

	it('that was there already is allocated, in part, as the preview says', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const fields = without(note().fields, 'allocation.invoiceNumber');
		await upsert(world, 'salesCreditNote', [{ ...note(), fields }]);
		const { preview, outcomes } = await upsert(world, 'salesCreditNote', [
			note({ 'allocation.amount': '12.34' }),
		]);
		const changes = [{ field: 'allocation.invoiceNumber', after: 'INV-1: 12.34' }];
		expect(preview[0]).toMatchObject({ outcome: 'wouldUpdate', changes });
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', changes });
		expect(openOf(world)).toBe('87.66');
	});

	it.each([
		['the credit note', '2027-01-05', '2026-11-20'],
		['the invoice', '2026-11-20', '2027-01-05'],
	])('is allocated on the later day, where %s lies ahead', async (_words, ofNote, ofInvoice) => {
		const world = await xeroInMemory();
		const invoice = {
			...INVOICE,
			fields: { ...INVOICE.fields, date: ofInvoice, dueDate: '2027-02-01' },
		};
		await upsert(world, 'salesInvoice', [invoice]);
		const { preview, outcomes } = await upsert(world, 'salesCreditNote', [note({ date: ofNote })]);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.operations?.at(-1)).toBe('Allocate to INV-1, on 2027-01-05');
		}
		expect(world.sandbox.xero.organisation().allocations.all()).toMatchObject([
			{ date: '2027-01-05' },
		]);
	});

	it('says what helps where it is used up', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		await upsert(world, 'salesCreditNote', [note()]);
		const other = { ...INVOICE, fields: { ...INVOICE.fields, invoiceNumber: 'INV-2' } };
		await upsert(world, 'salesInvoice', [other]);
		const { outcomes, writes } = await upsert(world, 'salesCreditNote', [
			note({ 'allocation.invoiceNumber': 'INV-2' }),
		]);
		expect(writes).toBe(0);
		expect(outcomes[0]?.issues).toMatchObject([{ code: 'XERO_TARGET_NOT_OPEN' }]);
		expect(outcomes[0]?.issues[0]?.fix).toContain('Clear the invoice to allocate to');
		expect(outcomes[0]?.issues[0]?.fix).not.toContain('Approve');
	});

	it('waits until it is approved, and says so', async () => {
		const world = await xeroInMemory();
		await upsert(world, 'salesInvoice', [INVOICE]);
		const { outcomes } = await upsert(world, 'salesCreditNote', [note({ status: 'DRAFT' })]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			issues: [{ code: 'XERO_TARGET_NOT_OPEN', severity: 'warn' }],
		});
		expect(openOf(world)).toBe('100.00');
	});
});
