import type { IDataObject } from 'n8n-workflow';
import { searchLoggedRuns } from '../../lib/n8n/mapUpsert/undo/runLists';
import { Knack } from '../../nodes/Knack/Knack.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { addLogTable } from '../support/syncLog';
import { createHarness, ours, type Harness } from './harness';
import { located, mapper, mapUpsert, ORDER_FIELDS, orderItems, WRITE_BACK } from './mapUpsertItems';

describe('Map & Upsert to Xero, Undo of a run in the Sync Log', () => {
	let harness: Harness;
	let table: string;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { mapUpsertToXero: new MapUpsertToXero(), knack: new Knack() },
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
		table = addLogTable(harness.sandbox);
	});
	afterEach(async () => await harness.close());

	const logged = () => ({ writeLog: true, logTable: located(table) });
	const run = async (parameters: IDataObject, items: IDataObject[] = orderItems(harness)) => {
		const node = mapUpsert(harness, { ...WRITE_BACK, ...parameters });
		const result = await harness.engine.runNode(node, items, { id: 'orders' });
		const [done = [], attention = []] = result.output;
		return { ...result, done, attention };
	};
	const post = async (parameters: IDataObject = {}) =>
		await run({ status: 'AUTHORISED', ...logged(), ...parameters });
	const undo = async (undoRun: string, parameters: IDataObject = {}) =>
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
	const list = async (parameters: IDataObject = {}, filter?: string) => {
		const node = mapUpsert(harness, { undoLogTable: located(table), ...parameters });
		return await searchLoggedRuns.call(harness.engine.loadOptionsContext(node), filter);
	};
	const newest = async () => String((await list()).results[0]?.value);
	const rows = () =>
		harness.sandbox.knack
			.recordIds('Sync Log')
			.map((id) => ({ id, ...harness.sandbox.knack.shown('Sync Log', id) }));
	const rowOf = (
		kind: string,
		at = 0,
	): Readonly<Record<string, string | undefined>> & { id: string } => {
		const found = rows().filter(({ Kind }: Record<string, string | undefined>) => Kind === kind)[
			at
		];
		if (!found) throw new Error(`There is no row ${kind}.`);
		return found;
	};
	const statuses = () =>
		harness.sandbox.xero
			.organisation()
			.invoices.all()
			.map(({ status }) => status)
			.filter((status) => status !== 'VOIDED');
	const inKnack = () =>
		harness.sandbox.knack
			.recordIds('Orders')
			.slice(0, 2)
			.map((recordId) => {
				const shown = harness.sandbox.knack.shown('Orders', recordId);
				return [shown['Xero Invoice ID'], shown['Invoice Number'], shown['Invoice Status']];
			});
	const writes = () => harness.sandbox.journal.filter({ service: 'xero', kind: 'write' }).length;

	test('is chosen from a list, and taken back as its items would be', async () => {
		const before = [statuses(), inKnack()];
		await post();
		expect(statuses()).not.toEqual(before[0]);
		expect(inKnack().flat()).not.toContain('');
		expect((await list()).results).toEqual([
			{
				name: expect.stringMatching(
					/^\d+ \w+ \d{4}, \d\d:\d\d \(.+\): Engine test, Upsert, execution .+, 2 written$/,
				),
				value: rowOf('Opening').Run,
			},
		]);
		expect((await list({}, 'Engine')).results).toHaveLength(1);
		expect((await list({}, 'nothing of that name')).results).toEqual([]);
		const preview = await undo(await newest(), { previewOnly: true });
		expect(preview.done.map(({ json }) => json.outcome)).toEqual(['wouldUndo', 'wouldUndo']);
		expect(preview.done[0]?.pairedItem).toEqual({ item: 0 });
		const undone = await undo(await newest(), logged());
		expect(undone.attention).toEqual([]);
		expect(undone.done.map(({ json }) => json.outcome)).toEqual(['undone', 'undone']);
		expect(undone.done.map(({ json }) => json.operations)).toEqual(
			preview.done.map(({ json }) => json.operations),
		);
		expect([statuses(), inKnack()]).toEqual(before);
		// Each has its own row, though both come of one item.
		expect(rows().filter(({ Outcome }: IDataObject) => Outcome === 'undone')).toHaveLength(2);

		// The undo itself is no run that the list offers.
		expect((await list()).results).toHaveLength(1);
		const wrote = writes();
		const again = await undo(await newest());
		expect(again.done.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(writes()).toBe(wrote);
	});

	test('says of an undo that another does not bring back what it took back', async () => {
		await post();
		await undo(await newest(), logged());
		const { attention, done } = await undo(String(rowOf('Opening', 1).Run));
		expect(done).toEqual([]);
		expect(attention.map(({ json }) => json.issues)).toMatchObject([
			[{ code: 'UNDO_NOT_POSSIBLE', message: expect.stringContaining('was an undo itself') }],
			[{ code: 'UNDO_NOT_POSSIBLE' }],
		]);
	});

	test('takes all runs of an execution back, and a document of several runs once', async () => {
		const nodes = ['Orders', 'Others'].map((name, at) => ({
			...mapUpsert(harness, {
				status: 'AUTHORISED',
				fields: mapper({ ...ORDER_FIELDS, reference: `={{ $json["Order Number"] }}-${at}` }),
				...logged(),
			}),
			name,
		}));
		const before = statuses();
		await harness.engine.run({
			id: 'orders',
			nodes: [{ name: 'Start', type: 'test.start' }, ...nodes],
			wires: nodes.map(({ name }) => ['Start', name]),
			items: orderItems(harness),
		});
		const { results } = await list();
		expect(results.map(({ name }) => name.replace(/^.*test, |execution \S+ /g, ''))).toEqual([
			'all 2 runs, 4 written',
			expect.stringMatching(/^(Orders|Others), 2 written$/),
			expect.stringMatching(/^(Orders|Others), 2 written$/),
		]);
		const execution = String(rowOf('Opening').Execution);
		expect(results[0]?.value).toBe(execution);
		const { done } = await undo(execution);
		expect(done.map(({ json }) => json.outcome)).toEqual(['undone', 'undone']);
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(statuses()).toEqual(before);
	});

	test('undoes no row that somebody has changed or removed, tells of it, and goes on', async () => {
		await post();
		const { knack } = harness.sandbox;
		const [one, two] = [rowOf('Record'), rowOf('Record', 1)];
		const text = String(one['Log Entry']);
		knack.updateRecord('Sync Log', one.id, {
			'Log Entry': text.replace(/"total":"\d/, '"total":"9'),
		});
		const { done, attention } = await undo(await newest());
		expect(done.map(({ json }) => json.outcome)).toEqual(['undone']);
		expect(attention.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'blocked',
				issues: [
					{
						code: 'UNDO_LOG_ALTERED',
						message: expect.stringMatching(/^Row 2 of run \w+ is not as it was written/),
					},
				],
			},
		]);
		knack.deleteRecord('Sync Log', two.id);
		const gone = await undo(await newest());
		expect(gone.done).toEqual([]);
		expect(gone.attention.map(({ json }) => json.issues)).toMatchObject([
			[{ code: 'UNDO_LOG_ALTERED' }],
			[{ code: 'UNDO_LOG_ALTERED', message: expect.stringMatching(/^Row 3 of run \w+ is gone/) }],
		]);
		expect(statuses()).toContain('AUTHORISED');
	});

	test.each([
		['a column', 'Knack Record ID', () => '674000000000000000000009'],
		['a personal value', 'Personal Values', (text: string) => text.replace('Ltd', 'Inc')],
	])('undoes no row of which somebody has changed %s', async (_what, field, changed) => {
		await post();
		const row = rowOf('Record');
		const text = changed(String(row[field]));
		expect(text).not.toBe(row[field]);
		harness.sandbox.knack.updateRecord('Sync Log', row.id, { [field]: text });
		const { done, attention } = await undo(await newest());
		expect(done.map(({ json }) => json.outcome)).toEqual(['undone']);
		expect(attention.map(({ json }) => json.issues)).toMatchObject([
			[{ code: 'UNDO_LOG_ALTERED', message: expect.stringContaining('Row 2 of run') }],
		]);
	});

	test('undoes nothing of a run whose first row is altered', async () => {
		await post();
		const chosen = await newest();
		const { id, ...opening } = rowOf('Opening');
		const text = String(opening['Log Entry']).replace('upsert', 'adopt');
		harness.sandbox.knack.updateRecord('Sync Log', id, { 'Log Entry': text });
		const { done, attention } = await undo(chosen);
		expect(done).toEqual([]);
		expect(attention.map(({ json }) => json.summary)).toContainEqual(
			expect.stringContaining('nothing of it is undone'),
		);
		expect(await list().catch((error: Error) => error.message)).toMatch(
			/no run that can be undone/,
		);
	});

	test('says what is not in the log: erased values, and a run that is not closed', async () => {
		await post();
		const chosen = await newest();
		const [item] = orderItems(harness);
		await harness.engine.runNode(
			{
				name: 'Log',
				type: ours('knack'),
				credentials: harness.knack,
				parameters: {
					resource: 'syncLog',
					operation: 'erasePerson',
					logTable: located(table),
					person: String(item?.Customer),
				},
			},
			[{}],
		);
		harness.sandbox.knack.deleteRecord('Sync Log', rowOf('Closing').id);
		const { attention, done } = await undo(chosen);
		expect(attention.map(({ json }) => json.issues)).toMatchObject([
			[{ code: 'UNDO_LOG_INCOMPLETE', message: expect.stringContaining('is not closed') }],
			[{ code: 'UNDO_LOG_INCOMPLETE', message: expect.stringContaining('were erased') }],
		]);
		expect(done.map(({ json }) => json.outcome)).toEqual(['undone']);
	});

	test('leaves a number that may be the own of a record, and says so', async () => {
		const fields = mapper({ ...ORDER_FIELDS, invoiceNumber: '={{ $json["Order Number"] }}' });
		await post({ fields });
		const { done } = await undo(await newest());
		expect(done[0]?.json).toMatchObject({
			outcome: 'undone',
			issues: [
				{ code: 'UNDO_KNACK_CHANGED', message: expect.stringMatching(/stays on the Knack record/) },
			],
		});
		expect(inKnack()[0]).toEqual(['', expect.stringMatching(/./), '']);
	});

	test('has a list that says what is missing', async () => {
		expect(await list({ undoLogTable: { __rl: true, mode: 'list', value: '' } })).toEqual({
			results: [{ name: 'Choose a Log Table of the Run first', value: '' }],
		});
		await expect(list()).rejects.toThrow('Sync Log has no run that can be undone');
		await post();
		const { knackApi } = harness.knack;
		Object.assign(harness.credentials.raw(knackApi?.id ?? ''), { syncLogSecret: 'another one' });
		await expect(list()).rejects.toMatchObject({
			description: expect.stringContaining('signed with another API key'),
		});
		const { attention, done } = await undo(String(rowOf('Opening').Run));
		expect(done).toEqual([]);
		expect(JSON.stringify(attention)).toContain('Signed with another key');
	});

	test('stops where no run is chosen, or there is none of that id', async () => {
		await post();
		const message = async (chosen: string) => (await undo(chosen)).error?.message;
		expect(await message('={{ "" }}')).toBe('No run is chosen');
		expect(await message('4711')).toContain('Sync Log has no run "4711".');
	});
});
