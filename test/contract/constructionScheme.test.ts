import type { Draft } from '../../lib/sync/draft';
import { paymentStateOf } from '../../lib/sync/payments/paymentState';
import { readInvoiceSnapshot } from '../../lib/sync/payments/invoiceSnapshot';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import { calendarDate } from '../../lib/dates';
import { DOCUMENTS } from '../../lib/xero/documents';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { BUILD_TENANT_ID } from '../../sandbox/xero/organisations';
import { frozenSandbox, xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const AS_DRAFT: UpsertOptions = { ...DEFAULT_OPTIONS, cisLines: 'draft' };

const builder = async () => await xeroInMemory(frozenSandbox(), BUILD_TENANT_ID);

function bill(line: FieldValues = {}, fields: FieldValues = {}): Draft {
	return {
		type: 'bill',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Brick & Sons',
			invoiceNumber: 'B-1',
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: [
			{
				fields: {
					description: 'Bricklaying',
					quantity: '1',
					unitAmount: '1000',
					accountCode: '321',
					taxType: 'INPUT2',
					...line,
				},
			},
		],
		source: {},
		issues: [],
	};
}

async function upsert(world: XeroInMemory, drafts: readonly Draft[], options = DEFAULT_OPTIONS) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const definition = DOCUMENTS[drafts[0]?.type === 'bill' ? 'bill' : 'salesInvoice'];
	const preview = await previewDocuments(context, definition, drafts, options);
	expect(client.calls().writes).toBe(0);
	const { outcomes } = await upsertDocuments(context, definition, drafts, options);
	return { preview: preview.outcomes, outcomes, writes: client.calls().writes };
}

const stored = (world: XeroInMemory) =>
	world.sandbox.xero.organisation(BUILD_TENANT_ID).invoices.all();

/** A person chooses the account of the scheme on Xero's screen, and approves. */
function approveOnScreen(world: XeroInMemory): void {
	const [invoice] = stored(world);
	const [line] = invoice?.lines ?? [];
	world.sandbox.xero.editInvoice(
		{ invoiceId: invoice?.id ?? '' },
		{
			Status: 'AUTHORISED',
			LineItems: [{ LineItemID: line?.lineItemId, Description: 'Bricklaying', AccountCode: '321' }],
		},
		BUILD_TENANT_ID,
	);
}

