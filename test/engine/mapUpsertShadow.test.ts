import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert, ORDER_FIELDS, orderItems } from './mapUpsertItems';

describe('Shadow of Map & Upsert to Xero', () => {
	let harness: Harness;
	let items: IDataObject[];
	let ours: string;

	beforeAll(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		items = orderItems(harness, 3);
		const { output } = await run([items[0] ?? {}], { operation: 'upsert', status: 'AUTHORISED' });
		ours = String(Object(output[0]?.[0]?.json.document).id);
		const { person } = harness.sandbox.xero;
		// The same invoice, as if another tool had made it: without our link.
		person.saveInvoice({ InvoiceID: ours, Url: 'https://example.com/order' });
	}, 300_000);

	afterAll(async () => await harness.close());

	const shadowOptions = { from: '2020-01-01', to: '2030-01-01' };
	const run = async (given: IDataObject[], parameters: IDataObject = {}) => {
		const node = mapUpsert(harness, { operation: 'shadow', status: 'AUTHORISED', ...parameters });
		const result = await harness.engine.runNode(node, given);
		expect(result.error).toBeUndefined();
		return { output: result.output, hints: result.hints(node.name) };
	};
	const writes = () => harness.sandbox.journal.filter({ kind: 'write', path: /\.xro|records/ });

	test('gives each document an item, and the whole as a report, and writes nothing', async () => {
		harness.sandbox.journal.clear();
		const { output, hints } = await run(items);
		const [same = [], attention = [], report = []] = output;
		expect(same.map(({ json }) => json.shadow)).toEqual(['same']);
		expect(Object.keys(same[0]?.json ?? {})[0]).toBe('summary');
		expect(same[0]?.json).toMatchObject({
			outcome: 'agrees',
			differences: [],
			link: expect.stringContaining(ours),
			documents: [{ id: ours, type: 'salesInvoice' }],
			recognisedBy: expect.stringMatching(/./),
		});
		expect(attention.map(({ json }) => json.shadow)).toEqual(['onlyOurs', 'onlyOurs']);
		expect(attention.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(report).toHaveLength(1);
		const [whole] = report;
		expect(whole?.json).toMatchObject({ same: 1, different: 0, onlyOurs: 2, records: 3 });
		expect(whole?.json.summary).toBe(hints[0]?.message);
		expect(whole?.json.summary).toMatch(/1 the same, 0 different, 0 only theirs, 2 only ours/);
		expect(whole?.json.html).toMatch(/Xero does not say who made them/);
		expect(whole?.binary?.report).toMatchObject({ mimeType: 'text/html' });
		expect(writes()).toEqual([]);
	});

	test('names each field that differs, with both values, and a payment that was missed', async () => {
		const [first = {}] = items;
		harness.sandbox.xero.person.recordPayment({ invoiceId: ours, amount: '1.00' });
		const moved = { ...first, 'Due Date': '2027-01-24', 'Amount Paid': '' };
		const options = { shadowOptions: { amountPaidField: 'Amount Paid' } };
		const { output } = await run([moved], options);
		const [, attention = [], report = []] = output;
		expect(attention[0]?.json).toMatchObject({
			shadow: 'different',
			outcome: 'differs',
			summary: expect.stringMatching(/: different\. Theirs is .*Due Date: theirs .*2027-01-24/),
			differences: expect.arrayContaining([
				{ field: 'Due Date', theirs: expect.any(String), ours: '2027-01-24' },
				{
					field: 'Paid',
					theirs: expect.stringContaining('in Knack'),
					ours: expect.stringContaining('1.00'),
				},
			]),
		});
		expect(report[0]?.json.differingFields).toEqual(
			expect.arrayContaining([{ field: 'Paid', documents: 1 }]),
		);
	});

	test('says what we would hold, and what nobody made a record of', async () => {
		const [first = {}] = items;
		harness.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			InvoiceNumber: 'BY-HAND',
			Contact: { Name: 'Stranger' },
			Date: '2026-11-20',
			LineItems: [{ Description: 'By hand', Quantity: 1, UnitAmount: 77, AccountCode: '200' }],
		});
		const { output } = await run([{ ...first, 'Order Date': 'someday' }], { shadowOptions });
		const [same = [], attention = [], report = []] = output;
		expect(same).toEqual([]);
		expect(attention.map(({ json }) => json.shadow)).toEqual(['different', 'onlyTheirs']);
		expect(attention[0]?.json.differences).toEqual([
			{
				field: 'Held by Us',
				theirs: 'posted, authorised',
				ours: expect.stringContaining('someday'),
			},
		]);
		expect(attention[1]?.json).toMatchObject({ record: 'BY-HAND', total: '92.40' });
		expect(report[0]?.json).toMatchObject({ from: '2020-01-01', to: '2030-01-01' });
	});

	test('says that theirs of a record that cannot be read counts as only theirs', async () => {
		const dueDate = '={{ $json["Due Date"] ?? $("Nowhere").first().json.due }}';
		const fields = mapper({ ...ORDER_FIELDS, dueDate });
		const [first = {}, second = {}] = items;
		const { hints } = await run([second, { ...first, 'Due Date': null }], {
			fields,
			shadowOptions,
		});
		expect(hints.map(({ message }) => message)).toContain(
			'1 item could not be read, so that what they have made of it is among only theirs.',
		);
	});
});
