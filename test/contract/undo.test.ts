import type { Draft } from '../../lib/sync/draft';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import type { UndoOptions } from '../../lib/sync/undo/plan';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const OPTIONS = { archivesContacts: false, reason: 'it was sent to Xero in error.' };

describe('undo of a run', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function run(
		type: DocumentType,
		drafts: readonly Draft[],
		more: Partial<UpsertOptions> = {},
	): Promise<unknown[]> {
		world.sandbox.clock.advance(1_000);
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const { clock, turns } = world;
		const report = await upsertDocuments(
			{ client, settings, clock, turns },
			DOCUMENTS[type],
			drafts,
			{ ...DEFAULT_OPTIONS, ...more },
		);
		return report.outcomes.map((outcome) => JSON.parse(JSON.stringify(shownOutcome(outcome))));
	}

	/** Previews and undoes: both list the same operations, and end in the same. */
	async function takeBack(items: readonly unknown[], more: Partial<UndoOptions> = {}) {
		world.sandbox.clock.advance(1_000);
		const rans = items.map((json, index) => {
			const read = readRanOutcome(json, index);
			if (!read.ok) throw new Error(read.failure.message);
			return read.value;
		});
		const options = { ...OPTIONS, ...more };
		const previewing = world.anotherClient();
		const settings = await readOrganisationSettings(previewing);
		const { clock, turns } = world;
		const preview = await previewUndo(
			{ client: previewing, settings, clock, turns },
			rans,
			options,
		);
		expect(previewing.calls().writes).toBe(0);
		const client = world.anotherClient();
		const report = await undo({ client, settings, clock, turns }, rans, options);
		expect(preview.outcomes.map(({ outcome }) => outcome.replace('wouldUndo', 'undone'))).toEqual(
			report.outcomes.map(({ outcome }) => outcome),
		);
		expect(preview.outcomes.map(({ operations }) => operations)).toEqual(
			report.outcomes.map(({ operations }) => operations),
		);
		return {
			outcomes: report.outcomes.map(({ outcome }) => outcome),
			summaries: report.outcomes.map(({ summary }) => summary),
			codes: report.outcomes.map(({ issues }) => issues.map(({ code }) => code)),
			fixes: report.outcomes.map(({ issues }) => issues.map(({ fix }) => fix)),
			writes: client.calls().writes,
			foreseen: preview.expectedCalls,
		};
	}

	const person = () => world.sandbox.xero.person;
	const ledger = () => world.sandbox.xero.organisation();
	const invoice = (fields: FieldValues = {}, lines = DOCUMENT_CASES.salesInvoice.lines) => ({
		...draftOf('salesInvoice', { ...DOCUMENT_CASES.salesInvoice, lines }),
		fields: { ...DOCUMENT_CASES.salesInvoice.fields, status: 'AUTHORISED', ...fields },
	});
	const first = () => {
		const [row] = ledger().invoices.all();
		if (!row) throw new Error('There is no invoice.');
		return row;
	};
	const send = () => ledger().invoices.put(first().id, { ...first(), sentToContact: true });

	const STAYING: Readonly<Partial<Record<DocumentType, string>>> = {
		contact: 'skipped',
		project: 'held',
	};

	it.each(Object.keys(DOCUMENT_CASES) as DocumentType[])(
		'takes a new %s back as far as Xero can, and nothing the second time',
		async (type) => {
			const record = DOCUMENT_CASES[type];
			await record.before?.(world);
			const items = await run(type, [draftOf(type, record)]);
			const once = await takeBack(items);
			const stays = STAYING[type];
			expect(once.outcomes).toEqual([stays ?? 'undone']);
			expect(once.writes).toBe(stays ? 0 : 1);
			expect(once.foreseen).toBe(once.writes);
			const again = await takeBack(items);
			expect(again.outcomes).toEqual([stays ?? 'unchanged']);
			expect(again.writes).toBe(0);
		},
	);

	it('says that what the run changed of a contact stays', async () => {
		await run('contact', [draftOf('contact', DOCUMENT_CASES.contact)]);
		const items = await run('salesInvoice', [invoice({ 'contact.firstName': 'Eve' })], {
			contactPolicy: 'matchCreateOrUpdate',
		});
		expect(items).toMatchObject([{ outcome: 'created' }]);
		const { outcomes, codes } = await takeBack(items);
		expect(codes).toEqual([['UNDO_NOT_POSSIBLE']]);
		expect(outcomes).toEqual(['undone']);
	});

	describe('of what is approved', () => {
		it('voids what nobody has, while its period is open', async () => {
			const items = await run('salesInvoice', [invoice()]);
			const { summaries } = await takeBack(items);
			expect(summaries).toEqual([
				'Undid sales invoice INV-1 for Acme: Change sales invoice INV-1: Approved to Voided',
			]);
			expect(first().status).toBe('VOIDED');
		});

		it('credits what the customer has, today, in full and once', async () => {
			const items = await run('salesInvoice', [invoice()]);
			send();
			const { summaries } = await takeBack(items);
			expect(summaries[0]).toBe(
				'Undid sales invoice INV-1 for Acme: Credit note for INV-1 of 79.80 GBP, dated today; Allocate it to INV-1',
			);
			expect(first()).toMatchObject({ status: 'PAID', date: '2026-11-20' });
			const [note] = ledger().creditNotes.all();
			expect(note).toMatchObject({ status: 'PAID', date: '2026-11-22' });
			expect(note?.reference).toMatch(/^Undo INV-1 \(\S{8}\)$/);
			expect(note?.lines.at(-1)?.description).toBe(
				'Takes back INV-1 of 2026-11-20: it was sent to Xero in error.',
			);
			const again = await takeBack(items);
			expect(again).toMatchObject({ outcomes: ['unchanged'], writes: 0 });
			expect(ledger().creditNotes.all()).toHaveLength(1);
		});

		it('credits what lies in a period that was closed since, also of a bill', async () => {
			const bill = {
				...draftOf('bill', DOCUMENT_CASES.bill),
				fields: { ...DOCUMENT_CASES.bill.fields, status: 'AUTHORISED' },
			};
			const items = [...(await run('salesInvoice', [invoice()])), ...(await run('bill', [bill]))];
			person().setOrganisation({ periodLockDate: '2026-11-20' });
			expect((await takeBack(items)).outcomes).toEqual(['undone', 'undone']);
			expect(
				ledger()
					.invoices.all()
					.map(({ status }) => status),
			).toEqual(['PAID', 'PAID']);
			expect((await takeBack(items)).writes).toBe(0);
		});

		it('credits once, also by two workers at once', async () => {
			const items = await run('salesInvoice', [invoice()]);
			send();
			const rans = items.flatMap((json, index) => {
				const read = readRanOutcome(json, index);
				return read.ok ? [read.value] : [];
			});
			const worker = async () => {
				const client = world.anotherClient();
				const settings = await readOrganisationSettings(client);
				const turns = new Turns();
				const { clock } = world;
				return await undo(
					{ client, settings, clock, turns, lookedUpAtMs: clock.now() },
					rans,
					OPTIONS,
				);
			};
			await Promise.all([worker(), worker()]);
			await takeBack(items);
			const live = ledger()
				.creditNotes.all()
				.filter(({ status }) => !['DELETED', 'VOIDED'].includes(status));
			expect(live.map(({ status }) => status)).toEqual(['PAID']);
			expect(first().status).toBe('PAID');
		});

		it('says where the period is opened that nothing of today takes a document out of', async () => {
			const items = await run('salesCreditNote', [
				draftOf('salesCreditNote', DOCUMENT_CASES.salesCreditNote),
			]);
			const [note] = ledger().creditNotes.all();
			ledger().creditNotes.put(note?.id ?? '', { ...Object(note), status: 'AUTHORISED' });
			const approved = items.map((item) => {
				const { document, ...others } = Object(item);
				return { ...others, document: { ...document, status: 'AUTHORISED' } };
			});
			const { codes, fixes, writes } = await takeBack(approved, {
				booksClosedUntil: note?.date ?? '',
			});
			expect(codes).toEqual([['UNDO_CLOSED_PERIOD']]);
			expect(fixes[0]?.[0]).toContain('move Books Closed Until under Undo Options');
			expect(writes).toBe(0);
		});

		it('reverses a journal of a closed period today', async () => {
			const record = DOCUMENT_CASES.manualJournal;
			const draft = draftOf('manualJournal', record, { status: 'POSTED' });
			const items = await run('manualJournal', [draft]);
			person().setOrganisation({ periodLockDate: '2026-11-20' });
			const { summaries } = await takeBack(items);
			expect(summaries[0]).toContain('New manual journal that reverses it, dated 2026-11-22');
			expect((await takeBack(items)).writes).toBe(0);
			expect(ledger().manualJournals.all()).toHaveLength(2);
		});

		it('leaves what is paid, and takes payments of the run itself off first', async () => {
			const invoices = await run('salesInvoice', [invoice()]);
			const payments = await run('payment', [draftOf('payment', DOCUMENT_CASES.payment)]);
			expect((await takeBack(invoices)).codes).toEqual([['UNDO_PAID']]);
			expect(first().status).toBe('AUTHORISED');
			expect((await takeBack([...invoices, ...payments])).outcomes).toEqual(['undone', 'undone']);
			expect(first().status).toBe('VOIDED');
		});

		it('never deletes a payment that is reconciled, and says what to do', async () => {
			const invoices = await run('salesInvoice', [invoice()]);
			const payments = await run('payment', [draftOf('payment', DOCUMENT_CASES.payment)]);
			const [row] = ledger().payments.all();
			if (row) ledger().payments.put(row.paymentId, { ...row, isReconciled: true });
			const { codes, writes } = await takeBack([...invoices, ...payments]);
			expect(codes).toEqual([['UNDO_RECONCILED'], ['UNDO_PAID']]);
			expect(writes).toBe(0);
		});

		it('takes a credit note of the run off its invoice before both go', async () => {
			const invoices = await run('salesInvoice', [invoice()]);
			const record = DOCUMENT_CASES.salesCreditNote;
			const note = draftOf('salesCreditNote', record, {
				status: 'AUTHORISED',
				'allocation.invoiceNumber': 'INV-1',
				'allocation.amount': '10',
			});
			const notes = await run('salesCreditNote', [note]);
			expect(first().amountCredited.toFixed(2)).toBe('10.00');
			const { outcomes, writes, foreseen } = await takeBack([...invoices, ...notes]);
			expect(outcomes).toEqual(['undone', 'undone']);
			expect(writes).toBe(foreseen);
			expect(ledger().creditNotes.all()[0]?.status).toBe('VOIDED');
		});

		it('leaves what somebody works with', async () => {
			const items = await run('salesInvoice', [invoice({ status: 'DRAFT' })]);
			person().approveInvoice({ invoiceId: first().id });
			const { codes, summaries } = await takeBack(items);
			expect(codes).toEqual([['UNDO_EDITED']]);
			expect(summaries[0]).toContain('was changed in Xero since the run (status)');
		});
	});

	it('archives a contact of the run only when asked', async () => {
		const items = await run('contact', [draftOf('contact', DOCUMENT_CASES.contact)]);
		expect((await takeBack(items, { archivesContacts: true })).outcomes).toEqual(['undone']);
		expect((await takeBack(items, { archivesContacts: true })).outcomes).toEqual(['unchanged']);
	});

	describe('of what was changed', () => {
		const draft = (fields: FieldValues = {}, price = '33.25') =>
			invoice({ status: 'DRAFT', ...fields }, [
				{
					description: 'Labour',
					quantity: '2',
					unitAmount: price,
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
				{
					description: 'Pipe',
					quantity: '1',
					unitAmount: '5',
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			]);

		it('gives a draft its fields and prices back, and nothing the second time', async () => {
			await run('salesInvoice', [draft()]);
			const items = await run('salesInvoice', [draft({ dueDate: '2027-01-15' }, '40')]);
			expect(first()).toMatchObject({ dueDate: '2027-01-15' });
			const { outcomes } = await takeBack(items);
			expect(outcomes).toEqual(['undone']);
			expect(first()).toMatchObject({ dueDate: '2026-12-20' });
			expect(first().lines.map(({ unitAmount }) => unitAmount?.toString())).toEqual(['33.25', '5']);
			expect(await takeBack(items)).toMatchObject({ outcomes: ['unchanged'], writes: 0 });
		});

		it('leaves what a person has changed since, and says so', async () => {
			await run('salesInvoice', [draft({ reference: 'A' })]);
			const items = await run('salesInvoice', [draft({ reference: 'B', dueDate: '2027-01-15' })]);
			person().editInvoice({ invoiceId: first().id }, { Reference: 'C' });
			const { outcomes, codes } = await takeBack(items);
			expect(outcomes).toEqual(['undone']);
			expect(codes).toEqual([['UNDO_KEPT_EDITS']]);
			expect(first()).toMatchObject({ reference: 'C', dueDate: '2026-12-20' });
		});

		it('leaves what was issued by then to a person', async () => {
			await run('salesInvoice', [draft()]);
			const items = await run('salesInvoice', [draft({ dueDate: '2027-01-15' })]);
			person().approveInvoice({ invoiceId: first().id });
			send();
			expect((await takeBack(items)).codes).toEqual([['UNDO_ISSUED']]);
		});

		it('does not take an approval back', async () => {
			await run('salesInvoice', [draft()]);
			const items = await run('salesInvoice', [draft({ status: 'AUTHORISED' })]);
			expect((await takeBack(items)).codes).toEqual([['UNDO_APPROVED']]);
		});

		it('takes a document that was made and changed back as one', async () => {
			const items = [
				...(await run('salesInvoice', [draft()])),
				...(await run('salesInvoice', [draft({ dueDate: '2027-01-15' })])),
			];
			expect((await takeBack(items)).outcomes).toEqual(['undone']);
			expect(first().status).toBe('DELETED');
		});
	});

	it.each([
		['an item of another node', { id: 7 }],
		['a document that is none', { outcome: 'created', document: { type: 'letter' } }],
		[
			'an item of Payment Status to Knack',
			{ outcome: 'updated', document: { type: 'salesInvoice' }, payment: {} },
		],
	])('refuses %s by name', (_what, json) => {
		const read = readRanOutcome(json, 0);
		expect(read.ok ? [] : [read.failure.code]).toEqual(['UNDO_ITEM_UNREADABLE']);
	});

	it('does not guess what a run did that ended in the middle', async () => {
		const [item] = await run('salesInvoice', [invoice()]);
		const { codes, writes } = await takeBack([{ ...Object(item), outcome: 'failed' }]);
		expect(codes).toEqual([['UNDO_OUTCOME_UNCLEAR']]);
		expect(writes).toBe(0);
	});
});
