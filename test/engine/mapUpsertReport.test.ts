import type { IDataObject } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, ours, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

describe('the report of a run of Map & Upsert to Xero', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (items: IDataObject[], parameters: IDataObject = {}) => {
		const node = mapUpsert(harness, { options: { report: true }, ...parameters });
		const { output, error } = await harness.engine.runNode(node, items);
		expect(error).toBeUndefined();
		return output;
	};
	const withHeld = () => {
		const [good = {}, bad = {}] = orderItems(harness);
		return [good, { ...bad, 'Due Date': 'whenever' }];
	};

	test('is one item beside those of the records, for a mail and as a file', async () => {
		const [synced, attention, report] = await run(withHeld(), { operation: 'preview' });
		expect([synced, attention, report].map((items) => items?.length)).toEqual([1, 1, 1]);
		const [page] = report ?? [];
		expect(page?.json).toMatchObject({
			title: 'Preview of sales invoices, Demo Trade Ltd',
			summary: expect.stringContaining('1 would be created, 1 needs attention'),
			records: 2,
			needsAttention: 1,
			notListed: 0,
			totals: [
				{ what: 'need attention', records: 1 },
				{ what: 'would be created', currency: 'GBP', records: 1, total: '1552.80' },
			],
		});
		expect(page?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(page?.binary?.report).toMatchObject({ mimeType: 'text/html', fileType: 'html' });
		const file = Buffer.from(page?.binary?.report?.data ?? '', 'base64').toString();
		expect(file).toBe(page?.json.html);
	});

	test('names what is held, why, and what helps; what would be created; totals and calls', async () => {
		const [synced, attention, report] = await run(withHeld(), { operation: 'preview' });
		const text = textOf(report?.[0]?.json.html);
		const [issue] = Array.isArray(attention?.[0]?.json.issues) ? attention[0].json.issues : [];
		expect(text).toContain(`Why: ${Object(issue).message}`);
		expect(text).toContain(`What to do: ${Object(issue).fix}`);
		const { number, contactName } = Object(synced?.[0]?.json.document);
		expect(number).toBeUndefined();
		expect(text).toContain(`for ${contactName}`);
		expect(text).toContain('GBP 1,552.80');
		expect(text).toContain('New sales invoice');
		expect(text).toMatch(/Preview: nothing was written\. Writing it takes \d+ more Xero call/);
		expect(text).toMatch(/\d+ Xero calls/);
	});

	test('shows changes field by field, by the labels of the form', async () => {
		const [order = {}] = orderItems(harness, 1);
		await run([order]);
		const [line = {}] = Array.isArray(order['Order Lines']) ? order['Order Lines'] : [];
		const changed = {
			...order,
			'Due Date': '2027-01-31',
			'Order Lines': [{ ...Object(line), Quantity: 9 }],
		};
		const [, , report] = await run([changed], { operation: 'preview' });
		const html = String(report?.[0]?.json.html);
		expect(html).not.toContain('lineItems[');
		expect(textOf(html)).toMatch(/Due Date \d{4}-\d\d-\d\d 2027-01-31/);
		expect(textOf(html)).toMatch(/Quantity \(line 1\) [\d.]+ 9/);
		expect(textOf(html)).toContain('Field In Xero Now Would Become');
	});

	test('is the third output only where the option is on', async () => {
		const outputsOf = (options: IDataObject) => {
			const node = mapUpsert(harness, { options });
			const workflow = harness.engine.workflow({ nodes: [node] });
			const full = workflow.getNode(node.name);
			const type = workflow.nodeTypes.getByNameAndVersion(ours('mapUpsertToXero'), 1);
			if (!full) throw new Error('The node is not in its workflow');
			return NodeHelpers.getNodeOutputs(workflow, full, type.description).map((output) =>
				typeof output === 'string' ? output : output.displayName,
			);
		};
		expect(outputsOf({})).toEqual(['Synced', 'Needs Attention']);
		expect(outputsOf({ report: false })).toEqual(['Synced', 'Needs Attention']);
		expect(outputsOf({ report: true })).toEqual(['Synced', 'Needs Attention', 'Report']);
		const output = await run(withHeld(), { options: {}, operation: 'preview' });
		expect(output).toHaveLength(2);
	});

	test('tells of a run that wrote as well', async () => {
		const [, , report] = await run(withHeld());
		expect(report?.[0]?.json.title).toBe('Report of sales invoices, Demo Trade Ltd');
		expect(textOf(report?.[0]?.json.html)).toContain('Sales invoice INV-0001 for');
		expect(String(report?.[0]?.json.html)).toContain('href="https://go.xero.com/');
	});
});

/** What a reader sees, with single spaces. */
function textOf(html: unknown): string {
	return String(html)
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#39;/g, "'")
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&')
		.replace(/\s+([:.])/g, '$1')
		.replace(/\s+/g, ' ');
}
