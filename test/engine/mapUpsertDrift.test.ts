import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { LINE_COLUMNS, mapUpsert, mapper, orderItems } from './mapUpsertItems';

describe('a mapping that names what has changed since', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject, items = orderItems(harness)) => {
		const result = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [synced = [], attention = []] = result.output;
		const hints = result.hints('Upsert').map(({ message }) => message);
		return { synced, attention, hints };
	};
	const writes = () =>
		harness.sandbox.journal.filter({ service: 'xero', kind: 'write', path: /\.xro\// });
	/** As the orders, the first of them with another value in a column of its lines. */
	const firstWith = (change: IDataObject): IDataObject[] => {
		const [first = {}, ...others] = orderItems(harness);
		const lines = [first['Order Lines']].flat().map((line) => ({ ...Object(line), ...change }));
		return [{ ...first, 'Order Lines': lines }, ...others];
	};

	test.each<[string, IDataObject, (xero: Harness['sandbox']['xero']) => void, IDataObject, RegExp]>(
		[
			[
				'an archived account',
				{ 'Account Code': '205' },
				() => undefined,
				{},
				/205 Sales \(old shop\) is archived in Xero\. 1 record waits for it\. Choose 200 Sales, which looks like its successor/,
			],
			[
				'a tax rate that is not active any more',
				{ 'Tax Rate': 'ZERORATEDOUTPUT' },
				(xero) => xero.person.archiveTaxRate('ZERORATEDOUTPUT', true),
				{},
				/is not active in Xero\. 1 record waits for it\. Choose/,
			],
			[
				'an archived tracking option',
				{ Region: 'North' },
				(xero) => xero.person.archiveTracking('Region', 'North'),
				{ 'tracking.Region': 'Region' },
				/The option "North" of Region is archived in Xero\. 1 record waits for it\. Add the option in Xero, or use one of: South/,
			],
			[
				'an archived tracking category',
				{ Region: 'North' },
				(xero) => xero.person.archiveTracking('Region'),
				{ 'tracking.Region': 'Region' },
				/The tracking category "Region" is not active in Xero\. 1 record waits for it/,
			],
		],
	)(
		'%s holds the record that needs it, and the others go',
		async (_what, change, archive, columns, hint) => {
			archive(harness.sandbox.xero);
			const { synced, attention, hints } = await run(
				{ lineFields: mapper({ ...LINE_COLUMNS, ...columns }) },
				firstWith(change),
			);
			expect(synced.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(attention.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
			expect(hints).toContainEqual(expect.stringMatching(hint));
		},
	);

	test('a renamed Knack field holds every record before anything is written, and is said once', async () => {
		const items = orderItems(harness).map(({ 'Due Date': due, ...order }) => ({
			...order,
			'Payment Due': due ?? null,
		}));
		const { synced, hints } = await run({}, items);
		expect(synced).toEqual([]);
		expect(writes()).toEqual([]);
		expect(hints).toContainEqual(
			expect.stringMatching(
				/Due Date is mapped to "Due Date", which .* 2 records wait for it\. .*"Payment Due" looks like it/,
			),
		);
	});

	test('a Knack field that became another type stops the records whose value cannot be read', async () => {
		const [first = {}, second = {}] = orderItems(harness);
		const { synced, attention } = await run({}, [{ ...first, 'Due Date': 'end of month' }, second]);
		expect(synced).toHaveLength(1);
		expect(attention[0]?.json.issues).toMatchObject([
			{ field: 'dueDate', message: expect.stringContaining('end of month') },
		]);
	});
});
