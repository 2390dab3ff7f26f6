import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeKnack } from '../../lib/n8n/knackNode/executeKnack';
import { processState } from '../../lib/n8n/processState';
import { Knack } from '../../nodes/Knack/Knack.node';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { createHarness, ours, type Harness } from './harness';

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends Knack {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeKnack(context);
	}
}

describe('API Call of the Knack node', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knack: new Knack(), asTool: new AsTool() },
			sandbox: { seed: 'empty', limits: false },
		});
		const { knack } = harness.sandbox;
		knack.addTable({
			name: 'People',
			fields: [
				{ name: 'Name', type: 'short_text', required: true },
				{ name: 'Score', type: 'number' },
				{ name: 'Code', type: 'short_text', unique: true },
			],
		});
		knack.setFlags({ enforceUnique: true });
		for (const Name of ['Acme Ltd', 'Beta & Sons', 'Gamma']) knack.createRecord('People', { Name });
	});

	afterEach(async () => await harness.close());

	type OnError = 'continueRegularOutput' | 'continueErrorOutput';

	async function call(
		parameters: IDataObject,
		items: ReadonlyArray<IDataObject> = [{}],
		how: { readonly onError?: OnError; readonly type?: string } = {},
	) {
		const { output, error } = await harness.engine.runNode(
			{
				name: 'Knack',
				type: ours(how.type ?? 'knack'),
				credentials: harness.knack,
				...(how.onError && { onError: how.onError }),
				parameters: { resource: 'api', operation: 'apiCall', ...parameters },
			},
			items,
		);
		return { items: output[0] ?? [], error };
	}

	const json = (items: readonly INodeExecutionData[]) => items.map((item) => item.json);
	const table = () => harness.sandbox.knack.schema('People').key;
	const field = (name: string) => harness.sandbox.knack.fieldKey('People', name);
	const records = () => `objects/${table()}/records`;
	const sent = () => harness.sandbox.journal.filter({ service: 'knack' });
	const writes = () => harness.sandbox.journal.filter({ service: 'knack', kind: 'write' });
	const ids = () => harness.sandbox.knack.recordIds('People');
	const query = (values: Record<string, string>) => ({
		queryParameters: {
			parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
		},
	});

	describe('reading', () => {
		it('gives one item for each record, or for each table, paired', async () => {
			const { items } = await call({ path: '={{ $json.path }}' }, [
				{ path: records() },
				{ path: '/objects' },
				{ path: `${records()}/${ids()[0]}` },
			]);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 0, 1, 2].map((item) => ({ item })),
			);
			expect(json(items)[0]).toMatchObject({ id: ids()[0], [field('Name')]: 'Acme Ltd' });
			expect(json(items)[3]).toEqual({ name: 'People', key: table() });
			expect(json(items)[4]).toMatchObject({ id: ids()[0] });
		});

		it('sends the query as it stands, and gives the answer as one where that is wanted', async () => {
			const filters = JSON.stringify([{ field: field('Name'), operator: 'is', value: 'Gamma' }]);
			const { items } = await call({ path: records(), splitRecords: false, ...query({ filters }) });
			expect(json(items)).toMatchObject([{ total_records: 1, records: [{}] }]);
		});

		it('reads all pages, each record once', async () => {
			for (let count = 0; count < 10; count += 1)
				harness.sandbox.knack.createRecord('People', { Name: `N ${count}` });
			const { items } = await call({
				path: records(),
				returnAll: true,
				...query({ rows_per_page: '4' }),
			});
			expect(new Set(json(items).map(({ id }) => id))).toEqual(new Set(ids()));
			expect(items).toHaveLength(13);
			expect(sent()).toHaveLength(4);
		});

		it('gives what is no list as it is, with Return All as well', async () => {
			const { items } = await call({ path: `${records()}/${ids()[1]}`, returnAll: true });
			expect(json(items)).toMatchObject([{ id: ids()[1] }]);
		});

		it('cuts at the limit', async () => {
			expect((await call({ path: records(), limit: 2 })).items).toHaveLength(2);
		});

		it('waits as Knack asks, and tries again what is safe', async () => {
			harness.sandbox.faults.add({ kind: 'rateLimitStorm', service: 'knack', times: 2 });
			harness.sandbox.faults.add({ kind: 'dropBefore', service: 'knack' });
			const { items, error } = await call({ path: records() });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(3);
			expect(sent()).toHaveLength(4);
		}, 30_000);

		it('takes a page that somebody else sent for none of Knack’s', async () => {
			harness.sandbox.faults.add({
				kind: 'status',
				service: 'knack',
				times: 9,
				status: 200,
				body: `<html>${'Sign in to the network. '.repeat(200_000)}</html>`,
			});
			const { error } = await call({ path: records() });
			expect(error?.message).toContain("does not answer as Knack's API does");
			expect(JSON.stringify(error).length).toBeLessThan(10_000);
		}, 30_000);
	});

	describe('writing', () => {
		const create = (name: string) => ({
			method: 'POST',
			path: records(),
			body: JSON.stringify({ [field('Name')]: name }),
		});

		it('creates, updates and deletes, and gives what Knack answers', async () => {
			const created = await call(create('New'));
			const id = String(json(created.items)[0]?.id);
			expect(harness.sandbox.knack.shown('People', id)).toMatchObject({ Name: 'New' });
			const path = `${records()}/${id}`;
			const body = `={{ { ${field('Name')}: "Newer" } }}`;
			expect(json((await call({ method: 'PUT', path, body })).items)).toMatchObject([{ id }]);
			expect(harness.sandbox.knack.shown('People', id)).toMatchObject({ Name: 'Newer' });
			expect(json((await call({ method: 'DELETE', path })).items)).toEqual([{ delete: true }]);
			expect(ids()).not.toContain(id);
		});

		it('counts as an own write, so that Knack Trigger takes it for no edit', async () => {
			const created = await call(create('Ours'));
			const id = String(json(created.items)[0]?.id);
			const own = processState.ownWrites.of(sandboxKnackApp.id);
			expect(own.isOwnCreate(table(), id)).toBe(true);
			const [first = ''] = ids();
			await call({
				method: 'PUT',
				path: `${records()}/${first}`,
				body: JSON.stringify({ [field('Score')]: 7 }),
			});
			expect(own.valuesOf(table(), first)).toEqual({ [field('Score')]: 7 });
		});

		it.each([
			[{ kind: 'dropAfterCommit' as const }],
			[{ kind: 'statusAfterCommit' as const, status: 502, body: '<h1>Bad Gateway</h1>' }],
			[{ kind: 'statusAfterCommit' as const, status: 200, body: '<h1>Welcome</h1>' }],
		])('sends a record no second time after %j, and says that it is uncertain', async (fault) => {
			harness.sandbox.faults.add({ ...fault, service: 'knack', method: 'POST', times: 9 });
			const { items } = await call(create('Once'), [{}], { onError: 'continueErrorOutput' });
			expect(items).toEqual([]);
			const all = ids().map((id) => harness.sandbox.knack.shown('People', id).Name);
			expect(all.filter((name) => name === 'Once')).toHaveLength(1);
			expect(writes()).toHaveLength(1);
			const { error } = await call({ ...create('Twice') });
			expect(error?.message).toContain('It is not known whether Knack carried out POST');
			expect(error?.description).toContain('Look in Knack');
		});

		it('sends an update again, which does the same twice', async () => {
			harness.sandbox.faults.add({ kind: 'dropAfterCommit', service: 'knack', method: 'PUT' });
			const path = `${records()}/${ids()[0]}`;
			const body = JSON.stringify({ [field('Name')]: 'Renamed' });
			expect((await call({ method: 'PUT', path, body })).items).toHaveLength(1);
			expect(writes()).toHaveLength(2);
		});

		it('says Knack’s own words, and goes on with the others', async () => {
			const { items, error } = await call(
				{ ...create(''), body: `={{ { ${field('Code')}: $json.code } }}` },
				[{ code: 'A1' }, { code: 'A1' }, { code: 'A2' }],
				{ onError: 'continueRegularOutput' },
			);
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
			expect(json(items)[1]).toMatchObject({
				error: { code: 'KNACK_VALUE_TAKEN', message: expect.stringContaining('Knack: ') },
			});
		});
	});

	describe('what cannot be sent', () => {
		it.each([
			[{ path: 'https://evil.example/x' }, 'Path is set to'],
			[{ path: '../../secrets' }, 'Path is set to'],
			[{ path: 'objects/a%2Fb' }, 'Path is set to'],
			[{ path: 'objects?page=1' }, 'Query Parameters'],
			[{ path: '/v1/objects' }, 'address of the API'],
			[{ path: 'objects', ...query({ page: '' }) }, 'has no value'],
			[{ path: 'objects', returnAll: true, ...query({ page: '2' }) }, 'Return All'],
			[{ path: 'objects', method: 'TRACE' }, 'Method is set to'],
			[{ path: 'objects', method: 'POST', body: '{' }, 'Body'],
		])('stops before anything is sent: %j', async (parameters, words) => {
			const { error } = await call(parameters, [{}, {}]);
			expect(`${error?.message} ${error?.description}`).toContain(words);
			expect(sent()).toEqual([]);
		});

		it('keeps back the item whose path cannot be sent, and goes on', async () => {
			const items = [{ path: '//evil.example' }, { path: records() }];
			const result = await call({ path: '={{ $json.path }}' }, items, {
				onError: 'continueRegularOutput',
			});
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 1, 1].map((item) => ({ item })),
			);
			expect(sent()).toHaveLength(1);
		});

		it('stops at a key that is refused, once, and shows it nowhere', async () => {
			const held = harness.credentials.raw('knackApi');
			const apiKey = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
			harness.credentials.add('knackApi', { ...held, apiKey });
			const { items } = await call({ path: records() }, [{}, {}, {}], {
				onError: 'continueRegularOutput',
			});
			expect(json(items)).toMatchObject(
				[1, 2, 3].map(() => ({ error: { code: 'KNACK_CREDENTIAL_REFUSED' } })),
			);
			expect(sent()).toHaveLength(1);
			expect(JSON.stringify(items)).not.toContain(apiKey);
		});
	});

	describe('as the tool of an AI agent', () => {
		const create = () => ({
			method: 'POST',
			path: records(),
			body: JSON.stringify({ [field('Name')]: 'Agent' }),
		});

		it('reads', async () => {
			expect((await call({ path: records() }, [{}], { type: 'asTool' })).items).toHaveLength(3);
		});

		it.each([{}, { options: { allowWritingAsTool: '={{ $json.allowed }}' } }])(
			'writes nothing: %j',
			async (more) => {
				const { error } = await call({ ...create(), ...more }, [{ allowed: true }], {
					type: 'asTool',
				});
				expect(error?.message).toContain('may only read');
				expect(writes()).toEqual([]);
			},
		);

		it('writes where the node lets it', async () => {
			await call({ ...create(), options: { allowWritingAsTool: true } }, [{}], { type: 'asTool' });
			expect(ids()).toHaveLength(4);
		});
	});
});
