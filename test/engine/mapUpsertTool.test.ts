import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeMapUpsert(context);
	}
}

describe('Map & Upsert to Xero as the tool of an AI agent', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new AsTool() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject = {}) => {
		const [good = {}, bad = {}] = orderItems(harness);
		const items = [good, { ...bad, 'Due Date': 'whenever' }];
		return await harness.engine.runNode(mapUpsert(harness, parameters), items);
	};
	const writes = () =>
		harness.sandbox.journal.filter({ service: 'xero' }).filter(({ method }) => method === 'PUT');

	test('previews unless it may write, and gives everything, compact, on the first output', async () => {
		const { output } = await run();
		expect(writes()).toEqual([]);
		expect(output.map((items) => items.length)).toEqual([2, 0]);
		expect(output[0]?.map(({ json }) => json)).toMatchObject([
			{ outcome: 'wouldCreate', total: '1552.80', note: expect.stringContaining('preview') },
			{ outcome: 'blocked', issues: [expect.stringContaining('whenever')] },
		]);
		expect(Object.keys(output[0]?.[0]?.json ?? {})).not.toContain('sync');
	});

	test('writes where the options allow it', async () => {
		const { output } = await run({ options: { allowWritingAsTool: true } });
		expect(output[0]?.[0]?.json).toMatchObject({ outcome: 'created', number: 'INV-0001' });
		expect(output[0]?.[0]?.json).not.toHaveProperty('note');
		expect(writes()).not.toEqual([]);
	});
});