describe('accounts of the Construction Industry Scheme', () => {
	it('are known before anything is sent, and what helps is said', async () => {
		const world = await builder();
		const { preview, outcomes, writes } = await upsert(world, [bill()]);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome).toMatchObject({
				outcome: 'blocked',
				issues: [
					{
						code: 'XERO_CIS_ACCOUNT',
						field: 'lineItems[0].accountCode',
						fix: expect.stringContaining('"Lines on CIS Accounts"'),
					},
				],
			});
		}
		expect(writes).toBe(0);
	});

	it.each([
		[
			BANK_TRANSACTION,
			{
				type: 'SPEND',
				'contact.name': 'Brick & Sons',
				'bankAccount.code': '090',
				date: '2026-11-20',
				reference: 'CARD-1',
			},
		],
		[MANUAL_JOURNAL, { narration: 'Bricklaying', date: '2026-11-20' }],
	])('are not told to be left out of what cannot lack them: %#', async (definition, fields) => {
		const world = await builder();
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const line = (accountCode: string, lineAmount: string) => ({
			fields: { description: 'Bricklaying', accountCode, lineAmount },
		});
		const draft: Draft = {
			...bill(),
			type: definition.type,
			fields,
			lines: [line('321', '100'), ...(definition === MANUAL_JOURNAL ? [line('429', '-100')] : [])],
			source: { table: 'object_1', knackRecordId: 'record-1' },
		};
		const context = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, definition, [draft], AS_DRAFT);
		expect(outcomes).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'XERO_CIS_ACCOUNT' }] },
		]);
		expect(outcomes[0]?.issues[0]?.fix).not.toContain('Send as Draft');
		expect(client.calls().writes).toBe(0);
	});

	it('are no matter where there is no scheme', async () => {
		const world = await xeroInMemory();
		const { outcomes } = await upsert(world, [bill({ accountCode: '429' })]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
	});

	it('are left to a person, who finds a draft without them; nothing that was set is touched', async () => {
		const world = await builder();
		const first = await upsert(world, [bill()], AS_DRAFT);
		expect(first.preview[0]).toMatchObject({
			outcome: 'wouldCreate',
			issues: [{ code: 'XERO_CIS_DRAFT', severity: 'warn' }],
		});
		expect(first.outcomes[0]).toMatchObject({
			outcome: 'created',
			document: { status: 'DRAFT', total: '1200.00' },
			issues: [{ code: 'XERO_CIS_DRAFT', severity: 'warn' }],
		});
		expect(stored(world)[0]?.lines[0]?.accountId).toBeUndefined();
		const again = await upsert(world, [bill()], AS_DRAFT);
		expect(again.outcomes[0]?.outcome).toBe('unchanged');
		expect(again.writes).toBe(0);
		approveOnScreen(world);
		const approved = await upsert(world, [bill()], AS_DRAFT);
		expect(approved.outcomes[0]).toMatchObject({
			outcome: 'unchanged',
			issues: [],
			document: { status: 'AUTHORISED', total: '1200.00', amountDue: '1000.00' },
		});
		expect(approved.outcomes[0]?.summary).toContain('less GBP 200.00 CIS deduction');
		expect(approved.writes).toBe(0);
	});

	it.each(['DRAFT', 'AUTHORISED'])(
		'are said where a bill that is %s stays on another account',
		async (status) => {
			const world = await builder();
			await upsert(world, [bill({ accountCode: '429' }, { status })]);
			const { preview, outcomes, writes } = await upsert(world, [bill({}, { status })], AS_DRAFT);
			for (const [outcome] of [preview, outcomes]) {
				expect(outcome).toMatchObject({
					outcome: 'unchanged',
					issues: [{ code: 'XERO_CIS_DRAFT', field: 'lineItems' }],
				});
				expect(outcome?.issues[0]?.message).toContain(
					'line 1 is on 429 General Expenses instead of 321 CIS Labour Expense',
				);
			}
			expect(writes).toBe(0);
			// What the fix says works.
			approveOnScreen(world);
			const chosen = await upsert(world, [bill({}, { status: 'AUTHORISED' })], AS_DRAFT);
			expect(chosen.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		},
	);

	it('that a person has chosen are not lost by a change: what helps is said, and works', async () => {
		const world = await builder();
		await upsert(world, [bill({}, { status: 'DRAFT' })], AS_DRAFT);
		approveOnScreen(world);
		const changed = bill({ description: 'Bricklaying, first floor' });
		const { outcomes, writes } = await upsert(
			world,
			[{ ...changed, id: stored(world)[0]?.id }],
			AS_DRAFT,
		);
		expect(outcomes[0]?.outcome).toBe('blocked');
		const [cis] = outcomes[0]?.issues.filter(({ code }) => code === 'XERO_CIS_ACCOUNT') ?? [];
		expect(cis?.fix).toContain('Make the change in Xero');
		expect(cis?.fix).not.toContain('Send as Draft');
		expect(writes).toBe(0);
		const [invoice] = stored(world);
		world.sandbox.xero.editInvoice(
			{ invoiceId: invoice?.id ?? '' },
			{
				LineItems: [
					{
						LineItemID: invoice?.lines[0]?.lineItemId,
						Description: 'Bricklaying, first floor',
						AccountCode: '321',
					},
				],
			},
			BUILD_TENANT_ID,
		);
		expect((await upsert(world, [changed], AS_DRAFT)).outcomes[0]).toMatchObject({
			outcome: 'unchanged',
			issues: [],
		});
	});

	it('leave what is due net of the deduction, for payments and for open credit', async () => {
		const world = await builder();
		await upsert(world, [bill()], AS_DRAFT);
		approveOnScreen(world);
		const { client } = world;
		await client.write({
			method: 'PUT',
			path: '/BankTransactions',
			body: {
				BankTransactions: [
					{
						Type: 'SPEND-PREPAYMENT',
						Contact: { Name: 'Brick & Sons' },
						BankAccount: { Code: '090' },
						Date: '2026-10-01',
						LineAmountTypes: 'NoTax',
						LineItems: [{ Description: 'Ahead', UnitAmount: 1100, AccountCode: '429' }],
					},
				],
			},
			idempotencyKey: 'a deposit',
		});
		const options: UpsertOptions = { ...AS_DRAFT, openCredit: 'ofContact' };
		const { preview, outcomes } = await upsert(world, [bill()], options);
		expect(preview[0]?.operations).toEqual([
			'Use GBP 1,000.00 of deposit of 2026-10-01; nothing is due any more',
		]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			document: { status: 'PAID', amountDue: '0.00' },
		});
		const [element] = world.sandbox.xero.invoices(BUILD_TENANT_ID);
		const read = readInvoiceSnapshot(element);
		const today = calendarDate('2026-11-22');
		expect(read.ok && today && paymentStateOf(read.value, today)).toMatchObject({ state: 'paid' });
	});

	it('are not credited by a credit note that Xero would take as a draft alone', async () => {
		const world = await builder();
		const source = { table: 'object_1', knackRecordId: 'record-1' };
		await upsert(world, [{ ...bill(), source }], AS_DRAFT);
		approveOnScreen(world);
		const changed = { ...bill({ unitAmount: '1100' }), source };
		const { preview, outcomes, writes } = await upsert(world, [changed], {
			...AS_DRAFT,
			issuedDocuments: 'creditNote',
			booksClosedUntil: calendarDate('2026-11-20'),
		});
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.operations).toBeUndefined();
			expect(outcome?.issues[0]).toMatchObject({
				code: 'XERO_CLOSED_PERIOD_EDIT',
				message: expect.stringContaining('under the Construction Industry Scheme'),
			});
		}
		expect(writes).toBe(0);
		expect(world.sandbox.xero.organisation(BUILD_TENANT_ID).creditNotes.all()).toEqual([]);
	});
});

describe('the domestic reverse charge', () => {
	const sale = (fields: FieldValues = {}): Draft => ({
		...bill({ accountCode: '200', taxType: 'DRCHARGESUPPLY20' }, fields),
		type: 'salesInvoice',
	});

	it('is a tax rate, and wants the tax number of the customer', async () => {
		const world = await builder();
		const { preview, outcomes } = await upsert(world, [sale()]);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.issues).toMatchObject([{ code: 'XERO_REVERSE_CHARGE', severity: 'warn' }]);
		}
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			document: { total: '1000.00', totalTax: '0.00' },
		});
	});

	it('is content with one that the record or Xero has', async () => {
		const world = await builder();
		const given = await upsert(world, [sale({ 'contact.taxNumber': 'GB123456789' })]);
		expect(given.outcomes[0]?.issues).toEqual([]);
		const known = await upsert(world, [sale({ invoiceNumber: 'B-2' })]);
		expect(known.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
	});
});
