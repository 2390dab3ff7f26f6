import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

function invoice(number: string | undefined, fields: FieldValues = {}): Draft {
	const { salesInvoice } = DOCUMENT_CASES;
	const own = { ...salesInvoice.fields, invoiceNumber: number ?? '', reference: `R ${number}` };
	const draft = draftOf('salesInvoice', { ...salesInvoice, fields: own }, fields);
	return { ...draft, source: { ...draft.source, knackRecordId: `record ${number}` } };
}

/** What a preview says of each record, which the run then says as well. */
async function told(
	{ client, settings, clock, turns }: XeroInMemory,
	drafts: readonly Draft[],
	more: Partial<UpsertOptions> = {},
) {
	const [first] = drafts;
	if (!first) throw new Error('There is no record.');
	const options = { ...DEFAULT_OPTIONS, ...more };
	const context = { client, settings, clock, turns };
	const definition = definitionOf(first.type);
	const preview = await previewDocuments(context, definition, drafts, options);
	const run = await upsertDocuments(context, definition, drafts, options);
	const operations = preview.outcomes.map((outcome) => outcome.operations);
	expect(run.outcomes.map((outcome) => outcome.operations)).toEqual(operations);
	return operations;
}

describe('what a run does, in words and in order', () => {
	it('makes a contact with the first of its documents, and finds it for the others', async () => {
		const world = await xeroInMemory();
		expect(await told(world, [invoice('INV-1'), invoice('INV-2')])).toEqual([
			['New contact "Acme"', 'New sales invoice INV-1'],
			['Finds the new contact "Acme"', 'New sales invoice INV-2'],
		]);
		expect(await told(world, [invoice('INV-3')])).toEqual([
			['Finds contact "Acme"', 'New sales invoice INV-3'],
		]);
	});

	it('approves what was a draft before it was known to be alone', async () => {
		const world = await xeroInMemory();
		const [operations] = await told(world, [invoice(undefined, { status: 'AUTHORISED' })]);
		expect(operations?.slice(1)).toEqual([
			'New sales invoice',
			'Change its status from Draft to Approved',
		]);
	});

	it('changes what differs, and nothing else', async () => {
		const world = await xeroInMemory();
		await told(world, [invoice('INV-1')]);
		expect(await told(world, [invoice('INV-1', { dueDate: '2026-12-31' })])).toEqual([
			['Change sales invoice INV-1: Due Date'],
		]);
		expect(await told(world, [invoice('INV-1', { dueDate: '2026-12-31' })])).toEqual([undefined]);
	});

	it('brings a contact up to date with the first document that names it', async () => {
		const world = await xeroInMemory();
		await told(world, [invoice('INV-1')]);
		const named = (number: string) => invoice(number, { 'contact.firstName': 'Al' });
		const options = { contactPolicy: 'matchCreateOrUpdate' } as const;
		expect(await told(world, [named('INV-2'), named('INV-3')], options)).toEqual([
			['Change contact "Acme": First Name', 'New sales invoice INV-2'],
			['Finds contact "Acme"', 'New sales invoice INV-3'],
		]);
	});

	it('holds what is held, with no word of doing anything', async () => {
		const world = await xeroInMemory();
		expect(await told(world, [invoice('INV-1', { status: 'VOIDED' })])).toEqual([undefined]);
	});
});
