import type { OutcomeKind } from '../../lib/sync/outcome';
import { previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const CLOSED: Partial<UpsertOptions> = { booksClosedUntil: '2026-11-30' };
const OPTION = '"Documents in a Locked Period"';

/** Every document that a closed period concerns. */
const POSTED = (Object.keys(DOCUMENT_CASES) as DocumentType[]).filter(
	(type) => DOCUMENTS[type].lifecycle.posted !== undefined && type !== 'timesheet',
);

const approved = (type: DocumentType): FieldValues => {
	const { initial, approved: statuses } = DOCUMENTS[type].lifecycle;
	return initial === undefined ? {} : { status: statuses[0] ?? '' };
};

async function contextOf({ anotherClient, clock, turns }: XeroInMemory) {
	const client = anotherClient();
	return { client, settings: await readOrganisationSettings(client), clock, turns };
}

async function worldWith(type: DocumentType): Promise<XeroInMemory> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	await DOCUMENT_CASES[type].before?.(world);
	return world;
}

describe.each(POSTED)('what a %s of a closed period is told to do', (type) => {
	it('can be done for a new one', async () => {
		const world = await worldWith(type);
		const draft = draftOf(type, DOCUMENT_CASES[type], approved(type));
		const look = async (options: Partial<UpsertOptions>) => {
			const context = await contextOf(world);
			const all = { ...DEFAULT_OPTIONS, ...CLOSED, ...options };
			const { outcomes } = await previewDocuments(context, DOCUMENTS[type], [draft], all);
			return outcomes[0];
		};
		const held = await look({});
		expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_BOOKS_CLOSED' }] });
		const isOffered = held?.issues[0]?.fix.includes(OPTION);
		for (const lateDocuments of ['draft', 'firstOpenDay'] as const) {
			const outcome: OutcomeKind = isOffered ? 'wouldCreate' : 'held';
			expect(await look({ lateDocuments })).toMatchObject({ outcome });
		}
		expect(await look({ booksClosedUntil: undefined })).toMatchObject({ outcome: 'wouldCreate' });
	});
});

const WITH_DRAFTS = POSTED.filter((type) => DOCUMENTS[type].lifecycle.initial !== undefined);

describe.each(WITH_DRAFTS)('what a change of status of a %s is told to do', (type) => {
	it('can be done in a closed period', async () => {
		const world = await worldWith(type);
		const draft = draftOf(type, DOCUMENT_CASES[type]);
		await upsertDocuments(await contextOf(world), DOCUMENTS[type], [draft]);
		const { outcomes } = await previewStatusChange(
			await contextOf(world),
			DOCUMENTS[type],
			[draft],
			String(approved(type).status),
			{ ...DEFAULT_OPTIONS, ...CLOSED },
		);
		expect(outcomes[0]).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_BOOKS_CLOSED' }] });
		expect(outcomes[0]?.issues[0]?.fix).not.toContain(OPTION);
	});
});

/** A document that is edited, and where it stands. */
type Edited = readonly [where: 'locked by Xero' | 'in closed books' | 'sent', type: DocumentType];

const INVOICED: readonly DocumentType[] = [
	'salesInvoice',
	'bill',
	'salesCreditNote',
	'supplierCreditNote',
	'bankTransaction',
];
const EDITED: readonly Edited[] = [
	['sent', 'salesInvoice'],
	...INVOICED.flatMap((type): Edited[] => [
		['locked by Xero', type],
		['in closed books', type],
	]),
];

