import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { REMOVED } from '../../lib/sync/status/statusWish';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertContext } from '../../lib/sync/upsertContext';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import { netByAccount } from '../support/netByAccount';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

/** By then the books are closed over the day of the records. */
const CLOSED = { booksClosedUntil: '2026-11-10' };
const CORRECTING = { ...DEFAULT_OPTIONS, ...CLOSED, issuedDocuments: 'creditNote' as const };

const OF_TYPE = {
	salesInvoice: { accountCode: '200', taxType: 'OUTPUT2' },
	bill: { accountCode: '429', taxType: 'INPUT2' },
};
type Type = keyof typeof OF_TYPE;

function record(type: Type, unitAmount = '33.335'): Draft {
	return {
		type,
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme Ltd',
			invoiceNumber: 'INV-7',
			date: '2026-11-02',
			dueDate: '2026-12-02',
			status: 'AUTHORISED',
		},
		lines: [{ fields: { description: 'Work', quantity: '3', unitAmount, ...OF_TYPE[type] } }],
		source: { knackRecordId: 'a1', table: 'object_2' },
		issues: [],
	};
}

/** As *Change Status* has it. */
function named(type: Type): Draft {
	const fields = { 'contact.name': 'Acme Ltd', invoiceNumber: 'INV-7' };
	return { ...record(type), fields, lines: undefined };
}

