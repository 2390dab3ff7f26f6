import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
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

	test.each(['={{ $json.allowed }}', '={{ true && $json["allowed"] }}'])(
		'does not let the agent allow itself to write: %s',
		async (allowWritingAsTool) => {
			const [order = {}] = orderItems(harness, 1);
			const node = mapUpsert(harness, { options: { allowWritingAsTool } });
			const { output, error } = await harness.engine.runNode(node, [{ ...order, allowed: true }]);
			expect(error).toBeUndefined();
			expect(output[0]?.[0]?.json).toMatchObject({ outcome: 'wouldCreate' });
			expect(writes()).toEqual([]);
		},
	);

	describe('with lines that the agent gives', () => {
		const LINE = {
			description: 'Labour',
			quantity: 2,
			unitAmount: 45.5,
			accountCode: '200',
			taxType: '20% (VAT on Income)',
		};
		const give = async (agentLines: unknown, more: IDataObject = {}) => {
			const [order = {}] = orderItems(harness, 1);
			const given = typeof agentLines === 'string' ? agentLines : JSON.stringify(agentLines);
			const options = { allowWritingAsTool: true, ...more };
			const node = mapUpsert(harness, { lineSource: 'agent', agentLines: given, options });
			const { output } = await harness.engine.runNode(node, [order]);
			return output[0]?.[0]?.json;
		};

		test('writes them', async () => {
			expect(await give([LINE, { ...LINE, quantity: 1 }])).toMatchObject({
				outcome: 'created',
				total: '163.80',
			});
		});

		test('takes a single line as a list of one', async () => {
			expect(await give(JSON.stringify(LINE))).toMatchObject({
				outcome: 'created',
				total: '109.20',
			});
		});

		test('takes what all lines share from the default values', async () => {
			const { description, quantity, unitAmount, taxType } = LINE;
			const defaults = { entries: [{ field: 'lines.accountCode', value: '200' }] };
			expect(
				await give([{ description, quantity, unitAmount, taxType }], { defaults }),
			).toMatchObject({ outcome: 'created', total: '109.20' });
		});

		test.each([
			['a name that no line has', [{ ...LINE, rebate: 5 }], '"rebate"'],
			['two names of one field', [{ ...LINE, 'Unit Price': 9 }], 'Unit Price'],
			['one name written twice', [{ ...LINE, Description: 'Other' }], '"Description"'],
			['words instead of lines', 'two hours of labour', 'not a list'],
			['a list of words', ['two hours of labour'], 'not a list'],
		])('writes nothing and says so for %s', async (_, lines, words) => {
			expect(await give(lines)).toMatchObject({
				outcome: 'blocked',
				issues: [expect.stringContaining(words)],
			});
			expect(writes()).toEqual([]);
		});
	});

	test('says in the panel of a tool whether it may write, and in no other', () => {
		const { description } = new AsTool();
		const shown = (name: string, parameters: INodeParameters) =>
			description.properties
				.filter(({ type }) => type === 'notice')
				.filter((notice) =>
					NodeHelpers.displayParameter(parameters, notice, null, { ...description, name }),
				)
				.map(({ name: notice }) => notice);
		const upsert = { operation: 'upsert', options: {} };
		const allowed = { operation: 'upsert', options: { allowWritingAsTool: true } };
		expect(shown('mapUpsertToXeroTool', upsert)).toContain('agentPreviewsNotice');
		expect(shown('mapUpsertToXeroTool', allowed)).toContain('agentWritesNotice');
		expect(shown('mapUpsertToXeroTool', allowed)).not.toContain('agentPreviewsNotice');
		for (const parameters of [upsert, allowed]) {
			expect(shown('mapUpsertToXero', parameters).filter((name) => /^agent/.test(name))).toEqual(
				[],
			);
		}
	});
});
