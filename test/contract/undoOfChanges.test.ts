import { tellKnack } from '../../lib/sync/tellKnack';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { unlinkRecords } from '../../lib/sync/undo/unlink';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { ransOf } from '../support/guardedUndo';
import { knackInMemory } from '../support/knackInMemory';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const FIELDS = {
	xeroId: 'Xero ID',
	number: 'Number',
	status: 'Status',
	fingerprint: 'Sync Fingerprint',
	message: 'Message',
};

/** What becomes of a Knack record when a change of its document is taken back. */
describe('undo of a change', () => {
	let world: XeroInMemory;
	let record: string;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		const { knack } = world.sandbox;
		const texts = Object.values(FIELDS).map((name) => ({ name, type: 'short_text' as const }));
		knack.addTable({ name: 'Jobs', fields: texts });
		record = knack.createRecord('Jobs', {});
	});

	const inKnack = () => world.sandbox.knack.shown('Jobs', record);

	/** A run over the record, as its table has it by then. */
	async function run(type: 'salesInvoice' | 'quote', fields: FieldValues, isTold = true) {
		world.sandbox.clock.advance(1_000);
		const { settings, clock, turns, sandbox } = world;
		const table = sandbox.knack.schema('Jobs').key;
		const { 'Xero ID': id, 'Sync Fingerprint': fingerprint } = inKnack();
		const draft: Draft = {
			...draftOf(type, DOCUMENT_CASES[type], fields),
			...(id ? { id } : {}),
			source: { knackRecordId: record, table, ...(fingerprint ? { fingerprint } : {}) },
		};
		const context = { client: world.anotherClient(), settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, DOCUMENTS[type], [draft]);
		if (!isTold) return outcomes;
		const told = await tellKnack(
			{ definition: DOCUMENTS[type], writeBackFields: FIELDS, isPreview: false },
			outcomes,
			[{ index: 0, json: inKnack(), source: draft.source, knackTable: table }],
			async () => await Promise.resolve(knackInMemory(sandbox)),
		);
		return told.outcomes;
	}

	async function takeBack(given: readonly Outcome[]) {
		world.sandbox.clock.advance(1_000);
		const { settings, clock, turns, sandbox } = world;
		const options = { archivesContacts: false, reason: 'it was sent in error.' };
		const told: Outcome[] = [];
		for (const isPreview of [true, false]) {
			const context = { client: world.anotherClient(), settings, clock, turns };
			const report = await (isPreview ? previewUndo : undo)(context, ransOf(given), options);
			const knack = async () => await Promise.resolve(knackInMemory(sandbox));
			told.push(...(await unlinkRecords(knack, report.told, { fields: FIELDS, isPreview })));
		}
		const [preview, undone] = told;
		expect(preview?.operations).toEqual(undone?.operations);
		return undone;
	}

	const saidOf = ([outcome]: readonly Outcome[]) => [
		outcome?.outcome,
		...(outcome?.issues ?? []).map(({ code }) => code),
	];

	it.each([
		['salesInvoice' as const, 'dueDate', ['2027-01-15', '2027-02-01']],
		['quote' as const, 'title', ['A new roof', 'An old roof']],
	])(
		'leaves what was sent last of a %s, so that the same values are not sent again',
		async (type, path, [changed = '', another = '']) => {
			const status = 'DRAFT';
			await run(type, { status });
			const ran = await run(type, { status, [path]: changed });
			expect(saidOf(ran)).toEqual(['updated']);
			const known = inKnack();
			expect(await takeBack(ran)).toMatchObject({ outcome: 'undone' });
			expect(inKnack()).toEqual({
				...known,
				Message: expect.stringMatching(
					/^Undone: .*\. Put the record right, and empty this field\.$/,
				),
			});
			expect(await takeBack(ran)).toMatchObject({ outcome: 'unchanged' });

			expect(saidOf(await run(type, { status, [path]: changed }))).toEqual([
				'unchanged',
				'XERO_CHANGED_IN_XERO',
			]);
			expect(saidOf(await run(type, { status, [path]: another }))).toEqual([
				'held',
				'XERO_BOTH_CHANGED',
			]);
			expect(saidOf(await run(type, { status }))).toEqual(['unchanged']);
			// Both agree by then, and the record keeps that.
			expect(saidOf(await run(type, { status, [path]: another }))).toEqual(['updated']);
		},
	);

	it('gives back the status that the record was told', async () => {
		await run('salesInvoice', { status: 'DRAFT' });
		const ran = await run('salesInvoice', { status: 'SUBMITTED', dueDate: '2027-01-15' });
		const known = inKnack();
		expect(known.Status).toBe('Awaiting Approval');
		const undone = await takeBack(ran);
		expect(undone?.operations).toContain('Give back Status on the Knack record');
		expect(inKnack()).toEqual({ ...known, Status: 'Draft', Message: expect.anything() });
	});

	it('takes off what the record was told by that run first', async () => {
		await run('salesInvoice', { status: 'DRAFT' }, false);
		const ran = await run('salesInvoice', { status: 'DRAFT', dueDate: '2027-01-15' });
		expect(inKnack()).toMatchObject({ Status: 'Draft', Number: 'INV-1' });
		await takeBack(ran);
		const { Message: _, ...told } = Object.fromEntries(
			Object.values(FIELDS).map((name) => [name, inKnack()[name]]),
		);
		expect([...new Set(Object.values(told))]).toEqual(['']);
	});
});
