import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import {
	CHOSEN_COLUMNS,
	LINE_COLUMNS,
	mapUpsert,
	mapper,
	ORDER_FIELDS,
	orderItems,
} from './mapUpsertItems';

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
		return { synced, attention, hints, error: result.error };
	};
	/** What Xero was sent. */
	const sent = () => JSON.stringify(writes().map(({ requestBody }) => requestBody));
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

	/** As the orders, each with its customer, and with names of columns and fields changed. */
	const ordersWith = (names: {
		readonly line?: Readonly<Record<string, string>>;
		readonly customer?: Readonly<Record<string, string>>;
		readonly order?: Readonly<Record<string, string>>;
	}): IDataObject[] =>
		orderItems(harness).map((order) => {
			const customer = { Name: order.Customer, Email: 'a@acme.example', Phone: null, knack: {} };
			const lines = [order['Order Lines']].flat().map((line) => renamed(Object(line), names.line));
			const all = {
				...order,
				'Order Lines': lines,
				'Customer Record': renamed(customer, names.customer),
			};
			return renamed(all, names.order);
		});
	const renamed = (
		record: IDataObject,
		names: Readonly<Record<string, string>> = {},
	): IDataObject =>
		Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value]));

	const EMAIL = { 'contact.emailAddress': '={{ $json["Customer Record"]?.["Email"] }}' };
	const chosen = (lines: IDataObject = {}, fields: IDataObject = {}): IDataObject => ({
		lineFields: mapper({ ...CHOSEN_COLUMNS, ...lines }),
		fields: mapper({ ...ORDER_FIELDS, ...EMAIL, ...fields }),
	});
	/** A form as 0.1.0 saved it: bare texts, and lists that offer columns by their bare names. */
	const bare = (lines: IDataObject, more: readonly string[] = []): IDataObject => {
		const value = { ...LINE_COLUMNS, ...lines };
		const lists = { accountCode: '200 Sales', taxType: '20% (VAT on Income)' };
		const schema = Object.keys(value).map((id) => {
			const columns = [...Object.values(LINE_COLUMNS).slice(1), ...more].filter(
				(name) => name !== '200',
			);
			const own = id === 'accountCode' ? [{ name: lists.accountCode, value: '200' }] : [];
			const options = [
				...columns.map((name) => ({ name: `Column: ${name}`, value: name })),
				...own,
			];
			const isListed = id in lists;
			return {
				id,
				displayName: id,
				type: isListed ? 'options' : 'string',
				...(isListed && { options }),
			};
		});
		return { lineFields: { ...mapper(value), schema } };
	};

	interface Stumble {
		readonly parameters: IDataObject;
		readonly names?: Parameters<typeof ordersWith>[0];
		readonly field: string;
		readonly says: RegExp;
	}

	const STUMBLES: ReadonlyArray<readonly [string, Stumble]> = [
		[
			'a renamed column of the lines',
			{
				parameters: chosen(),
				names: { line: { 'Unit Price': 'Price Each' } },
				field: 'lineItems.unitAmount',
				says: /Unit Price is mapped to the column "Unit Price", which the table Order Lines does not have any more\. 2 records wait for it\. .*"Price Each" looks like it: choose Column: Price Each/,
			},
		],
		[
			'a renamed column that bears no name of its field',
			{
				parameters: chosen({ description: 'Column: Work Done' }),
				names: { line: { Description: 'Work' } },
				field: 'lineItems.description',
				says: /Description is mapped to the column "Work Done", .* choose Column: Work for Description/,
			},
		],
		[
			'a renamed column in a form that 0.1.0 saved',
			{
				parameters: bare({ description: 'Work Done' }, ['Work Done']),
				names: { line: { Description: 'Details' } },
				field: 'lineItems.description',
				says: /mapped to the column "Work Done", .*"Details" looks like it/,
			},
		],
		[
			'a renamed column of the name of its field, in a form that 0.1.0 saved',
			{
				parameters: bare({}),
				names: { line: { Description: 'Details' } },
				field: 'lineItems.description',
				says: /mapped to the column "Description", which .*"Details" looks like it/,
			},
		],
		[
			'a renamed field of the connected customer',
			{
				parameters: chosen(),
				names: { customer: { Email: 'Mail Address' } },
				field: 'contact.emailAddress',
				says: /Contact Email Address is mapped to "Customer Record → Email", and "Customer Record" has no "Email" any more\. 2 records wait for it\./,
			},
		],
		[
			'a renamed connection to the customer',
			{
				parameters: chosen(),
				names: { order: { 'Customer Record': 'Client Record' } },
				field: 'contact.emailAddress',
				says: /"Customer Record" does not come with the Knack record any more\. .*"Client Record" looks like it/,
			},
		],
		[
			'a renamed field of the order',
			{
				parameters: chosen(),
				names: { order: { 'Due Date': 'Payment Due' } },
				field: 'dueDate',
				says: /Due Date is mapped to "Due Date", .*"Payment Due" looks like it/,
			},
		],
		[
			'a mistyped column of prices',
			{
				parameters: bare({ unitAmount: 'Prise' }),
				names: { line: { 'Unit Price': 'Price' } },
				field: 'lineItems.unitAmount',
				says: /Unit Price: there is no column "Prise" in Order Lines\. There are: Description, Quantity, Price, .*"Price" looks like it: choose Column: Price/,
			},
		],
		[
			'a mistyped column of descriptions',
			{
				parameters: bare({ description: 'Descripton' }),
				field: 'lineItems.description',
				says: /no column "Descripton" .*"Description" looks like it: choose Column: Description for Description\. If "Descripton" is meant for every line, switch Description to Expression and write it there/,
			},
		],
		[
			'a mistyped field of the connected customer',
			{
				parameters: chosen({}, { 'contact.emailAddress': '={{ $json["Customer Record"].Emial }}' }),
				field: 'contact.emailAddress',
				says: /"Customer Record → Emial", .*"Email" of "Customer Record" looks like it/,
			},
		],
		[
			'a mistyped field of the order',
			{
				parameters: chosen({}, { dueDate: "={{ $json['Due Dat'] }}" }),
				field: 'dueDate',
				says: /Due Date is mapped to "Due Dat", .*"Due Date" looks like it/,
			},
		],
	];

	test.each(STUMBLES)(
		'%s holds the records, names the heir and writes nothing',
		async (...[, stumble]) => {
			const { parameters, names = {}, field, says } = stumble;
			const { synced, attention, hints } = await run(parameters, ordersWith(names));
			expect(synced).toEqual([]);
			expect(writes()).toEqual([]);
			expect(hints).toContainEqual(expect.stringMatching(says));
			expect(attention).toHaveLength(2);
			for (const { json } of attention) {
				expect(json).toMatchObject({
					outcome: 'held',
					issues: [{ code: 'MAPPING_FIELD_GONE', severity: 'hold', field }],
				});
			}
		},
	);

	test('what the message says to do works: the other column is chosen and the records go', async () => {
		const orders = ordersWith({ line: { 'Unit Price': 'Price Each' } });
		expect((await run(chosen(), orders)).synced).toEqual([]);
		const mended = await run(chosen({ unitAmount: 'Column: Price Each' }), orders);
		expect(mended.synced).toHaveLength(2);
		const written = bare({ description: '=Descripton' });
		expect((await run(written, ordersWith({}))).synced).toHaveLength(2);
		expect(sent()).toContain('"Description":"Descripton"');
		const literal = { description: '', 'allLines.description': 'Description' };
		const shared = await run(chosen({ ...literal, unitAmount: 'Column: Price Each' }), orders);
		expect(shared.synced).toHaveLength(2);
		expect(sent()).toContain('"Description":"Description"');
	});

	test('a column that only some lines have filled in, or no record of Knack has, is no column that is gone', async () => {
		const orders = ordersWith({}).map((order) => ({
			...order,
			'Order Lines': [order['Order Lines']].flat().map((line) => {
				const { 'Discount %': _, knack: __, ...others } = Object(line);
				return others;
			}),
		}));
		expect((await run(chosen(), orders)).synced).toHaveLength(2);
	});

	test('a form of 0.1.0 goes on as it was, and says once what each text was taken for', async () => {
		const { synced, hints } = await run(
			bare({ description: 'Monthly hosting', accountCode: '200' }),
		);
		expect(synced).toHaveLength(2);
		const said = hints.filter((hint) => hint.includes('Monthly hosting'));
		expect(said).toEqual([
			'Line Fields were saved before columns and values were kept apart. Taken as columns of Order Lines: Quantity, Unit Price, Discount Rate "Discount %". Not columns of Order Lines, so that they go onto every line as they stand: Description "Monthly hosting". Open the node once with data and save the workflow to settle it.',
		]);
		expect((await run(chosen(), ordersWith({}))).hints.join()).not.toContain('Taken as');
	});

	test('what stands in a record is a value, also when a column is called so', async () => {
		const [order = {}] = ordersWith({});
		const lines = chosen({ description: '={{ $json["Note"] }}' });
		const { synced } = await run(lines, [{ ...order, Note: 'Quantity' }]);
		expect(synced).toHaveLength(1);
		expect(sent()).toContain('"Description":"Quantity"');
	});

	test('a message about a line names its column and its line', async () => {
		const orders = ordersWith({ line: { 'Unit Price': 'Rate' } });
		const [first = {}] = orders;
		const [line] = [first['Order Lines']].flat();
		const { attention } = await run(chosen({ unitAmount: 'Column: Rate' }), [
			{ ...first, 'Order Lines': [{ ...Object(line), Rate: 'about 5' }] },
		]);
		expect(attention[0]?.json.issues).toMatchObject([
			{ message: expect.stringMatching(/^Unit Price \(column "Rate", line 1\) holds "about 5"/) },
		]);
	});

	test('one field from a column and for all lines stops the node before it asks Xero', async () => {
		const both = chosen({ 'allLines.unitAmount': '95' });
		const { error } = await run(both);
		expect(error).toMatchObject({ message: 'Unit Price is filled in twice under Line Fields' });
		expect(harness.sandbox.journal.filter({ service: 'xero' })).toEqual([]);
	});
});
