import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { addLogTable } from '../support/syncLog';
import { createHarness, type Harness } from './harness';
import { LINE_COLUMNS, located, mapper, mapUpsert, orderItems, WRITE_BACK } from './mapUpsertItems';

describe('Undo where others have been at it', () => {
	let harness: Harness;
	let table: string;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
		table = addLogTable(harness.sandbox);
	});
	afterEach(async () => await harness.close());

	const logged = () => ({ writeLog: true, logTable: located(table) });
	const run = async (parameters: IDataObject, items: IDataObject[] = orderItems(harness)) => {
		const node = mapUpsert(harness, parameters);
		const result = await harness.engine.runNode(node, items, { id: 'orders' });
		const [done = [], attention = []] = result.output;
		const json = (from: typeof done) => from.map((item) => item.json);
		return { ...result, done: json(done), attention: json(attention) };
	};
	const undoOf = async (undoRun: string, parameters: IDataObject = {}) =>
		await run(
			{
				operation: 'undo',
				undoSource: 'syncLog',
				undoLogTable: located(table),
				undoRun: located(undoRun),
				previewOnly: false,
				...parameters,
			},
			[{ any: 'item' }],
		);
	const rows = (): Array<Readonly<Record<string, string | undefined>> & { id: string }> =>
		harness.sandbox.knack
			.recordIds('Sync Log')
			.map((id) => ({ id, ...harness.sandbox.knack.shown('Sync Log', id) }));
	const of = (kind: string) => rows().filter(({ Kind }) => Kind === kind);

	test('gives each payment a row of its own in the log', async () => {
		const { done } = await run({ status: 'AUTHORISED' });
		const numbers = done.map((each) => Object(each.document).number);
		const paid = await run(
			{
				document: 'payment',
				lineSource: 'none',
				fields: mapper({
					'invoice.number': '={{ $json.number }}',
					'account.code': '090',
					date: '2026-11-21',
					amount: '1.00',
					reference: 'BACS',
				}),
				...logged(),
			},
			numbers.map((number) => ({ number })),
		);
		expect(paid.done.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		const [opening] = of('Opening');
		const undone = await undoOf(String(opening?.Run), logged());
		expect(undone.done.map(({ outcome }) => outcome)).toEqual(['undone', 'undone']);
		expect(rows().filter(({ Outcome }) => Outcome === 'undone')).toHaveLength(2);
	});

	test('tells of a row that is gone, whatever stands there for it', async () => {
		await run({ status: 'AUTHORISED', ...logged() });
		const [row] = of('Record');
		const execution = String(row?.Execution);
		const entry = JSON.parse(String(row?.['Log Entry']));
		const forged = (runId: string) =>
			harness.sandbox.knack.createRecord('Sync Log', {
				Kind: 'Erasure',
				Digest: '0'.repeat(64),
				'Personal Values': '{}',
				'Log Entry': JSON.stringify({
					...entry,
					run: runId,
					signedWith: 'another key',
					place: { execution: 'another' },
					content: { kind: 'erasure', rows: [] },
					personal: {},
				}),
			});
		harness.sandbox.knack.deleteRecord('Sync Log', String(row?.id));
		forged('0000');
		forged(String(row?.Run));
		const { done, attention } = await undoOf(execution);
		expect(done.map(({ outcome }) => outcome)).toEqual(['undone']);
		expect(attention).toMatchObject([{ issues: [{ code: 'UNDO_LOG_ALTERED' }] }]);
	});

	test('gives back to Knack what a person has entered between two runs', async () => {
		const first = await run({ ...WRITE_BACK, status: 'DRAFT' });
		const { knack } = harness.sandbox;
		const [recordId = ''] = knack.recordIds('Orders');
		knack.updateRecord('Orders', recordId, { 'Invoice Status': 'To be checked' });
		const second = await run({ ...WRITE_BACK, status: 'AUTHORISED' });
		expect(second.done[0]).toMatchObject({
			outcome: 'updated',
			writtenBack: expect.arrayContaining([
				expect.objectContaining({ before: 'To be checked', after: 'Approved' }),
			]),
		});
		const { done } = await run(
			{ operation: 'undo', ...WRITE_BACK, previewOnly: false },
			[first.done, second.done].map(([one]) => one ?? {}),
		);
		expect(done.map(({ outcome }) => outcome)).toEqual(['undone']);
		expect(knack.shown('Orders', recordId)['Invoice Status']).toBe('To be checked');
	});

	test('says of what Compare wrote into Knack that it is nothing of Xero', async () => {
		await run({ status: 'DRAFT' });
		const moved = orderItems(harness).map((item) => ({ ...item, 'Due Date': '2027-01-04' }));
		const compare = {
			operation: 'compare',
			compareOptions: { from: '2020-01-01', to: '2020-01-02' },
			whatToDo: 'takeXeros',
		};
		const taken = await run({ ...compare, ...logged() }, moved);
		expect(taken.done.map(({ outcome }) => outcome)).toEqual(['carriedOut', 'carriedOut']);
		const { done, attention } = await undoOf(String(of('Opening')[0]?.Run));
		expect(done).toEqual([]);
		expect(attention).toMatchObject(
			moved.map(() => ({
				issues: [
					{
						code: 'UNDO_NOT_POSSIBLE',
						message: 'The run wrote it into the Knack record alone, and nothing to Xero.',
					},
				],
			})),
		);
	});

	test('suspects nobody where Knack did not take the first row of a run', async () => {
		const { faults } = harness.sandbox;
		const refused = { service: 'knack', kind: 'status', status: 400 } as const;
		faults.add({ ...refused, method: 'POST', path: '/records', times: 1 });
		await run({ status: 'DRAFT', ...logged() });
		expect(of('Opening')).toEqual([]);
		const { attention } = await undoOf(String(of('Record')[0]?.Run));
		expect(attention).toMatchObject([
			{ issues: [{ code: 'UNDO_LOG_INCOMPLETE' }] },
			{
				issues: [
					{
						code: 'UNDO_LOG_INCOMPLETE',
						message: 'Its first row could not be written, so nothing of it is undone.',
					},
				],
			},
		]);
	});

	test('says that records of lines keep their IDs, which the items take off', async () => {
		const { knack } = harness.sandbox;
		const fields = ['Name', 'Xero ID'].map((name) => ({ name, type: 'short_text' as const }));
		const { key } = knack.addTable({ name: 'Job Lines', identifier: 'Name', fields });
		const [{ 'Order Lines': lines, ...order } = {}] = orderItems(harness);
		const items = (lines as IDataObject[]).slice(0, 2).map((line, index) => ({
			...{ ...order, ...line, 'Xero ID': null },
			knack: { recordId: knack.createRecord('Job Lines', { Name: `Job ${index}` }), table: key },
		}));
		expect(items).toHaveLength(2);
		const writeBack = {
			writeBack: true,
			table: { __rl: true, mode: 'id', value: 'Job Lines' },
			writeBackFields: { xeroId: 'Xero ID' },
		};
		const ids = () =>
			knack.recordIds('Job Lines').map((id) => knack.shown('Job Lines', id)['Xero ID']);
		const perLine = { lineSource: 'itemPerLine', lineFields: mapper(LINE_COLUMNS) };
		const posted = await run({ ...perLine, ...writeBack, ...logged() }, items);
		expect(ids()).not.toContain('');
		const { done } = await undoOf(String(of('Opening')[0]?.Run), writeBack);
		expect(done).toMatchObject([
			{ outcome: 'undone', issues: [{ code: 'UNDO_KNACK_CHANGED', severity: 'warn' }] },
		]);
		expect(ids()).not.toContain('');
		await run({ operation: 'undo', ...writeBack, previewOnly: false }, posted.done);
		expect(ids()).toEqual(['', '']);
	});

	test('names a way out that works for what a run that failed has left in Xero', async () => {
		const { done: made } = await run({ status: 'AUTHORISED' });
		const failed = made.map(({ changes, document, ...item }) => ({
			...item,
			...{ outcome: 'failed', issues: [{ code: 'XERO_NO_ANSWER' }], changes },
			document: { type: Object(document).type },
		}));
		const undo = { operation: 'undo', previewOnly: false };
		const { attention } = await run(undo, failed);
		const fix = 'Undo what it makes; take out by Change Status what it finds.';
		expect(attention).toMatchObject(
			made.map(() => ({
				issues: [{ code: 'UNDO_OUTCOME_UNCLEAR', fix: expect.stringContaining(fix) }],
			})),
		);
		const { done: found } = await run({ status: 'AUTHORISED' });
		expect((await run(undo, found)).done.map(({ outcome }) => outcome)).toEqual([
			'unchanged',
			'unchanged',
		]);
		const taken = await run({
			operation: 'changeStatus',
			identityFields: mapper({ reference: '={{ $json["Order Number"] }}' }),
			newStatus: 'VOIDED',
			previewOnly: false,
		});
		expect(taken.done.map(({ outcome }) => outcome)).toEqual(['updated', 'updated']);
	});

	test('keeps the own number of a record, whose field the items did not show', async () => {
		const { knack } = harness.sandbox;
		const [recordId = ''] = knack.recordIds('Orders');
		knack.updateRecord('Orders', recordId, { 'Invoice Number': 'A-17' });
		const [{ 'Invoice Number': own, ...item } = {}] = orderItems(harness);
		const numbered = { 'contact.name': '={{ $json.Customer }}', invoiceNumber: '={{ $json.Own }}' };
		const posted = await run({ ...WRITE_BACK, fields: mapper(numbered), status: 'DRAFT' }, [
			{ ...item, Own: own },
		]);
		const undo = { operation: 'undo', ...WRITE_BACK, previewOnly: false };
		expect((await run(undo, posted.done)).done).toMatchObject([
			{
				outcome: 'undone',
				issues: [{ message: expect.stringContaining('A-17 stays on the Knack record') }],
			},
		]);
		const { 'Invoice Number': number, 'Xero Invoice ID': id } = knack.shown('Orders', recordId);
		expect([number, id]).toEqual(['A-17', '']);
	});
});
