import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

describe('what a person sees of a run first', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
	});

	afterEach(async () => await harness.close());

	async function run(items: IDataObject[], parameters: IDataObject = {}): Promise<IDataObject[][]> {
		const { output } = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		return output.map((items) => items.map(({ json }) => json));
	}

	test('the sentence comes first, then the number of the record; ids and keys come last', async () => {
		const [order = {}] = orderItems(harness);
		const [[item = {}] = []] = await run([order]);
		expect(Object.keys(item).slice(0, 4)).toEqual(['summary', 'record', 'outcome', 'document']);
		expect(Object.keys(item).slice(-2)).toEqual(['source', 'sync']);
		expect(item.record).toBe(order['Order Number']);
		const document = Object.keys(Object(item.document));
		expect(document[0]).toBe('number');
		expect(document.slice(-3).sort()).toEqual(['contactId', 'id', 'type']);
	});

	test('the sentence about trouble says what to do, and names a line as people count', async () => {
		const [order = {}] = orderItems(harness);
		const [line] = order['Order Lines'] as IDataObject[];
		const lines = [line, { ...line, 'Unit Price': 'twelve' }];
		const [, [item = {}] = []] = await run([{ ...order, 'Order Lines': lines }]);
		const [issue = {}] = item.issues as IDataObject[];
		expect(item.summary).toContain(String(issue.fix));
		expect(Object.keys(issue).slice(0, 3)).toEqual(['message', 'fix', 'where']);
		expect(issue).toMatchObject({
			where: 'Unit Price (line 2)',
			field: 'lineItems[1].unitAmount',
		});
	});

	test('every item of an output has the same entries, so that a table has no gaps', async () => {
		const orders = orderItems(harness);
		await run(orders.slice(0, 1));
		const [items = []] = await run(orders);
		expect(items.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
		const [first = {}, second = {}] = items;
		expect(Object.keys(second)).toEqual(Object.keys(first));
		expect(Object.values(second)).not.toContain(undefined);
	});
});
