import type { Draft } from '../../lib/sync/draft';
import { decimal } from '../../lib/money';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const OPTIONS = { archivesContacts: false, reason: 'it was sent to Xero in error.' };

interface Item {
	readonly outcome: string;
	readonly document: Readonly<Record<string, unknown>>;
	readonly changes: unknown;
}

/** Items that a person has edited or mixed, and documents that others work with meanwhile. */
describe('Undo leaves what is not of the run', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function run(
		type: DocumentType,
		drafts: readonly Draft[],
		options: Partial<UpsertOptions> = {},
	): Promise<Item[]> {
		world.sandbox.clock.advance(1_000);
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const { clock, turns } = world;
		const report = await upsertDocuments(
			{ client, settings, clock, turns },
			DOCUMENTS[type],
			drafts,
			{ ...DEFAULT_OPTIONS, ...options },
		);
		return report.outcomes.map((outcome) => JSON.parse(JSON.stringify(shownOutcome(outcome))));
	}

	async function takeBack(items: readonly unknown[]) {
		world.sandbox.clock.advance(1_000);
		const reads = items.map((json, index) => readRanOutcome(json, index));
		const unread = reads.flatMap((read) => (read.ok ? [] : [read.failure.code]));
		const rans = reads.flatMap((read) => (read.ok ? [read.value] : []));
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const { clock, turns } = world;
		const context = { client, settings, clock, turns };
		const preview = await previewUndo(context, rans, OPTIONS);
		const report = await undo(context, rans, OPTIONS);
		return {
			unread,
			foreseen: preview.outcomes.map(({ outcome }) => outcome),
			outcomes: report.outcomes.map(({ outcome }) => outcome),
			summaries: report.outcomes.map(({ summary }) => summary),
			codes: report.outcomes.map(({ issues }) => issues.map(({ code }) => code)),
			writes: client.calls().writes,
		};
	}

	const person = () => world.sandbox.xero.person;
	const ledger = () => world.sandbox.xero.organisation();
	const invoice = (fields: FieldValues = {}) => ({
		...draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice),
		fields: { ...DOCUMENT_CASES.salesInvoice.fields, status: 'AUTHORISED', ...fields },
	});
	const first = () => {
		const [row] = ledger().invoices.all();
		if (!row) throw new Error('There is no invoice.');
		return row;
	};

	it('takes no item that was cut down to an id for one of a run', async () => {
		await run('salesInvoice', [invoice()]);
		const { unread, writes } = await takeBack([
			{ outcome: 'created', document: { type: 'salesInvoice', id: first().id } },
		]);
		expect(unread).toEqual(['UNDO_ITEM_UNREADABLE']);
		expect(writes).toBe(0);
	});

	it.each(Object.keys(DOCUMENT_CASES) as DocumentType[])(
		'takes no %s for gone that is in another organisation',
		async (type) => {
			await DOCUMENT_CASES[type].before?.(world);
			const [item] = await run(type, [draftOf(type, DOCUMENT_CASES[type])]);
			const id = '11111111-2222-4333-8444-555555555555';
			const url = DOCUMENTS[type].link(id, '!other');
			const theirs = { ...item, document: { ...item?.document, id, url } };
			const { outcomes, foreseen, codes } = await takeBack([theirs]);
			expect(outcomes).toEqual(['blocked']);
			expect(foreseen).toEqual(['blocked']);
			expect(codes).toEqual([['UNDO_OTHER_ORGANISATION']]);
		},
	);

	it('gives back what a person wrote between two runs', async () => {
		await run('salesInvoice', [invoice({ status: 'DRAFT', reference: 'A' })]);
		const one = await run('salesInvoice', [invoice({ status: 'DRAFT', reference: 'B' })]);
		person().editInvoice({ invoiceId: first().id }, { Reference: 'C' });
		const two = await run('salesInvoice', [invoice({ status: 'DRAFT', reference: 'D' })], {
			accountantEdits: 'knackWins',
		});
		expect(first().reference).toBe('D');
		expect((await takeBack([...two, ...one])).outcomes).toEqual(['undone']);
		expect(first().reference).toBe('C');
	});

	it('does not take a document for credited in full of which a part is', async () => {
		const items = await run('salesInvoice', [invoice()]);
		ledger().invoices.put(first().id, { ...first(), sentToContact: true });
		expect((await takeBack(items)).outcomes).toEqual(['undone']);
		const [allocation] = ledger().allocations.all();
		if (!allocation) throw new Error('Nothing is allocated.');
		ledger().allocations.put(allocation.allocationId, {
			...allocation,
			amount: decimal('50'),
		});
		const credited = { amountCredited: decimal('50'), status: 'AUTHORISED' as const };
		ledger().invoices.put(first().id, { ...first(), ...credited });
		const { codes, writes } = await takeBack(items);
		expect(codes).toEqual([['UNDO_PAID']]);
		expect(writes).toBe(0);
	});

	it('leaves a document that bears the link of another record', async () => {
		const [item] = await run('salesInvoice', [
			{ ...invoice(), source: { applicationId: 'app1', table: 'object_2', knackRecordId: 'r1' } },
		]);
		const forged = {
			...item,
			source: { applicationId: 'app1', table: 'object_2', knackRecordId: 'r2' },
		};
		const { codes, writes } = await takeBack([forged]);
		expect(codes).toEqual([['UNDO_EDITED']]);
		expect(writes).toBe(0);
	});

	it('leaves a bill whose id stands in the item of an invoice', async () => {
		const [item] = await run('salesInvoice', [invoice()]);
		await run('bill', [draftOf('bill', DOCUMENT_CASES.bill)]);
		const bill = ledger()
			.invoices.all()
			.find(({ type }) => type === 'ACCPAY');
		const forged = { ...item, document: { ...item?.document, id: bill?.id } };
		const { writes } = await takeBack([forged]);
		expect(writes).toBe(0);
	});

	it('leaves a quote that the customer has accepted since', async () => {
		const draft = draftOf('quote', DOCUMENT_CASES.quote);
		const items = await run('quote', [{ ...draft, fields: { ...draft.fields, status: 'SENT' } }]);
		const [quote] = ledger().quotes.all();
		if (quote) ledger().quotes.put(quote.id, { ...quote, status: 'ACCEPTED' });
		const { codes, writes } = await takeBack(items);
		expect(codes).toEqual([['UNDO_EDITED']]);
		expect(writes).toBe(0);
	});

	it('leaves a credit note of which a person has put more against the same invoice', async () => {
		await run('salesInvoice', [invoice()]);
		const note = draftOf('salesCreditNote', DOCUMENT_CASES.salesCreditNote, {
			status: 'AUTHORISED',
			'allocation.invoiceNumber': 'INV-1',
			'allocation.amount': '10',
		});
		const notes = await run('salesCreditNote', [note]);
		const [own] = ledger().allocations.all();
		const [credit] = ledger().creditNotes.all();
		if (!own || !credit) throw new Error('Nothing is allocated.');
		const allocationId = '11111111-2222-4333-8444-555555555555';
		ledger().allocations.put(allocationId, { ...own, allocationId, amount: decimal('20') });
		const allocationIds = [...credit.allocationIds, allocationId];
		ledger().creditNotes.put(credit.id, { ...credit, allocationIds });
		const { codes, writes } = await takeBack(notes);
		expect(codes).toEqual([['UNDO_PAID']]);
		expect(writes).toBe(0);
	});

	describe('purchase orders', () => {
		const order = () => {
			const draft = draftOf('purchaseOrder', DOCUMENT_CASES.purchaseOrder);
			return { ...draft, fields: { ...draft.fields, status: 'AUTHORISED' } };
		};
		const bill = () => {
			const draft = draftOf('bill', DOCUMENT_CASES.bill);
			return { ...draft, fields: { ...draft.fields, purchaseOrder: 'PO-1', status: 'AUTHORISED' } };
		};
		const status = () => ledger().purchaseOrders.all()[0]?.status;

		it('that bills have closed stay with their bills', async () => {
			const orders = await run('purchaseOrder', [order()]);
			await run('bill', [bill()]);
			expect(status()).toBe('BILLED');
			const { codes, foreseen, writes } = await takeBack(orders);
			expect(codes).toEqual([['UNDO_EDITED']]);
			expect(foreseen).toEqual(['held']);
			expect(writes).toBe(0);
			expect(status()).toBe('BILLED');
		});

		it('go where their bills go in the same undo, and the preview says so', async () => {
			const orders = await run('purchaseOrder', [order()]);
			const bills = await run('bill', [bill()]);
			const { outcomes, foreseen } = await takeBack([...orders, ...bills]);
			expect(foreseen).toEqual(['wouldUndo', 'wouldUndo']);
			expect(outcomes).toEqual(['undone', 'undone']);
			expect(status()).toBe('DELETED');
		});

		it('go after an undo that died between a bill and its order', async () => {
			const orders = await run('purchaseOrder', [order()]);
			const bills = await run('bill', [bill()]);
			ledger().invoices.put(first().id, { ...first(), status: 'VOIDED' });
			expect(status()).toBe('BILLED');
			const { outcomes, foreseen } = await takeBack([...orders, ...bills]);
			// The bill is gone, and its order does not say so yet.
			expect(foreseen).toEqual(['wouldUndo', 'wouldUndo']);
			expect(outcomes).toEqual(['undone', 'undone']);
			expect(status()).toBe('DELETED');
		});
	});
});
