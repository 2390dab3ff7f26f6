import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { REMOVED, reachableStatuses } from '../../lib/sync/status/statusWish';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

const LINES: readonly FieldValues[] = [
	{
		description: 'Labour',
		quantity: '1',
		unitAmount: '100',
		accountCode: '200',
		taxType: 'OUTPUT2',
	},
];
const HEADER: FieldValues = { 'contact.name': 'Acme', date: '2026-11-20' };

function named(type: DocumentType, fields: FieldValues, more: Partial<Draft> = {}): Draft {
	return { type, itemIndexes: [0], fields, source: {}, issues: [], ...more };
}

async function have(world: XeroInMemory, drafts: readonly Draft[]): Promise<string[]> {
	const { client, settings, clock, turns } = world;
	const [first] = drafts;
	if (!first) return [];
	const context = { client, settings, clock, turns };
	const { outcomes } = await upsertDocuments(context, definitionOf(first.type), drafts);
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(drafts.map(() => 'created'));
	return outcomes.map(({ document }) => document.id ?? '');
}

const invoice = (number: string, status = 'DRAFT') =>
	named(
		'salesInvoice',
		{ ...HEADER, dueDate: '2026-12-20', invoiceNumber: number, status },
		{ lines: LINES.map((fields) => ({ fields })) },
	);

async function move(world: XeroInMemory, drafts: readonly Draft[], wish: string) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const definition = definitionOf(drafts[0]?.type ?? 'salesInvoice');
	const preview = await previewStatusChange(context, definition, drafts, wish);
	expect(client.calls().writes).toBe(0);
	const { outcomes } = await changeStatus(context, definition, drafts, wish);
	const would = preview.outcomes.map(({ outcome }) => outcome.replace('wouldUpdate', 'updated'));
	expect(would).toEqual(outcomes.map(({ outcome }) => outcome));
	expect(preview.expectedCalls).toBe(client.calls().writes);
	expect(preview.outcomes.map(({ operations }) => operations)).toEqual(
		outcomes.map(({ operations }) => operations),
	);
	// What is moved says so, and nothing else does.
	expect(outcomes.map(({ operations = [] }) => operations.length)).toEqual(
		outcomes.map(({ outcome }) => (outcome === 'updated' ? 1 : 0)),
	);
	return { outcomes, writes: client.calls().writes };
}

