import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert, orderItems, ORDER_FIELDS } from './mapUpsertItems';

describe('Map & Upsert to Xero: Adopt', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject = {}, items = orderItems(harness)) => {
		const writeBackFields = Object.fromEntries(
			Object.entries({
				xeroId: 'Xero Invoice ID',
				number: 'Invoice Number',
				status: 'Invoice Status',
				message: 'Sync Message',
			}).map(([part, field]) => [part, harness.sandbox.knack.fieldKey('Orders', field)]),
		);
		const node = mapUpsert(harness, {
			operation: 'adopt',
			writeBack: true,
			table: { __rl: true, mode: 'id', value: harness.sandbox.knack.schema('Orders').key },
			writeBackFields,
			...parameters,
		});
		const result = await harness.engine.runNode(node, items);
		const [synced = [], attention = []] = result.output;
		const hints = result.hints('Upsert').map(({ message }) => message);
		return { ...result, synced, attention, hints };
	};
	const writes = (service: 'xero' | 'knack') =>
		harness.sandbox.journal
			.filter({ service })
			.filter(({ method, path }) => method !== 'GET' && !path.includes('token'));

	/** Invoices of orders as Zapier would have made them: under words of its own, the same substance. */
	async function postedByZapier(
		items: IDataObject[],
		{ status = 'AUTHORISED', reference = 'Zap for order {{ $json["Order Number"] }}' } = {},
	): Promise<string[]> {
		const { id: _id, ...fields } = ORDER_FIELDS;
		const node = mapUpsert(harness, {
			status,
			fields: mapper({
				...fields,
				invoiceNumber: '=ZAP-{{ $itemIndex }}',
				reference: `=${reference}`,
			}),
		});
		const { output } = await harness.engine.runNode(node, items);
		const made = (output[0] ?? []).map(({ json }) => String((json.document as IDataObject).id));
		expect(made).toHaveLength(items.length);
		const { invoices } = harness.sandbox.xero.organisation();
		for (const row of invoices.all()) {
			invoices.put(row.id, { ...row, createdByClientId: 'zapier' });
		}
		return made;
	}

	test('links what Zapier made, writes it onto the Knack record and nothing to Xero', async () => {
		const [first = {}, second = {}, third = {}] = orderItems(harness, 3);
		const [id = ''] = await postedByZapier([first]);
		const before = writes('xero').length;
		const { synced, attention, hints, error } = await run({}, [first, second, third]);
		expect(error).toBeUndefined();
		expect(writes('xero')).toHaveLength(before);
		expect(synced).toMatchObject([
			{
				json: {
					outcome: 'linked',
					document: { id, number: 'ZAP-0', status: 'AUTHORISED' },
					match: { by: 'signs', reasons: expect.arrayContaining(['same contact', 'same day']) },
				},
				pairedItem: { item: 0 },
			},
			{ json: { outcome: 'skipped', reason: 'notInXero' }, pairedItem: { item: 1 } },
			{ json: { outcome: 'skipped', reason: 'notInXero' }, pairedItem: { item: 2 } },
		]);
		expect(attention).toEqual([]);
		expect(hints[0]).toMatch(/^1 linked, 2 not in Xero yet, \d+ Xero calls\.$/);
		const { knack } = harness.sandbox;
		const [recordId = ''] = knack.recordIds('Orders');
		expect(knack.shown('Orders', recordId)).toMatchObject({
			'Xero Invoice ID': id,
			'Invoice Number': 'ZAP-0',
			'Invoice Status': 'Approved',
		});
	});

	test('afterwards Create or Update brings that document up to date and posts no other', async () => {
		const [item = {}] = orderItems(harness, 1);
		const [id = ''] = await postedByZapier([item], { status: 'DRAFT' });
		await run({}, [item]);
		const count = harness.sandbox.xero.invoices().length;
		const first = await run({ operation: 'upsert' }, orderItems(harness, 1));
		expect(first.synced).toMatchObject([{ json: { outcome: 'updated', document: { id } } }]);
		const second = await run({ operation: 'upsert' }, orderItems(harness, 1));
		expect(second.synced).toMatchObject([{ json: { outcome: 'unchanged', document: { id } } }]);
		const again = await run({}, orderItems(harness, 1));
		expect(again.synced).toMatchObject([{ json: { outcome: 'unchanged', document: { id } } }]);
		expect(harness.sandbox.xero.invoices()).toHaveLength(count);
	});

	test('asks Knack whether another record is linked already, also one outside of the run', async () => {
		const [first = {}] = orderItems(harness, 1);
		const [id = ''] = await postedByZapier([first]);
		const { knack } = harness.sandbox;
		const [, otherId = ''] = knack.recordIds('Orders');
		knack.updateRecord('Orders', otherId, { 'Xero Invoice ID': id });
		const { synced, attention } = await run({}, [first]);
		expect(synced).toEqual([]);
		expect(attention).toMatchObject([
			{ json: { outcome: 'held', issues: [{ code: 'XERO_ADOPT_CLAIMED' }] } },
		]);
	});

	test('holds what is not certain with its candidates, and says so on the Knack record', async () => {
		const [item = {}] = orderItems(harness, 1);
		const [id = ''] = await postedByZapier([item], { reference: 'ORD-99999' });
		const { attention, hints } = await run({}, [item]);
		expect(attention).toMatchObject([
			{
				json: {
					outcome: 'held',
					issues: [{ code: 'XERO_ADOPT_UNCERTAIN', candidates: [{ id }] }],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints[0]).toContain('1 needs attention');
		const { knack } = harness.sandbox;
		const [recordId = ''] = knack.recordIds('Orders');
		expect(knack.shown('Orders', recordId)['Sync Message']).toContain('not enough speaks for it');
	});

	test('a preview writes to neither side', async () => {
		const [item = {}] = orderItems(harness, 1);
		await postedByZapier([item]);
		const before = writes('xero').length;
		const { synced, hints } = await run({ previewOnly: true }, [item]);
		expect(synced).toMatchObject([{ json: { outcome: 'wouldLink' } }]);
		expect(hints[0]).toMatch(/^1 would be linked/);
		expect(hints[1]).toContain('neither in Xero nor in Knack');
		expect(writes('xero')).toHaveLength(before);
		expect(writes('knack')).toEqual([]);
	});

	test('says that a link is kept nowhere when no field is chosen for it', async () => {
		const [item = {}] = orderItems(harness, 1);
		await postedByZapier([item]);
		const { synced, hints } = await run({ writeBack: false }, [item]);
		expect(synced).toMatchObject([{ json: { outcome: 'linked' } }]);
		expect(hints[1]).toContain('choose a field for Xero ID');
	});
});
