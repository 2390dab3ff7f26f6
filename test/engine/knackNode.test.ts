import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { processState } from '../../lib/n8n/processState';
import { Knack } from '../../nodes/Knack/Knack.node';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { choice, FIELDS } from '../support/knackFieldCases';
import { createHarness, ours, type Harness } from './harness';

describe('Knack in the engine', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knack: new Knack() },
			sandbox: { seed: 'empty', limits: false },
		});
		const { knack } = harness.sandbox;
		knack.setRoles({ profile_3: 'Staff' });
		knack.addTable({
			name: 'People',
			fields: [
				{ name: 'Name', type: 'short_text', required: true },
				{ name: 'Code', type: 'short_text', unique: true },
				{ name: 'Score', type: 'number' },
				{ name: 'Paper', type: 'file' },
				{ name: 'Photo', type: 'image', format: { source: 'upload' } },
				{ name: 'Boss', type: 'connection', connectsTo: { table: 'People', has: 'one' } },
				{ name: 'Level', type: 'multiple_choice', format: choice('single', ['Low', 'High']) },
			],
		});
		for (const Name of ['Acme Ltd', 'Beta & Sons']) knack.createRecord('People', { Name });
	});

	afterEach(async () => {
		await harness.close();
	});

	const key = (table: string, field: string) => harness.sandbox.knack.fieldKey(table, field);
	const people = () =>
		harness.sandbox.knack
			.recordIds('People')
			.map((id) => harness.sandbox.knack.shown('People', id));
	const writes = () => harness.sandbox.journal.filter({ service: 'knack', kind: 'write' });
	const reads = () => harness.sandbox.journal.filter({ service: 'knack', kind: 'read' });

	async function run(
		operation: string,
		parameters: INodeParameters,
		items: ReadonlyArray<INodeExecutionData | IDataObject> = [{}],
		onError?: 'continueRegularOutput' | 'continueErrorOutput',
	) {
		return await harness.engine.runNode(
			{
				name: 'Knack',
				type: ours('knack'),
				credentials: harness.knack,
				...(onError && { onError }),
				parameters: {
					resource: 'record',
					operation,
					table: { __rl: true, mode: 'list', value: harness.sandbox.knack.schema('People').key },
					...parameters,
				},
			},
			items,
		);
	}

	const json = (items: readonly INodeExecutionData[] | undefined) =>
		(items ?? []).map((item) => item.json);
	const place = (item: IDataObject | undefined): IDataObject => Object(item?.['knack']);

	function mapped(table: string, values: Record<string, unknown>, matchOn?: string) {
		const byKey = Object.entries(values).map(([name, value]) => [key(table, name), value]);
		return {
			fields: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(byKey),
				matchingColumns: matchOn ? [key(table, matchOn)] : [],
				schema: [],
			},
		};
	}

	const byName = (matchOn?: string) => ({
		fields: {
			mappingMode: 'autoMapInputData',
			value: null,
			matchingColumns: matchOn ? [key('People', matchOn)] : [],
			schema: [],
		},
	});

	describe('each field type', () => {
		beforeEach(() => {
			harness.sandbox.knack.addTable({ name: 'Types', fields: FIELDS.map(([field]) => field) });
		});

		const types = () => ({
			table: { __rl: true, mode: 'id', value: harness.sandbox.knack.schema('Types').key },
		});
		const given = Object.fromEntries(FIELDS.map(([{ name }, value]) => [name, value]));
		const expected = Object.fromEntries(FIELDS.map(([{ name }, , value]) => [name, value]));

		it.each(['create', 'update', 'upsert'])('%s: is read back as it was written', async (how) => {
			const { knack } = harness.sandbox;
			const recordId = how === 'update' ? knack.createRecord('Types', {}) : '';
			const written = await run(how, {
				...types(),
				...mapped('Types', given, 'Text'),
				recordId: { __rl: true, mode: 'id', value: recordId },
			});
			expect(written.error).toBeUndefined();
			const [item] = json(written.output[0]);
			expect(item).toMatchObject(expected);
			expect(place(item)['warnings']).toBeUndefined();
			expect(place(item)['outcome']).toBe(how === 'update' ? 'updated' : 'created');

			const [id = ''] = knack.recordIds('Types');
			const read = await run('get', {
				...types(),
				recordId: { __rl: true, mode: 'id', value: id },
			});
			expect(json(read.output[0])).toEqual([expect.objectContaining(expected)]);
			expect(knack.shown('Types', id)).toMatchObject({
				'British Day': '09/03/2026',
				'American Day': '03/09/2026',
			});
		});

		it('writes again what it read, by name, without a difference', async () => {
			const { knack } = harness.sandbox;
			await run('create', { ...types(), ...mapped('Types', given) });
			const [id = ''] = knack.recordIds('Types');
			const before = knack.record('Types', id);
			const read = await run('get', {
				...types(),
				recordId: { __rl: true, mode: 'id', value: id },
			});
			const { Rich, Roles, Period, Stopwatch, Signature, Person, Address, Link, ...same } =
				json(read.output[0])[0] ?? {};
			expect([Rich, Roles, Period, Stopwatch, Signature, Person, Address, Link]).toHaveLength(8);
			const again = await run(
				'update',
				{ ...types(), fields: { mappingMode: 'autoMapInputData', value: null, schema: [] } },
				[same],
			);
			expect(again.error).toBeUndefined();
			expect(knack.record('Types', id)).toEqual(before);
		});
	});

	describe('connections by name', () => {
		it('asks once for all names', async () => {
			const items = Array.from({ length: 30 }, (_, index) => ({
				Name: `Person ${index}`,
				Boss: index % 2 ? 'Acme Ltd' : 'Beta & Sons',
			}));
			const { error } = await run('create', byName(), items);
			expect(error).toBeUndefined();
			expect(reads().filter(({ path }) => path.endsWith('/records'))).toHaveLength(1);
			expect(people().at(-1)).toMatchObject({ Name: 'Person 29', Boss: 'Acme Ltd' });
		});

		it('holds a name that fits two records, and one that fits none', async () => {
			harness.sandbox.knack.createRecord('People', { Name: 'ACME LTD' });
			const { output } = await run(
				'create',
				byName(),
				[
					{ Name: 'a', Boss: 'acme ltd' },
					{ Name: 'b', Boss: 'Nobody' },
					{ Name: 'c', Boss: 'Acme Ltd' },
				],
				'continueErrorOutput',
			);
			expect(json(output[1])).toMatchObject([
				{
					Name: 'a',
					message: expect.stringContaining('2 records of People are called "acme ltd"'),
					error: {
						code: 'KNACK_LINK_AMBIGUOUS',
						field: 'Boss',
						issues: [{ candidates: [{ label: 'Acme Ltd' }, { label: 'ACME LTD' }] }],
					},
				},
				{ Name: 'b', error: { code: 'KNACK_LINK_NOT_FOUND' } },
			]);
			expect(json(output[0])).toMatchObject([{ Name: 'c', Boss: 'Acme Ltd' }]);
		});

		it('lists the records that a misspelt or half a name may have meant', async () => {
			const { output } = await run(
				'create',
				byName(),
				[{ Boss: 'Acne Ltd' }, { Boss: 'Beta' }, { Boss: 'Nobody' }],
				'continueErrorOutput',
			);
			const errors = json(output[1]).map(({ error }) => error);
			expect(errors).toMatchObject([
				{
					fix: expect.stringContaining('Is it "Acme Ltd"? Then write the name so.'),
					issues: [{ code: 'KNACK_LINK_NOT_FOUND', candidates: [{ label: 'Acme Ltd' }] }],
				},
				{ issues: [{ candidates: [{ label: 'Beta & Sons' }] }] },
				{ fix: expect.stringMatching(/^Create it in People first/) },
			]);
			expect(writes()).toHaveLength(0);
		});
	});

	describe('a bad record', () => {
		const items = [
			{ Name: 'one', Level: 'Low' },
			{ Name: 'two', Level: 'Medium' },
			{ Name: 'three', Level: 'High', Code: 'taken' },
			{ Name: 'four', Level: 'High' },
		];

		beforeEach(() => {
			harness.sandbox.knack.setFlags({ enforceUnique: true });
			harness.sandbox.knack.createRecord('People', { Name: 'Taker', Code: 'taken' });
		});

		it('goes to the error output with its reason, and the others are written', async () => {
			const { output } = await run('create', byName(), items, 'continueErrorOutput');
			expect(json(output[0])).toMatchObject([{ Name: 'one' }, { Name: 'four' }]);
			expect(output[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
			expect(json(output[1])).toMatchObject([
				{
					Name: 'two',
					error: { code: 'KNACK_VALUE_UNSUITABLE', fix: expect.stringContaining('Low, High') },
				},
				{ Name: 'three', error: { code: 'KNACK_VALUE_TAKEN', field: 'Code' } },
			]);
			expect(output[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		});

		it('ends the run before anything is written, unless the node may go on', async () => {
			const { error } = await run('create', byName(), items);
			expect(error?.message).toContain('"Medium" is not an option of Level');
			expect(error?.description).toContain('Nothing was done for the other items.');
			expect(writes()).toHaveLength(0);
		});

		it('ends the run where Knack refuses it, and says how far it came', async () => {
			const { error } = await run('create', byName(), [
				{ Name: 'one' },
				{ Name: 'two', Code: 'taken' },
				{ Name: 'three' },
			]);
			expect(error?.message).toContain('Code must be unique');
			expect(error?.description).toContain('Done before: 1 of 3 items.');
			expect(people()).toHaveLength(4);
		});

		it('stays among the others where there is no error output', async () => {
			const { output } = await run('create', byName(), items, 'continueRegularOutput');
			expect(json(output[0])).toMatchObject([
				{ Name: 'one', knack: { outcome: 'created' } },
				{ Name: 'two', Level: 'Medium', error: { code: 'KNACK_VALUE_UNSUITABLE' } },
				{ Name: 'three', error: { code: 'KNACK_VALUE_TAKEN' } },
				{ Name: 'four', knack: { outcome: 'created' } },
			]);
		});
	});

	describe('Create or Update', () => {
		it('updates who is there, creates who is not, once for a value that comes twice', async () => {
			const items = [
				{ Name: 'Acme Ltd', Score: 1 },
				{ Name: 'Gamma', Score: 2 },
				{ Name: 'gamma ', Score: 3 },
			];
			const { output, error } = await run('upsert', byName('Name'), items);
			expect(error).toBeUndefined();
			expect(json(output[0]).map((item) => place(item)['outcome'])).toEqual([
				'updated',
				'created',
				'updated',
			]);
			expect(people().map(({ Name, Score }) => [Name?.trim(), Score])).toEqual([
				['Acme Ltd', '1'],
				['Beta & Sons', ''],
				['gamma', '3'],
			]);
		});

		it('writes nothing the second time', async () => {
			const items = [{ Name: 'Acme Ltd', Score: '1.50', Boss: 'Beta & Sons' }];
			await run('upsert', byName('Name'), items);
			const before = writes().length;
			const { output } = await run('upsert', byName('Name'), items);
			expect(place(json(output[0])[0])['outcome']).toBe('unchanged');
			expect(writes()).toHaveLength(before);
		});

		it('changes none of two that fit, and none for an empty value', async () => {
			harness.sandbox.knack.createRecord('People', { Name: 'Acme Ltd' });
			const { output } = await run(
				'upsert',
				byName('Name'),
				[{ Name: 'Acme Ltd', Score: 1 }, { Name: '' }],
				'continueErrorOutput',
			);
			expect(json(output[1])).toMatchObject([
				{ error: { code: 'KNACK_MATCH_AMBIGUOUS' } },
				{ error: { code: 'KNACK_MATCH_BLANK' } },
			]);
			expect(writes()).toHaveLength(0);
		});

		it('finds what an answer that never came has made', async () => {
			harness.sandbox.faults.add({ kind: 'dropAfterCommit', service: 'knack', method: 'POST' });
			const { output, error } = await run('upsert', byName('Name'), [{ Name: 'Gamma' }]);
			expect(error).toBeUndefined();
			expect(place(json(output[0])[0])['outcome']).toBe('created');
			expect(people().filter(({ Name }) => Name === 'Gamma')).toHaveLength(1);
		});
	});

	it('sends a create without an answer once, and says that it may be there', async () => {
		harness.sandbox.faults.add({ kind: 'dropAfterCommit', service: 'knack', method: 'POST' });
		const { error } = await run('create', byName(), [{ Name: 'Gamma' }]);
		expect(error?.message).toContain('may or may not be in People');
		expect(people().filter(({ Name }) => Name === 'Gamma')).toHaveLength(1);
		expect(writes().filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('leaves a field alone for an empty value, or empties it where that is chosen', async () => {
		const { knack } = harness.sandbox;
		const recordId = knack.createRecord('People', { Name: 'Gamma', Code: 'X', Score: 3 });
		const item = { Code: '', Score: 4, knack: { recordId } };
		await run('update', byName(), [item]);
		expect(knack.shown('People', recordId)).toMatchObject({ Code: 'X', Score: '4' });
		await run('update', { ...byName(), options: { emptyValues: 'clear' } }, [item]);
		expect(knack.shown('People', recordId)).toMatchObject({ Code: '', Score: '4' });
	});

	it('remembers what it wrote, so that the trigger does not take it for an edit', async () => {
		const { output } = await run('create', byName(), [{ Name: 'Gamma' }]);
		const { recordId, table } = place(json(output[0])[0]);
		const own = processState.ownWrites.of(sandboxKnackApp.id);
		expect(own.isOwnCreate(String(table), String(recordId))).toBe(true);
		await run('update', byName(), [{ Code: 'Y', knack: { recordId } }]);
		expect(own.valuesOf(String(table), String(recordId))).toMatchObject({
			[key('People', 'Code')]: 'Y',
		});
	});

	describe('reading', () => {
		it('gets many by a condition, sorted and limited, for each item', async () => {
			const { knack } = harness.sandbox;
			for (let score = 1; score <= 60; score += 1) {
				knack.createRecord('People', { Name: `P${score}`, Score: score });
			}
			const parameters = {
				filterBy: 'conditions',
				conditions: {
					condition: [
						{
							field: `${key('People', 'Score')}|number`,
							family: 'number',
							operator: 'higher than',
							value: '={{ $json.least }}',
						},
					],
				},
				sortField: key('People', 'Score'),
				sortOrder: 'desc',
			};
			const { output } = await run('getAll', parameters, [{ least: 5 }, { least: 58 }]);
			const scores = json(output[0]).map(({ Score }) => Score);
			expect(scores).toHaveLength(52);
			expect(scores.slice(-2)).toEqual([60, 59]);
			expect(output[0]?.at(-1)?.pairedItem).toEqual({ item: 1 });
			const all = await run('getAll', { ...parameters, returnAll: true }, [{ least: 5 }]);
			expect(all.output[0]).toHaveLength(55);
		});

		it('gives the record as Knack sends it where it is not simplified', async () => {
			const [first = ''] = harness.sandbox.knack.recordIds('People');
			const { output } = await run('get', { simplify: false }, [{ knack: { recordId: first } }]);
			expect(json(output[0])).toMatchObject([
				{ id: first, [key('People', 'Name')]: 'Acme Ltd', knack: { recordId: first } },
			]);
		});

		it('says which record is not there', async () => {
			const [first = ''] = harness.sandbox.knack.recordIds('People');
			const { output } = await run(
				'get',
				{},
				[{ knack: { recordId: 'f'.repeat(24) } }, { knack: { recordId: first } }, {}],
				'continueErrorOutput',
			);
			expect(json(output[1]).map(({ error }) => Object(error).code)).toEqual([
				'KNACK_RECORD_GONE',
				'KNACK_RECORD_ID_MISSING',
			]);
			expect(json(output[0])).toMatchObject([{ Name: 'Acme Ltd' }]);
		});
	});

	describe('deleting', () => {
		it('deletes, and goes on past a record that is gone', async () => {
			const [first = '', second = ''] = harness.sandbox.knack.recordIds('People');
			const items = [first, first, second].map((recordId) => ({ knack: { recordId } }));
			const { output } = await run('delete', {}, items, 'continueErrorOutput');
			expect(json(output[0])).toEqual([{ deleted: true }, { deleted: true }]);
			expect(json(output[1])).toMatchObject([{ error: { code: 'KNACK_RECORD_GONE' } }]);
			expect(people()).toEqual([]);
		});

		it('sees in the table what an answer that never came has done', async () => {
			const [first = ''] = harness.sandbox.knack.recordIds('People');
			harness.sandbox.faults.add({ kind: 'dropAfterCommit', service: 'knack', method: 'DELETE' });
			const { output } = await run('delete', {}, [{ knack: { recordId: first } }]);
			expect(json(output[0])).toEqual([{ deleted: true }]);
			expect(people()).toHaveLength(1);
		});
	});

	it('offers the fields of the chosen table, and which of them take a file', async () => {
		const node = new Knack();
		const context = harness.engine.loadOptionsContext({
			name: 'Knack',
			type: ours('knack'),
			credentials: harness.knack,
			parameters: {
				operation: 'create',
				table: { __rl: true, mode: 'list', value: harness.sandbox.knack.schema('People').key },
			},
		});
		const { fields } = await node.methods.resourceMapping.getRecordFields.call(context);
		expect(fields.map(({ displayName, required }) => [displayName, required])).toEqual([
			['Name', true],
			['Code', false],
			['Score', false],
			['Paper', false],
			['Photo', false],
			['Boss', false],
			['Level', false],
		]);
		const files = await node.methods.loadOptions.getFileFields.call(context);
		expect(files.map(({ name }) => name)).toEqual(['Paper', 'Photo']);
		const [first, second] = await node.methods.loadOptions.getSortFields.call(context);
		// A blank that its list lacks is marked in red by n8n.
		expect([first, second?.name]).toEqual([{ name: 'Order of the Table', value: '' }, 'Name']);
	});

	it.each([
		['Paper', 'report "Q1".pdf', 'application/pdf'],
		['Photo', 'x.png', 'image/png'],
	])('puts a file into the field %s', async (field, fileName, mimeType) => {
		const { knack } = harness.sandbox;
		const [recordId = ''] = knack.recordIds('People');
		const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 1]);
		const item: INodeExecutionData = {
			json: { knack: { recordId } },
			binary: { data: { data: bytes.toString('base64'), mimeType, fileName } },
		};
		const { output, error } = await run(
			'upload',
			{ resource: 'file', fileField: key('People', field), binaryPropertyName: 'data' },
			[item],
		);
		expect(error).toBeUndefined();
		const url = String(json(output[0])[0]?.[field]);
		expect(place(json(output[0])[0])['warnings']).toBeUndefined();
		const asset = [...knack.appState().assets.values()];
		expect(asset).toHaveLength(1);
		expect(Buffer.from(asset[0]?.bytes ?? [])).toEqual(bytes);
		expect(asset[0]?.contentType).toBe(mimeType);
		expect(url).toContain(String(asset[0]?.asset['id']));
	});
});
