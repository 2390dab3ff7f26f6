import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

describe('Map & Upsert to Xero: status by rule', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const over = (amount: number, status: string, leftValue = '={{ $json.Total }}') => ({
		conditions: {
			combinator: 'and',
			options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [
				{ id: '1', leftValue, rightValue: amount, operator: { type: 'number', operation: 'gt' } },
			],
		},
		status,
	});
	const run = async (entries: IDataObject[], parameters: IDataObject = {}) => {
		const totals = [1552.8, 132.78, 50];
		const items = orderItems(harness, 3).map((item, index) => ({ ...item, Total: totals[index] }));
		const node = mapUpsert(harness, {
			useStatusRules: true,
			statusRules: { entries },
			status: 'DRAFT',
			...parameters,
		});
		const result = await harness.engine.runNode(node, items);
		const [synced = [], attention = []] = result.output;
		return {
			...result,
			attention,
			statuses: synced.map(({ json }) => (json.document as IDataObject).status),
		};
	};

	test('gives the status of the first rule that fits, else the one that the node is set to', async () => {
		const { statuses, attention } = await run([over(1000, 'SUBMITTED'), over(100, 'AUTHORISED')]);
		expect(attention).toEqual([]);
		expect(statuses).toEqual(['SUBMITTED', 'AUTHORISED', 'DRAFT']);
	});

	test('goes by the order of the rules', async () => {
		const { statuses } = await run([over(100, 'AUTHORISED'), over(1000, 'SUBMITTED')]);
		expect(statuses).toEqual(['AUTHORISED', 'AUTHORISED', 'DRAFT']);
	});

	test('leaves everything to Status when it is off', async () => {
		const { statuses } = await run([over(0, 'AUTHORISED')], { useStatusRules: false });
		expect(statuses).toEqual(['DRAFT', 'DRAFT', 'DRAFT']);
	});

	test('refuses a rule without a condition, which would fit every record', async () => {
		const { error } = await run([over(1000, 'SUBMITTED'), over(1, 'AUTHORISED', '')]);
		expect(error?.message).toContain('Rule 2 under Status Rules');
		const { error: unchosen } = await run([over(1000, '')]);
		expect(unchosen?.message).toContain('Rule 1 under Status Rules');
		expect(harness.sandbox.journal.filter({ service: 'xero', method: 'PUT' })).toEqual([]);
	});

	test('a condition that cannot be worked out blocks its own record alone', async () => {
		const { statuses, attention } = await run([
			over(1000, 'SUBMITTED', '={{ $json.Total < 100 ? $("Nowhere").first() : $json.Total }}'),
		]);
		expect(statuses).toEqual(['SUBMITTED', 'DRAFT']);
		expect(attention).toMatchObject([
			{ json: { outcome: 'blocked', issues: [{ code: 'MAPPING_EXPRESSION_FAILED' }] } },
		]);
	});
});
