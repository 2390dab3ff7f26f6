import { decimal } from '../../lib/money';
import { compareLines } from '../../lib/sync/compare/compareLines';
import type { Draft } from '../../lib/sync/draft';
import { agreedFingerprint } from '../../lib/sync/plan/agreement';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../lib/xero/documents/definition';
import { xeroInMemory } from '../support/xeroInMemory';

const RECORD_ID = '5f0000000000000000000001';

interface Case {
	readonly definition: DocumentDefinition;
	readonly fields: FieldValues;
	readonly line: FieldValues;
	/** Whether Xero keeps what was sent in the document's link. */
	readonly isLinked: boolean;
}

const SOLD: FieldValues = { accountCode: '200', taxType: 'OUTPUT2' };
const BOUGHT: FieldValues = { accountCode: '429', taxType: 'INPUT2' };
const DUE: FieldValues = { dueDate: '2026-12-20' };

function documentsOf(isLinked: boolean): Array<[name: string, each: Case]> {
	const { salesInvoice, bill, quote, purchaseOrder, salesCreditNote, supplierCreditNote } =
		DOCUMENTS;
	const cases: Case[] = [
		{ definition: salesInvoice, fields: { ...DUE, invoiceNumber: 'N-1' }, line: SOLD, isLinked },
		{ definition: bill, fields: { ...DUE, invoiceNumber: 'N-1' }, line: BOUGHT, isLinked },
		{
			definition: DOCUMENTS.bankTransaction,
			fields: { type: 'SPEND', 'bankAccount.code': '090', reference: 'N-1' },
			line: BOUGHT,
			isLinked,
		},
	];
	if (!isLinked) {
		const others: Array<[DocumentDefinition, FieldValues]> = [
			[quote, SOLD],
			[purchaseOrder, BOUGHT],
			[salesCreditNote, SOLD],
			[supplierCreditNote, BOUGHT],
		];
		for (const [definition, line] of others) {
			cases.push({ definition, fields: { [definition.numberPath]: 'N-1' }, line, isLinked });
		}
	}
	return cases.map((each) => [`${each.definition.label}${isLinked ? ', linked' : ''}`, each]);
}

function draftOf({ definition, fields, line, isLinked }: Case, unitAmount: string): Draft {
	return {
		type: definition.type,
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme Limited',
			date: '2026-11-20',
			lineAmountTypes: 'NoTax',
			...fields,
		},
		lines: [{ fields: { description: 'Work', quantity: '1', unitAmount, ...line } }],
		source: isLinked
			? { knackRecordId: RECORD_ID, table: 'object_1', applicationId: '64f000000000000000000000' }
			: {},
		issues: [],
	};
}

describe('tax rates of lines on a document without tax', () => {
	const books = async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		const { settings, clock, turns } = world;
		const context = () => ({ client: world.anotherClient(), settings, clock, turns });
		const writes = () => world.sandbox.journal.filter({ service: 'xero', kind: 'write' }).length;
		return { world, context, writes };
	};

	test.each([...documentsOf(false), ...documentsOf(true)])(
		'%s: a second run finds nothing to do, and says that nobody changed anything',
		async (_, each) => {
			const { context, writes } = await books();
			const draft = draftOf(each, '100');
			const run = async () =>
				(await upsertDocuments(context(), each.definition, [draft], DEFAULT_OPTIONS)).outcomes[0];
			expect(await run()).toMatchObject({ outcome: 'created', document: { total: '100.00' } });
			const before = writes();
			expect(await run()).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(writes()).toBe(before);
		},
	);

	test.each(documentsOf(true))(
		'%s: a new price goes over, since only the record has changed',
		async (_, each) => {
			const { context } = await books();
			const { definition } = each;
			await upsertDocuments(context(), definition, [draftOf(each, '100')], DEFAULT_OPTIONS);
			const edited = [draftOf(each, '120')];
			const preview = await previewDocuments(context(), definition, edited, DEFAULT_OPTIONS);
			expect(preview.outcomes[0]).toMatchObject({ outcome: 'wouldUpdate', issues: [] });
			const { outcomes } = await upsertDocuments(context(), definition, edited, DEFAULT_OPTIONS);
			expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { total: '120.00' } });
		},
	);

	test.each(documentsOf(false).filter(([name]) => name !== DOCUMENTS.bankTransaction.label))(
		'%s: amounts that lose their tax lose it once',
		async (_, each) => {
			const { context, writes } = await books();
			const { definition } = each;
			const draft = draftOf(each, '100');
			const run = async (lineAmountTypes: string) => {
				const given = { ...draft, fields: { ...draft.fields, lineAmountTypes } };
				return (await upsertDocuments(context(), definition, [given], DEFAULT_OPTIONS)).outcomes[0];
			};
			expect(await run('Exclusive')).toMatchObject({ document: { total: '120.00' } });
			const untaxed = { outcome: 'updated', document: { total: '100.00' } };
			expect(await run('NoTax')).toMatchObject(untaxed);
			const before = writes();
			expect(await run('NoTax')).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(writes()).toBe(before);
		},
	);

	test('Compare and Adopt take it for the same document', async () => {
		const { world } = await books();
		const [, each] = documentsOf(false)[0] ?? [];
		if (!each) throw new Error('There is no such document.');
		const { definition } = each;
		const draft = draftOf(each, '100');
		const document: XeroDocument = {
			type: definition.type,
			id: '0a0a0a0a-0000-4000-8000-000000000001',
			contactName: 'Acme Limited',
			fields: draft.fields,
			lines: (draft.lines ?? []).map(({ fields }) => ({
				id: '0a0a0a0a-0000-4000-8000-000000000002',
				fields: { ...fields, taxType: 'NONE' },
			})),
			amounts: {
				subTotal: decimal(100),
				totalTax: decimal(0),
				total: decimal(100),
				currency: 'GBP',
			},
		};
		expect(compareLines(definition, draft, document, world.settings)).toEqual([]);
		expect(agreedFingerprint(definition, draft, document)).toBeDefined();
	});
});