describe('changing the status', () => {
	it('of many invoices by their numbers is one call, and none the second time', async () => {
		const world = await xeroInMemory();
		await have(world, [invoice('INV-1'), invoice('INV-2'), invoice('INV-3', 'SUBMITTED')]);
		const drafts = ['INV-1', 'inv-2', 'INV-3'].map((invoiceNumber) =>
			named('salesInvoice', { invoiceNumber }),
		);
		const first = await move(world, drafts, 'AUTHORISED');
		expect(first.writes).toBe(1);
		expect(first.outcomes.map(({ outcome, document }) => [outcome, document.status])).toEqual(
			drafts.map(() => ['updated', 'AUTHORISED']),
		);
		expect(first.outcomes[2]?.changes).toEqual([
			{ field: 'status', before: 'SUBMITTED', after: 'AUTHORISED' },
		]);
		expect(first.outcomes[2]?.operations).toEqual([
			'Change sales invoice INV-3: Awaiting Approval to Approved',
		]);
		const again = await move(world, drafts, 'AUTHORISED');
		expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(drafts.map(() => 'unchanged'));
		expect(again.writes).toBe(0);
	});

	it('takes documents out by the way that their status allows, and leaves them out', async () => {
		const world = await xeroInMemory();
		const ids = await have(world, [invoice('INV-1'), invoice('INV-2', 'AUTHORISED')]);
		const drafts = ids.map((id) => named('salesInvoice', {}, { id }));
		const first = await move(world, drafts, REMOVED);
		expect(first.outcomes.map(({ document }) => document.status)).toEqual(['DELETED', 'VOIDED']);
		expect(await move(world, drafts, REMOVED)).toMatchObject({
			writes: 0,
			outcomes: [{ outcome: 'unchanged' }, { outcome: 'unchanged' }],
		});
	});

	it('is carried out again at once where somebody has undone it in Xero meanwhile', async () => {
		const world = await xeroInMemory();
		const fields = { ...HEADER, quoteNumber: 'Q-1' };
		await have(world, [named('quote', fields, { lines: LINES.map((each) => ({ fields: each })) })]);
		const drafts = [named('quote', { quoteNumber: 'Q-1' })];
		const { quotes } = world.sandbox.xero.organisation();
		for (const round of [1, 2]) {
			world.sandbox.clock.advance(30_000);
			expect(await move(world, drafts, 'SENT')).toMatchObject({
				outcomes: [{ outcome: 'updated', document: { status: 'SENT' } }],
			});
			expect([round, quotes.all()[0]?.status]).toEqual([round, 'SENT']);
			world.sandbox.clock.advance(30_000);
			for (const quote of quotes.all()) {
				quotes.put(quote.id, { ...quote, status: 'DRAFT', updatedMs: world.clock.now() });
			}
		}
	});

	it('is refused with its reason where Xero would refuse it', async () => {
		const world = await xeroInMemory();
		await have(world, [invoice('INV-1', 'AUTHORISED'), invoice('INV-2', 'AUTHORISED')]);
		world.sandbox.xero.recordPayment({ invoiceNumber: 'INV-1', amount: '20.00' });
		const drafts = ['INV-1', 'INV-9'].map((invoiceNumber) =>
			named('salesInvoice', { invoiceNumber }),
		);
		const removed = await move(world, drafts, 'VOIDED');
		expect(removed.writes).toBe(0);
		expect(removed.outcomes).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'XERO_PAID_DOCUMENT_EDIT' }] },
			{ outcome: 'held', issues: [{ code: 'XERO_NOT_FOUND_TO_UPDATE' }] },
		]);
		const back = await move(world, [named('salesInvoice', { invoiceNumber: 'INV-2' })], 'DRAFT');
		expect(back.outcomes[0]).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_STATUS_MOVE', fix: 'From here it can become voided.' }],
		});
	});

	it('of the same record twice in a run moves it once; of two that differ, only one way', async () => {
		const world = await xeroInMemory();
		await have(world, [invoice('INV-1')]);
		const draft = named('salesInvoice', { invoiceNumber: 'INV-1' });
		const other = named('salesInvoice', { invoiceNumber: 'INV-1', status: 'SUBMITTED' });
		const { outcomes, writes } = await move(world, [draft, draft, other], 'AUTHORISED');
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged', 'blocked']);
		expect(writes).toBe(1);
	});

	it.each([
		['AUTHORISED', 'VOIDED', ['unchanged', 'blocked']],
		['VOIDED', 'AUTHORISED', ['updated', 'blocked']],
	])(
		'goes one way where one of two records wants it as it is: %s, %s',
		async (first, second, told) => {
			const world = await xeroInMemory();
			await have(world, [invoice('INV-1', 'AUTHORISED')]);
			const drafts = [first, second].map((status) =>
				named('salesInvoice', { invoiceNumber: 'INV-1', status }),
			);
			const { outcomes, writes } = await move(world, drafts, 'AUTHORISED');
			expect(outcomes.map(({ outcome }) => outcome)).toEqual(told);
			expect(outcomes[1]?.issues).toMatchObject([{ code: 'XERO_DUPLICATE_IN_BATCH' }]);
			expect(writes).toBe(first === 'VOIDED' ? 1 : 0);
		},
	);

	it('leaves what was approved and is paid by now', async () => {
		const world = await xeroInMemory();
		await have(world, [invoice('INV-1', 'AUTHORISED')]);
		world.sandbox.xero.recordPayment({ invoiceNumber: 'INV-1', amount: '120.00' });
		const paid = [named('salesInvoice', { invoiceNumber: 'INV-1' })];
		const { outcomes, writes } = await move(world, paid, 'AUTHORISED');
		expect(outcomes).toMatchObject([
			{ outcome: 'unchanged', issues: [], document: { status: 'PAID' } },
		]);
		expect(writes).toBe(0);
		expect((await move(world, paid, 'DRAFT')).outcomes[0]).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_STATUS_MOVE' }],
		});
	});

	it('sends, accepts and declines quotes, keeping their lines', async () => {
		const world = await xeroInMemory();
		const fields = { ...HEADER, quoteNumber: 'Q-1', reference: 'JOB-1' };
		await have(world, [named('quote', fields, { lines: LINES.map((each) => ({ fields: each })) })]);
		const byReference = [named('quote', { reference: 'JOB-1' })];
		await move(world, byReference, 'SENT');
		const { outcomes } = await move(world, byReference, 'ACCEPTED');
		expect(outcomes[0]).toMatchObject({
			outcome: 'updated',
			document: { status: 'ACCEPTED', total: '120.00' },
		});
		expect((await move(world, byReference, 'DRAFT')).outcomes[0]?.outcome).toBe('blocked');
	});

	it('archives contacts and tracking options, restores options, closes and reopens projects', async () => {
		const world = await xeroInMemory();
		await have(world, [named('contact', { name: 'Owner' })]);
		await have(world, [named('project', { contactId: 'Owner', name: 'Roof' })]);
		const option = named('trackingOption', { trackingCategoryID: 'Region', name: 'JOB-1' });
		await have(world, [option]);
		const project = named('project', { name: 'Roof' });
		const statusAfter = async (draft: Draft, wish: string) =>
			(await move(world, [draft], wish)).outcomes[0]?.document.status;
		expect(await statusAfter(project, 'CLOSED')).toBe('CLOSED');
		expect(await statusAfter(project, 'INPROGRESS')).toBe('INPROGRESS');
		expect(await statusAfter(option, 'ARCHIVED')).toBe('ARCHIVED');
		expect(await statusAfter(option, 'ACTIVE')).toBe('ACTIVE');
		expect(await statusAfter(named('contact', { name: 'Owner' }), 'ARCHIVED')).toBe('ARCHIVED');
	});

	it('archives nobody who is merely called alike', async () => {
		const world = await xeroInMemory();
		await have(world, [named('contact', { name: 'Mill & Sons Ltd' })]);
		const [outcome] = (
			await move(world, [named('contact', { name: 'Mill and Sons Limited' })], 'ARCHIVED')
		).outcomes;
		expect(outcome?.outcome).toBe('held');
		expect(outcome?.issues.map(({ code }) => code)).toEqual(['XERO_CONTACT_LOOKS_ALIKE']);
	});

	it('archives nobody of the same name who has another e-mail address, or another name and address', async () => {
		const world = await xeroInMemory();
		await have(world, [
			named('contact', { name: 'John Smith', contactNumber: 'C-1', emailAddress: 'a@js.example' }),
		]);
		const others: readonly FieldValues[] = [
			{ name: 'John Smith', emailAddress: 'b@other.example' },
			{ name: 'Vera Klein', contactNumber: 'C-1', emailAddress: 'b@other.example' },
		];
		for (const fields of others) {
			const { outcomes, writes } = await move(world, [named('contact', fields)], 'ARCHIVED');
			expect(outcomes).toMatchObject([
				{ outcome: 'held', issues: [{ code: 'XERO_CONTACT_CONTRADICTED' }] },
			]);
			expect(writes).toBe(0);
		}
		// What the message advises.
		const known = named('contact', {
			name: 'John Smith',
			contactNumber: 'C-1',
			emailAddress: 'b@other.example',
		});
		expect((await move(world, [known], 'ARCHIVED')).outcomes[0]?.outcome).toBe('updated');
	});

	it('archives once whom two records lead to in two ways', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([{ name: 'Owner', contactNumber: 'C-1' }]);
		const drafts = [
			named('contact', { name: 'Owner' }),
			named('contact', { contactNumber: 'C-1' }),
		];
		const { outcomes, writes } = await move(world, drafts, 'ARCHIVED');
		expect(outcomes).toMatchObject([
			{ outcome: 'updated', issues: [] },
			{ outcome: 'unchanged', issues: [] },
		]);
		expect(writes).toBe(1);
	});

	it('deletes a payment, after which its invoice is open again', async () => {
		const world = await xeroInMemory();
		await have(world, [invoice('INV-1', 'AUTHORISED')]);
		const payment = named('payment', {
			'invoice.number': 'INV-1',
			reference: 'DEP-1',
			date: '2026-11-21',
			amount: '20',
			'account.code': '090',
		});
		await have(world, [payment]);
		const { outcomes } = await move(world, [payment], 'DELETED');
		expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { status: 'DELETED' } });
		expect(world.sandbox.xero.organisation().invoices.all()[0]?.amountDue.toFixed(2)).toBe(
			'120.00',
		);
		expect((await move(world, [payment], 'DELETED')).outcomes[0]?.outcome).toBe('unchanged');
	});

	it('offers the statuses that a document can be moved to', () => {
		expect(reachableStatuses(DOCUMENTS.salesInvoice)).toEqual(
			expect.arrayContaining(['SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED', REMOVED]),
		);
		expect(reachableStatuses(DOCUMENTS.quote)).toContain('ACCEPTED');
		expect(reachableStatuses(DOCUMENTS.contact)).toEqual(['ARCHIVED']);
		expect(reachableStatuses(DOCUMENTS.item)).toEqual([]);
	});
});