describe.each(['salesInvoice', 'bill'] as const)('a corrected %s', (type) => {
	const definition = definitionOf(type);
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	const ledger = () => world.sandbox.xero.organisation();
	const invoices = () => ledger().invoices.all();
	const creditNotes = () => ledger().creditNotes.all();

	function contextOf(port?: (inner: HttpPort) => HttpPort): UpsertContext {
		world.sandbox.clock.advance(1_000);
		const { settings, clock, turns } = world;
		return { client: world.anotherClient(port), settings, clock, turns };
	}

	async function byHand(path: string, element: object): Promise<void> {
		const answer = await contextOf().client.write({
			method: 'POST',
			path: `/${path}`,
			body: { [path]: [element] },
			idempotencyKey: `by hand ${JSON.stringify(element)} ${world.clock.now()}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	const voidNote = async () =>
		await byHand('CreditNotes', { CreditNoteID: creditNotes()[0]?.id, Status: 'VOIDED' });

	/** Previews and runs: both end in the same. */
	async function alike<Report extends { readonly outcomes: readonly Outcome[] }>(
		preview: (context: UpsertContext) => Promise<Report>,
		run: (context: UpsertContext) => Promise<Report>,
	) {
		const foreseen = await preview(contextOf());
		const context = contextOf();
		const { outcomes } = await run(context);
		const [before, after] = [foreseen.outcomes[0], outcomes[0]];
		if (!before || !after) throw new Error('There is no outcome.');
		expect(before.outcome.replace('wouldUpdate', 'updated').replace('wouldUndo', 'undone')).toBe(
			after.outcome,
		);
		expect(before.operations).toEqual(after.operations);
		expect(before.issues).toEqual(after.issues);
		return { ...after, writes: context.client.calls().writes };
	}

	const post = async (draft: Draft, options = CORRECTING) =>
		(await upsertDocuments(contextOf(), definition, [draft], options)).outcomes[0];

	const moved = async (wish: string) =>
		await alike(
			async (context) => await previewStatusChange(context, definition, [named(type)], wish),
			async (context) => await changeStatus(context, definition, [named(type)], wish),
		);

	async function undone(made: Outcome | undefined) {
		const read = readRanOutcome(JSON.parse(JSON.stringify(made && shownOutcome(made))), 0);
		if (!read.ok) throw new Error(read.failure.message);
		const what = [
			[read.value],
			{ ...CLOSED, archivesContacts: false, reason: 'In error.' },
		] as const;
		return await alike(
			async (context) => await previewUndo(context, ...what),
			async (context) => await undo(context, ...what),
		);
	}

	async function issued(draft = record(type)): Promise<Outcome | undefined> {
		const made = await post(draft, { ...CORRECTING, booksClosedUntil: '2026-10-31' });
		expect(made?.outcome).toBe('created');
		return made;
	}

	/** The process ends once the credit note is there. */
	async function halfCorrected(): Promise<void> {
		const context = contextOf((inner) => async (request) => {
			if (request.url.endsWith('/Allocations')) throw new Error('killed');
			return await inner(request);
		});
		await expect(
			upsertDocuments(context, definition, [record(type, '50')], CORRECTING),
		).rejects.toThrow('killed');
		expect(creditNotes()).toMatchObject([{ status: 'AUTHORISED' }]);
	}

	it('of nothing has nothing to credit, so that it is held before anything is sent', async () => {
		await issued(record(type, '0'));
		const held = await alike(
			async (context) =>
				await previewDocuments(context, definition, [record(type, '50')], CORRECTING),
			async (context) =>
				await upsertDocuments(context, definition, [record(type, '50')], CORRECTING),
		);
		expect(held).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_CLOSED_PERIOD_EDIT' }],
			writes: 0,
		});
		expect(held.issues[0]?.message).toContain('it comes to nothing');
		expect(creditNotes()).toEqual([]);
	});

	it('is not credited for its day alone, which the new one would not have', async () => {
		await issued();
		const redated = (date: string, unitAmount?: string): Draft => {
			const { fields, ...others } = record(type, unitAmount);
			return { ...others, fields: { ...fields, date, reference: 'Of another day' } };
		};
		const held = await alike(
			async (context) =>
				await previewDocuments(context, definition, [redated('2026-11-25')], CORRECTING),
			async (context) =>
				await upsertDocuments(context, definition, [redated('2026-11-25')], CORRECTING),
		);
		expect(held).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_ISSUED_EDIT' }],
			writes: 0,
		});
		expect(held.issues[0]?.message).toContain(
			'the new document would be dated 2026-11-22, and not 2026-11-25',
		);
		expect(creditNotes()).toEqual([]);
		expect(await post(redated('2026-11-22'))).toMatchObject({
			outcome: 'updated',
			issues: [{ code: 'XERO_CORRECTED' }],
		});
		expect(invoices()).toMatchObject([{ status: 'PAID' }, { date: '2026-11-22' }]);
	});

	it('and another that want one number leave the second to Xero where a number is one document’s', async () => {
		const of = (knackRecordId: string, invoiceNumber: string, unitAmount?: string): Draft => {
			const { fields, source, ...others } = record(type, unitAmount);
			const own = { ...fields, invoiceNumber, reference: knackRecordId };
			return { ...others, fields: own, source: { ...source, knackRecordId } };
		};
		const ids = [await issued(of('a1', 'INV-7')), await issued(of('b1', 'INV-8'))];
		const wanted = [of('a1', 'INV-9', '50'), of('b1', 'INV-9', '60')].map((draft, index) => ({
			...draft,
			id: ids[index]?.document.id,
			itemIndexes: [index],
		}));
		const { outcomes } = await upsertDocuments(contextOf(), definition, wanted, CORRECTING);
		expect(outcomes).toMatchObject([
			{ outcome: 'updated', issues: [{ code: 'XERO_CORRECTED' }], document: { number: 'INV-9' } },
			{ outcome: 'updated', issues: [{ code: 'XERO_CORRECTED' }] },
		]);
		expect(outcomes[1]?.document.number === 'INV-9').toBe(type === 'bill');
		const context = contextOf();
		const again = await upsertDocuments(context, definition, wanted, CORRECTING);
		expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		expect(context.client.calls().writes).toBe(0);
	});

	it('is voided once, by whatever the record still names, and is so ever after', async () => {
		await issued();
		await post(record(type, '50'));
		expect(await moved(REMOVED)).toMatchObject({ outcome: 'updated', writes: 1 });
		const again = await moved(REMOVED);
		expect(again).toMatchObject({ outcome: 'unchanged', issues: [], writes: 0 });
		expect(again.document).toMatchObject({ id: invoices()[1]?.id, status: 'VOIDED' });
		expect(await moved('VOIDED')).toMatchObject({ outcome: 'unchanged', issues: [] });
	});

	describe('whose making is to be undone', () => {
		it('is left as it is, its credit note with it, and what is said of it works', async () => {
			const made = await issued();
			await post(record(type, '50'));
			const held = await undone(made);
			expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'UNDO_ISSUED' }], writes: 0 });
			expect(held.issues[0]?.message).toMatch(
				/^INV-7 was corrected since the run: the credit note/,
			);
			expect(held.issues[0]?.fix).toContain('Change Status');
			expect(await moved(REMOVED)).toMatchObject({ outcome: 'updated' });
			expect(netByAccount(ledger())).toEqual({});
			expect(invoices().map(({ amountDue }) => amountDue.toFixed(2))).toEqual(['0.00', '0.00']);
		});

		it('is not credited twice where a run died in between, and the correction can be ended', async () => {
			const made = await issued();
			await halfCorrected();
			const held = await undone(made);
			expect(held).toMatchObject({
				outcome: 'held',
				issues: [{ code: 'UNDO_NOT_CREDITED' }],
				writes: 0,
			});
			expect(held.issues[0]?.message).toContain('A second one would credit it twice');
			expect(creditNotes()).toHaveLength(1);
			expect(await post(record(type, '50'))).toMatchObject({ outcome: 'updated' });
			expect(creditNotes()).toMatchObject([{ status: 'PAID' }]);
		});

		it('is credited once the credit note of a run that died is voided', async () => {
			const made = await issued();
			await halfCorrected();
			await voidNote();
			expect(await undone(made)).toMatchObject({ outcome: 'undone', issues: [] });
			expect(creditNotes().map(({ status }) => status)).toEqual(['VOIDED', 'PAID']);
			expect(invoices()).toMatchObject([{ status: 'PAID' }]);
		});
	});

	it('is not voided beside the credit note of a run that died, and what is said works', async () => {
		await issued();
		await halfCorrected();
		const blocked = await moved(REMOVED);
		expect(blocked).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_PAID_DOCUMENT_EDIT' }],
			writes: 0,
		});
		expect(blocked.issues[0]?.message).toMatch(/^INV-7 is being corrected: the credit note/);
		expect(invoices()).toMatchObject([{ status: 'AUTHORISED' }]);
		await voidNote();
		expect(await moved(REMOVED)).toMatchObject({ outcome: 'updated', writes: 1 });
		expect(netByAccount(ledger())).toEqual({});
	});
});