describe('what an edit is told to do', () => {
	it.each(EDITED)('can be done where it is %s: %s', async (where, type) => {
		const world = await worldWith(type);
		const lock = (periodLockDate: string) =>
			void world.sandbox.xero.person.setOrganisation({ periodLockDate });
		const own = { ...approved(type), ...(where === 'sent' ? { sentToContact: true } : {}) };
		const draft = draftOf(type, DOCUMENT_CASES[type], own);
		await upsertDocuments(await contextOf(world), DOCUMENTS[type], [draft]);
		if (where === 'locked by Xero') lock('2026-11-20');
		const books = where === 'in closed books' ? { booksClosedUntil: '2026-11-20' } : {};
		const lines = draft.lines?.map((line) => ({ fields: { ...line.fields, unitAmount: '99' } }));
		const look = async (more: Partial<UpsertOptions>) => {
			// Who changed an approved document is another question than when.
			const chosen = { ...DEFAULT_OPTIONS, accountantEdits: 'knackWins' as const };
			const { outcomes } = await previewDocuments(
				await contextOf(world),
				DOCUMENTS[type],
				[{ ...draft, lines }],
				{ ...chosen, ...books, ...more },
			);
			return outcomes[0];
		};
		const isDone = async (more: Partial<UpsertOptions>) =>
			(await look(more))?.outcome === 'wouldUpdate';
		const held = await look({});
		expect(held?.outcome).toBe('held');
		const [issue] = held?.issues ?? [];
		const told = (words: string) => issue?.fix.includes(words) ?? false;
		expect(await isDone({ ruleSeverities: { [issue?.code ?? '']: 'warn' } })).toBe(
			told('set this rule to Warn'),
		);
		expect(await isDone({ issuedDocuments: 'creditNote' })).toBe(told('Correct by Credit Note'));
		expect(told('move Books Closed Until')).toBe(where === 'in closed books');
		expect(await isDone({ booksClosedUntil: undefined })).toBe(where === 'in closed books');
		expect(told('move the lock date in Xero')).toBe(where === 'locked by Xero');
		lock('');
		expect(await isDone({})).toBe(where === 'locked by Xero');
	});

	it('is no credit note for one that is used, and nothing is sent', async () => {
		const world = await worldWith('salesCreditNote');
		const invoice = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, { status: 'AUTHORISED' });
		await upsertDocuments(await contextOf(world), DOCUMENTS.salesInvoice, [invoice]);
		const note = draftOf('salesCreditNote', DOCUMENT_CASES.salesCreditNote, {
			status: 'AUTHORISED',
			'allocation.invoiceNumber': 'INV-1',
			'allocation.amount': '10',
		});
		const used = await upsertDocuments(await contextOf(world), DOCUMENTS.salesCreditNote, [note]);
		expect(used.outcomes).toMatchObject([{ outcome: 'created', issues: [] }]);
		const context = await contextOf(world);
		const { outcomes } = await upsertDocuments(
			context,
			DOCUMENTS.salesCreditNote,
			[{ ...note, fields: { ...note.fields, date: '2026-11-21' } }],
			{ ...DEFAULT_OPTIONS, accountantEdits: 'knackWins' },
		);
		expect(outcomes).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'XERO_PAID_DOCUMENT_EDIT' }] },
		]);
		expect(outcomes[0]?.issues[0]?.fix).not.toContain('issue a credit note');
		expect(context.client.calls().writes).toBe(0);
	});

	it.each<[DocumentType, string]>([
		['salesInvoice', 'void it in Xero'],
		['purchaseOrder', 'delete it in Xero'],
	])('is possible for the currency of a %s: %s', async (type, words) => {
		const world = await worldWith(type);
		world.sandbox.xero.person.addCurrency('EUR', '1.15');
		const status = { status: 'AUTHORISED' };
		const draft = draftOf(type, DOCUMENT_CASES[type], status);
		const made = await upsertDocuments(await contextOf(world), DOCUMENTS[type], [draft]);
		const id = made.outcomes[0]?.document.id;
		const edited = { ...draft, id, fields: { ...draft.fields, currencyCode: 'EUR' } };
		const context = await contextOf(world);
		const { outcomes } = await upsertDocuments(context, DOCUMENTS[type], [edited], {
			...DEFAULT_OPTIONS,
			accountantEdits: 'knackWins',
		});
		const issue = outcomes[0]?.issues.find(({ code }) => code === 'XERO_CURRENCY_CHANGE');
		expect(issue?.fix).toContain(words);
		expect(context.client.calls().writes).toBe(0);
	});
});
