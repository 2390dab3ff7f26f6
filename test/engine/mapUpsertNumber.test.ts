import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert, orderItems, ORDER_FIELDS } from './mapUpsertItems';

describe('Map & Upsert to Xero: Number', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject = {}, items = orderItems(harness)) => {
		const result = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [synced = [], attention = []] = result.output;
		const hints = result.hints('Upsert').map(({ message }) => message);
		return {
			...result,
			synced: synced.map(({ json }) => json),
			attention: attention.map(({ json }) => json),
			hints,
		};
	};
	const byTemplate = (numberTemplate: string) => ({ numberSource: 'byTemplate', numberTemplate });
	const numbers = (items: IDataObject[]) =>
		items.map(({ document }) => (document as IDataObject).number);
	const invoices = () => harness.sandbox.xero.invoices().length;
	const withoutReference = () => {
		const { reference: _reference, ...fields } = ORDER_FIELDS;
		return mapper(fields);
	};

	test('by template is made of the record, over what is mapped, and the same at every run', async () => {
		const fields = mapper({ ...ORDER_FIELDS, invoiceNumber: 'SAME-FOR-ALL' });
		const first = await run({ fields, ...byTemplate('JOB-{Order Number}') });
		const [one, two] = orderItems(harness).map((order) => `JOB-${String(order['Order Number'])}`);
		expect(first.attention).toEqual([]);
		expect(numbers(first.synced)).toEqual([one, two]);
		const second = await run({ fields, ...byTemplate('JOB-{Order Number}') });
		expect(second.synced.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
	});

	test('by template blocks the record whose field is blank, and names the field', async () => {
		const [good = {}, bad = {}] = orderItems(harness);
		const { synced, attention } = await run(byTemplate('JOB-{Order Number}'), [
			good,
			{ ...bad, 'Order Number': null },
		]);
		expect(synced).toHaveLength(1);
		expect(attention).toMatchObject([
			{
				outcome: 'blocked',
				issues: expect.arrayContaining([
					expect.objectContaining({
						code: 'MAPPING_NUMBER_FIELD_BLANK',
						fix: expect.stringContaining('Order Number'),
					}),
				]),
			},
		]);
	});

	test('by template holds records of a run that would share a number, be they alike or not', async () => {
		const [first = {}, second = {}] = orderItems(harness);
		const twin = { ...first, knack: { ...(first.knack as IDataObject), recordId: 'another' } };
		const before = invoices();
		const { attention } = await run(byTemplate('Y{Order Date:yyyy}'), [first, second, twin]);
		expect(attention.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held']);
		expect(attention[0]?.issues).toMatchObject([{ code: 'XERO_NUMBER_SHARED' }]);
		expect(invoices()).toBe(before);
	});

	test('by template holds a number that is another record’s in Xero, with that document', async () => {
		const [first = {}, second = {}] = orderItems(harness);
		await run(byTemplate('N-{Currency}'), [first]);
		const before = invoices();
		const same = { ...second, Currency: first.Currency };
		const otherContact = await run(byTemplate('N-{Currency}'), [same]);
		expect(otherContact.attention).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'XERO_NUMBER_OF_OTHER_CONTACT', candidates: [{}] }] },
		]);
		const otherReference = await run(byTemplate('N-{Currency}'), [
			{ ...same, Customer: first.Customer },
		]);
		expect(otherReference.attention).toMatchObject([
			{
				outcome: 'held',
				issues: [{ code: 'XERO_KEY_OF_ANOTHER', candidates: [{ label: expect.any(String) }] }],
			},
		]);
		const otherContent = await run({ ...byTemplate('N-{Currency}'), fields: withoutReference() }, [
			{
				...same,
				Customer: first.Customer,
				'Order Date': '2026-10-01',
				'Order Lines': [
					{ Description: 'Nothing alike', Quantity: 1, 'Unit Price': '5', 'Account Code': '200' },
				],
			},
		]);
		expect(otherContent.attention).toMatchObject([{ issues: [{ code: 'XERO_KEY_OF_ANOTHER' }] }]);
		expect(invoices()).toBe(before);
	});

	test('by template does not give a document the number of another one', async () => {
		const [first = {}, second = {}] = orderItems(harness);
		const made = await run(byTemplate('N-{Order Number}'), [first, second]);
		const { id } = made.synced[1]?.document as IDataObject;
		const { attention } = await run(byTemplate('N-{Order Number}'), [
			{ ...second, 'Xero Invoice ID': id as string, 'Order Number': first['Order Number'] },
		]);
		expect(attention).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'XERO_NUMBER_OF_OTHER_RECORD' }] },
		]);
	});

	test('by Xero sends none although one is mapped, and writes the given one back', async () => {
		const { knack } = harness.sandbox;
		const fields = mapper({
			...ORDER_FIELDS,
			invoiceNumber: '={{ "MINE-" + $json["Order Number"] }}',
		});
		const { synced, hints } = await run({
			fields,
			numberSource: 'byXero',
			writeBack: true,
			table: { __rl: true, mode: 'id', value: knack.schema('Orders').key },
			writeBackFields: { number: knack.fieldKey('Orders', 'Invoice Number') },
		});
		expect(numbers(synced)).toEqual(['INV-0001', 'INV-0002']);
		const [recordId = ''] = knack.recordIds('Orders');
		expect(knack.shown('Orders', recordId)['Invoice Number']).toBe('INV-0001');
		expect(hints).toHaveLength(1);
		const again = await run({ fields, numberSource: 'byXero' });
		expect(again.synced.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
	});

	test('by Xero says where the numbers could be kept', async () => {
		const { hints } = await run({ numberSource: 'byXero' });
		expect(hints[1]).toContain('choose a field for Number');
	});

	test('by template without a template says so before anything is read', async () => {
		const { error } = await run(byTemplate(' '));
		expect(error?.message).toContain('number template is empty');
	});
});
