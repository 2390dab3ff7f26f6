import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createHarness, ours, type Harness } from './harness';

describe('Knack Trigger in the engine', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger() },
			sandbox: { limits: false },
		});
	});

	afterEach(async () => {
		await harness.close();
	});

	const table = (name: string): { mode: string; value: string } => ({
		mode: 'list',
		value: harness.sandbox.knack.schema(name).key,
	});
	const key = (tableName: string, field: string): string =>
		harness.sandbox.knack.fieldKey(tableName, field);

	const trigger = (parameters: INodeParameters, id = 'workflow-1') =>
		harness.engine.poller(
			{
				name: 'Knack',
				type: ours('knackTrigger'),
				credentials: harness.knack,
				parameters: { table: table('Orders'), ...parameters },
			},
			{ id },
		);

	const completed = (): INodeParameters => ({
		triggerOn: 'startsToMatch',
		conditions: {
			condition: [
				{ field: `${key('Orders', 'Status')}|choice`, operator: 'is', value: 'Completed' },
			],
		},
	});

	const json = (items: ReadonlyArray<{ json: IDataObject }>): IDataObject[] =>
		items.map((item) => item.json);

	it('hands on an order when it is completed, with its lines and its customer', async () => {
		const { knack } = harness.sandbox;
		const poller = trigger({
			...completed(),
			include: [
				`in|${knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
				`out|${key('Orders', 'Customer')}`,
			],
		});
		expect(await poller.activate()).toEqual([]);
		const open = knack
			.recordIds('Orders')
			.find((id) => knack.shown('Orders', id)['Status'] === 'New');
		if (!open) throw new Error('The seed has no new order');
		knack.updateRecord('Orders', open, { Status: 'Completed' });

		const items = json(await poller.poll());

		expect(items).toHaveLength(1);
		console.log(JSON.stringify(items[0], null, 1));
		expect(items[0]?.['Status']).toBe('Completed');
		expect(await poller.poll()).toEqual([]);
	});
});
