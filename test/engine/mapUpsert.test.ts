import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { createHarness, type Harness } from './harness';
import { LINE_COLUMNS, mapUpsert, mapper, orderItems, ORDER_FIELDS } from './mapUpsertItems';

describe('Map & Upsert to Xero', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject = {}, items = orderItems(harness)) => {
		const result = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [synced = [], attention = []] = result.output;
		return { ...result, synced, attention };
	};
	const calls = (service: 'xero' | 'knack', methods: readonly string[]) =>
		harness.sandbox.journal
			.filter({ service })
			.filter(({ method, path }) => methods.includes(method) && !path.includes('token'));

	test('posts orders with their lines once, and finds nothing to do the second time', async () => {
		const first = await run();
		expect(first.error).toBeUndefined();
		expect(first.attention).toEqual([]);
		expect(first.synced.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'created',
				document: { type: 'salesInvoice', number: 'INV-0001', status: 'DRAFT', currency: 'GBP' },
				source: { table: harness.sandbox.knack.schema('Orders').key },
				issues: [],
			},
			{ outcome: 'created', document: { number: 'INV-0002' } },
		]);
		expect(first.synced.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(first.synced[0]?.json).not.toHaveProperty('itemIndexes');
		expect(first.hints('Upsert')[0]?.message).toMatch(/^2 created, \d+ Xero calls\.$/);

		harness.sandbox.journal.clear();
		const second = await run();
		expect(second.synced.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(calls('xero', ['PUT', 'POST'])).toEqual([]);
		// The organisation's settings are known from the run before.
		expect(calls('xero', ['GET']).length).toBeLessThanOrEqual(4);
	});

	test('a preview says what would be and makes no write call', async () => {
		const preview = await run({ operation: 'preview' });
		expect(preview.synced.map(({ json }) => json.outcome)).toEqual(['wouldCreate', 'wouldCreate']);
		expect(calls('xero', ['PUT', 'POST'])).toEqual([]);
		expect(calls('knack', ['PUT', 'POST'])).toEqual([]);
		const written = await run();
		const amounts = (items: typeof written.synced) =>
			items.map(({ json }) => (json.document as IDataObject).total);
		expect(amounts(preview.synced)).toEqual(amounts(written.synced));
		expect(preview.hints('Upsert')[1]?.message).toContain('nothing was written');
	});

	test('a record that cannot go is on the second output with the reason, the others go', async () => {
		const [good = {}, bad = {}] = orderItems(harness);
		const { synced, attention } = await run({}, [{ ...bad, 'Due Date': '31/12/2026' }, good]);
		expect(synced).toMatchObject([{ json: { outcome: 'created' }, pairedItem: { item: 1 } }]);
		expect(attention).toMatchObject([
			{
				json: {
					outcome: 'blocked',
					issues: [
						{
							code: 'XERO_DATE_NOT_ON_CALENDAR',
							field: 'dueDate',
							message: expect.stringContaining('Due Date holds "31/12/2026"'),
						},
					],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('an expression that fails blocks its own record only', async () => {
		const [one = {}, two = {}] = orderItems(harness);
		const fields = mapper({
			...ORDER_FIELDS,
			dueDate: '={{ $json["Due Date"] ?? $("Nowhere").first().json.due }}',
		});
		const { synced, attention } = await run({ fields }, [one, { ...two, 'Due Date': null }]);
		expect(synced).toHaveLength(1);
		expect(attention).toMatchObject([
			{
				json: { outcome: 'blocked', issues: [{ code: 'MAPPING_EXPRESSION_FAILED' }] },
				pairedItem: { item: 1 },
			},
		]);
	});

	test('text in angle brackets is text, and a second run finds it as it was sent', async () => {
		const texts = ['Bolt <M8> zinc', 'Size <S> or <L>', 'unclosed <b', 'R&amp;D &lt;x&gt;'];
		const [order = {}] = orderItems(harness, 1);
		const lines = texts.map((Description) => ({
			Description,
			Quantity: 1,
			'Unit Price': 10,
			'Account Code': '200',
		}));
		const items = [{ ...order, 'Order Number': '<A1>', 'Order Lines': lines }];
		const { synced } = await run({}, items);
		expect(synced).toMatchObject([{ json: { outcome: 'created', issues: [] } }]);
		const [invoice] = harness.sandbox.xero
			.invoices()
			.filter(({ Reference }) => Reference === '<A1>');
		expect(invoice?.LineItems).toMatchObject(texts.map((Description) => ({ Description })));
		const again = await run({}, items);
		expect(again.synced).toMatchObject([{ json: { outcome: 'unchanged' } }]);
	});

	test('a text that a machine made blocks its own record only, by name', async () => {
		const [good = {}, bad = {}] = orderItems(harness);
		const poison = '<ul><li>'.repeat(2_500);
		const { synced, attention } = await run({}, [{ ...bad, 'Order Number': poison }, good]);
		expect(synced).toMatchObject([{ json: { outcome: 'created' }, pairedItem: { item: 1 } }]);
		expect(attention).toMatchObject([
			{
				json: { issues: [{ code: 'XERO_TEXT_TOO_LONG', field: 'reference' }] },
				pairedItem: { item: 0 },
			},
		]);
	});

	test('a value that cannot be read is one issue, not one for every rule that misses it', async () => {
		const [order = {}] = orderItems(harness, 1);
		const lines = [{ Description: 'Work', Quantity: 2, 'Unit Price': 'ask Jo' }];
		const { attention } = await run({}, [{ ...order, 'Order Lines': lines }]);
		expect(attention[0]?.json.issues).toMatchObject([
			{ code: 'XERO_NUMBER_UNREADABLE', field: 'lineItems[0].unitAmount' },
		]);
	});

	test('maps automatically by the names of the fields', async () => {
		const { synced } = await run({
			fields: mapper(null, 'autoMapInputData'),
			lineFields: mapper(null, 'autoMapInputData'),
			lineList: '',
		});
		expect(synced.map(({ json }) => json)).toMatchObject([
			{ outcome: 'created', document: { contactName: 'Ashdown Kitchens Ltd' } },
			{ outcome: 'created' },
		]);
	});

	test('items that are one line each become one document that pairs with all of them', async () => {
		const items = orderItems(harness).flatMap(({ 'Order Lines': lines, ...order }) =>
			(lines as IDataObject[]).map((line) => ({ ...order, ...line, knack: order.knack })),
		);
		const { synced, attention } = await run(
			{
				lineSource: 'itemPerLine',
				lineFields: mapper({ ...LINE_COLUMNS, unitAmount: '={{ $json["Unit Price"] }}' }),
			},
			items,
		);
		expect(attention).toEqual([]);
		expect(synced.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 1 }, { item: 2 }],
			[{ item: 3 }, { item: 4 }],
		]);
	});

	test('a document leads to the page and the app of its own record', async () => {
		const [one, other] = orderItems(harness);
		const place = other?.knack as IDataObject;
		const { synced } = await run(
			{ options: { recordPage: '=https://acme.knack.com/jobs#job/{{ $json["Order Number"] }}' } },
			[{ ...one }, { ...other, knack: { ...place, applicationId: 'another' } }],
		);
		const { recordId, table } = place;
		expect(synced[1]?.json.source).toEqual({
			knackRecordId: recordId,
			table,
			applicationId: 'another',
		});
		expect(synced[0]?.json.source).toMatchObject({ applicationId: sandboxKnackApp.id });
		const urls = harness.sandbox.xero.invoices().map(({ Url }) => String(Url));
		const ends = [one, other].map((order) => `#job/${String(order?.['Order Number'])}`);
		expect(ends.map((end) => urls.filter((url) => url.endsWith(end)).length)).toEqual([1, 1]);
		expect(urls.every((url) => url.startsWith('https://acme.knack.com/jobs?'))).toBe(true);
		expect(urls.filter((url) => url.includes(`another.${String(table)}`))).toHaveLength(1);
	});

	test('a document of items that are lines bears no link to one of the lines', async () => {
		const [order] = orderItems(harness, 1);
		const [line] = order?.['Order Lines'] as IDataObject[];
		const { synced } = await run({ lineSource: 'itemPerLine' }, [{ ...order, ...line }]);
		expect(synced).toMatchObject([{ json: { outcome: 'created' } }]);
		expect(harness.sandbox.xero.invoices().map(({ Url }) => Url)).toEqual([undefined]);
	});

	test('a record keeps what was sent of a document without a link', async () => {
		const [order] = orderItems(harness, 1);
		const { knack } = harness.sandbox;
		const send = async (item: IDataObject, isKept: boolean) => {
			const { synced, attention } = await run(
				{
					document: 'purchaseOrder',
					status: 'AUTHORISED',
					fields: mapper({
						'contact.name': '={{ $json["Customer"] }}',
						purchaseOrderNumber: '={{ $json["Order Number"] }}',
						reference: '={{ $json["Reference"] }}',
						date: '={{ $json["Order Date"] }}',
					}),
					writeBack: isKept,
					writeBackFields: { fingerprint: knack.fieldKey('Orders', 'Sync Message') },
				},
				[item],
			);
			return [...synced, ...attention].map(({ json }) => json);
		};
		expect(await send({ ...order, Reference: 'R' }, true)).toMatchObject([{ outcome: 'created' }]);
		const [recordId = ''] = knack.recordIds('Orders');
		const kept = knack.shown('Orders', recordId)['Sync Message'];
		expect(kept).toMatch(/^1/);
		const changed = { ...order, Reference: 'S', 'Sync Message': ` ${kept} ` };
		expect(await send(changed, false)).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'XERO_BASE_UNKNOWN' }] },
		]);
		const [updated] = await send(changed, true);
		expect(updated).toMatchObject({ outcome: 'updated' });
		expect(updated?.source).not.toHaveProperty('fingerprint');
	});

	test('reads lines from the connected Knack table in one call for all records', async () => {
		const { knack } = harness.sandbox;
		const items = orderItems(harness).map((order) => ({ ...order, 'Order Lines': null }));
		const { synced } = await run(
			{
				lineSource: 'knackTable',
				lineTable: { __rl: true, mode: 'list', value: knack.schema('Order Lines').key },
				lineConnection: knack.fieldKey('Order Lines', 'Order'),
			},
			items,
		);
		expect(synced.map(({ json }) => json)).toMatchObject([
			{ outcome: 'created', document: { subTotal: '1294.00', total: '1552.80' } },
			{ outcome: 'created', document: { subTotal: '110.65', total: '132.78' } },
		]);
		const lists = calls('knack', ['GET']).filter(({ path }) => path.endsWith('/records'));
		expect(lists).toHaveLength(1);
	});

	test('sends approved documents when told so, by choice or by label', async () => {
		const { synced } = await run({ status: '={{ "Approved" }}' });
		expect(synced.map(({ json }) => (json.document as IDataObject).status)).toEqual([
			'AUTHORISED',
			'AUTHORISED',
		]);
	});

	test('skips what the condition leaves out, and says why', async () => {
		const { synced } = await run({
			useCondition: true,
			condition: {
				combinator: 'and',
				options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: '1',
						leftValue: '={{ $json.Customer }}',
						rightValue: 'Bramley & Sons Ltd',
						operator: { type: 'string', operation: 'equals' },
					},
				],
			},
		});
		expect(synced.map(({ json }) => json.outcome)).toEqual(['skipped', 'created']);
		expect(String(synced[0]?.json.summary)).toContain('Ashdown Kitchens Ltd');
	});

	test('takes defaults for blanks and rules as they are told', async () => {
		const [order = {}] = orderItems(harness);
		const { synced } = await run(
			{
				options: {
					defaults: { entries: [{ field: 'dueDate', value: '2045-01-31' }] },
					rules: { entries: [{ code: 'XERO_DATE_FAR_OFF', severity: 'warn' }] },
					includeInput: true,
				},
			},
			[{ ...order, 'Due Date': '' }],
		);
		expect(synced[0]?.json).toMatchObject({
			outcome: 'created',
			issues: [{ code: 'XERO_DATE_FAR_OFF', severity: 'warn' }],
			input: { Customer: 'Ashdown Kitchens Ltd' },
		});
	});

	describe('writing back to Knack', () => {
		const field = (name: string) => harness.sandbox.knack.fieldKey('Orders', name);
		const writeBack = () => ({
			writeBack: true,
			writeBackFields: {
				xeroId: field('Xero Invoice ID'),
				number: field('Invoice Number'),
				status: field('Invoice Status'),
				link: field('Invoice Link'),
				message: field('Sync Message'),
			},
		});
		const shown = (position: number) => {
			const { knack } = harness.sandbox;
			return knack.shown('Orders', knack.recordIds('Orders')[position] ?? '');
		};

		test('keeps id, number, status and link, and costs nothing the second time', async () => {
			await run(writeBack());
			expect(shown(0)).toMatchObject({
				'Invoice Number': 'INV-0001',
				'Invoice Status': 'Draft',
				'Xero Invoice ID': expect.stringMatching(/^[0-9a-f-]{36}$/),
			});
			const { knack } = harness.sandbox;
			const record = knack.record('Orders', knack.recordIds('Orders')[0] ?? '', 'both');
			expect(JSON.stringify(record)).toContain('go.xero.com');
			expect(shown(0)['Invoice Link']).toBe('INV-0001');
			harness.sandbox.journal.clear();
			const second = await run(writeBack());
			expect(second.synced.map(({ json }) => json)).toMatchObject([
				{ outcome: 'unchanged', match: { by: 'id' } },
				{ outcome: 'unchanged' },
			]);
			expect(calls('knack', ['PUT', 'POST'])).toEqual([]);
		});

		test('puts the trouble on the record, and takes it away when it is gone', async () => {
			const [order = {}] = orderItems(harness, 1);
			await run(writeBack(), [{ ...order, Currency: 'USD' }]);
			expect(shown(0)['Sync Message']).toContain('USD');
			await run(writeBack(), orderItems(harness, 1));
			expect(shown(0)['Sync Message']).toBe('');
		});

		test('a field that is gone in Knack is a warning of a document that is in Xero', async () => {
			const { synced, hints } = await run({
				writeBack: true,
				writeBackFields: { number: 'field_999' },
			});
			expect(synced[0]?.json).toMatchObject({
				outcome: 'created',
				issues: [{ code: 'KNACK_FIELD_MISSING', severity: 'warn' }],
			});
			expect(hints('Upsert').map(({ message }) => message)).toContainEqual(
				expect.stringContaining('2 of the Knack records'),
			);
		});

		test('a preview writes nothing back', async () => {
			await run({ ...writeBack(), operation: 'preview' });
			expect(calls('knack', ['PUT'])).toEqual([]);
		});
	});

	describe('in the editor', () => {
		const editor = (parameters: IDataObject): ILoadOptionsFunctions =>
			harness.engine.loadOptionsContext(mapUpsert(harness, parameters));
		const { resourceMapping, loadOptions } = new MapUpsertToXero().methods;
		/** As the editor works it out from the last run's data. */
		const sampleShape = JSON.stringify([
			['Customer', 'field', []],
			['Order Number', 'field', []],
			['Order Lines', 'list', ['Description', 'Quantity', 'Unit Price', 'Tax Rate', 'knack']],
		]);

		test('the form comes pre-filled, with the lists of the organisation', async () => {
			const { fields } = await resourceMapping.getDocumentFields.call(editor({ sampleShape }));
			const field = (id: string) => fields.find((each) => each.id === id);
			expect(field('contact.name')?.defaultValue).toBe('={{ $json["Customer"] }}');
			expect(field('currencyCode')?.options?.map(({ value }) => value)).toContain('GBP');
			const lines = await resourceMapping.getLineFields.call(
				editor({ sampleShape, lineSource: 'list', lineList: '' }),
			);
			expect(lines.fields.find(({ id }) => id === 'unitAmount')?.defaultValue).toBe(
				'Column: Unit Price',
			);
			const account = lines.fields.find(({ id }) => id === 'accountCode');
			expect(account?.options).toContainEqual({ name: '200 Sales', value: '200' });
		});

		test('lines of a Knack table are mapped by the columns of that table', async () => {
			const { knack } = harness.sandbox;
			const parameters = {
				lineSource: 'knackTable',
				lineTable: { __rl: true, mode: 'list', value: knack.schema('Order Lines').key },
			};
			const { fields } = await resourceMapping.getLineFields.call(editor(parameters));
			expect(fields.find(({ id }) => id === 'quantity')?.defaultValue).toBe('Column: Quantity');
			const connections = await loadOptions.getLineConnections.call(editor(parameters));
			expect(connections).toMatchObject([
				{ name: 'Order', value: knack.fieldKey('Order Lines', 'Order') },
			]);
		});

		test('fields to write back to are those of the table, or the next step when it is unknown', async () => {
			const { knack } = harness.sandbox;
			const table = { __rl: true, mode: 'list', value: knack.schema('Orders').key };
			const fields = await loadOptions.getWriteBackFields.call(editor({ writeBack: true, table }));
			expect(fields.map(({ name }) => name)).toContain('Sync Message');
			const unknown = { __rl: true, mode: 'id', value: '' };
			const none = await loadOptions.getWriteBackFields.call(
				editor({ writeBack: true, table: unknown }),
			);
			expect(none).toMatchObject([{ name: 'The Knack table is not known yet', value: '' }]);
		});

		test('defaults may be given for every field of the document and of its lines', async () => {
			const fields = await loadOptions.getFieldNames.call(editor({}));
			expect(fields).toContainEqual({ name: 'Due Date', value: 'dueDate' });
			expect(fields).toContainEqual({ name: 'Line: Account', value: 'lines.accountCode' });
		});
	});

	test('every item comes out exactly once, whatever becomes of it', async () => {
		const [order = {}] = orderItems(harness, 1);
		const items = Array.from({ length: 40 }, (_none, index) => ({
			...order,
			'Order Number': index % 7 === 3 ? '' : `SO-9${index % 30}`,
			'Due Date': index % 5 === 4 ? 'tomorrow' : '2026-12-31',
			Customer: index % 11 === 6 ? 'Dunmore Dental Practice' : `Customer ${index % 4}`,
			wanted: index % 6 !== 5,
		}));
		const { synced, attention } = await run(
			{
				useCondition: true,
				condition: {
					combinator: 'and',
					options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
					conditions: [
						{
							id: '1',
							leftValue: '={{ $json.wanted }}',
							rightValue: '',
							operator: { type: 'boolean', operation: 'true', singleValue: true },
						},
					],
				},
			},
			items,
		);
		const indexes = [...synced, ...attention].map(({ pairedItem }) =>
			typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : NaN,
		);
		expect([...indexes].sort((a, b) => a - b)).toEqual(items.map((_item, index) => index));
		const kinds = new Set([...synced, ...attention].map(({ json }) => json.outcome));
		expect(kinds).toContain('created');
		expect(kinds).toContain('skipped');
		expect(kinds).toContain('blocked');
		expect(attention.every(({ json }) => (json.issues as unknown[]).length > 0)).toBe(true);
	});

	test('a field that was renamed in Knack holds the records and names its successor', async () => {
		const renamed = orderItems(harness).map(({ 'Due Date': due, ...order }) => ({
			...order,
			'Payment Due': due,
		}));
		const { attention } = await run({}, renamed);
		expect(attention.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'held',
				issues: [
					{
						code: 'MAPPING_FIELD_GONE',
						field: 'dueDate',
						fix: expect.stringContaining('Payment Due'),
					},
				],
			},
			{ outcome: 'held' },
		]);
		expect(calls('xero', ['PUT', 'POST'])).toEqual([]);
		const options = { rules: { entries: [{ code: 'MAPPING_FIELD_GONE', severity: 'off' }] } };
		const { synced } = await run({ options }, renamed);
		expect(synced.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
	});

	test('contacts are documents too', async () => {
		const parameters = {
			document: 'contact',
			fields: mapper({ name: '={{ $json.Customer }}', emailAddress: '={{ $json.Email }}' }),
		};
		const items = [{ Customer: 'Zenith Rope Works', Email: 'hi@zenith.example.com' }];
		const first = await run(parameters, items);
		expect(first.synced[0]?.json).toMatchObject({
			outcome: 'created',
			document: { type: 'contact', contactName: 'Zenith Rope Works' },
		});
		const second = await run(parameters, items);
		expect(second.synced[0]?.json).toMatchObject({ outcome: 'unchanged' });
	});

	test('no items, no calls', async () => {
		const { output } = await run({}, []);
		expect(output.flat()).toEqual([]);
		expect(calls('xero', ['GET', 'PUT', 'POST'])).toEqual([]);
	});

	describe('several organisations', () => {
		test('each record goes where its expression says, with results in the order of the items', async () => {
			harness.sandbox.xero.signIn({ tenantIds: [KIWI_TRADE_TENANT_ID] });
			const [one = {}, two = {}] = orderItems(harness);
			const items = [
				{ ...one, tenant: KIWI_TRADE_TENANT_ID, Currency: 'NZD' },
				{ ...two, tenant: DEMO_TRADE_TENANT_ID },
			];
			const { synced, attention } = await run(
				{
					organisation: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' },
					fields: mapper(ORDER_FIELDS),
					lineFields: mapper({
						description: 'Description',
						quantity: 'Quantity',
						unitAmount: 'Unit Price',
					}),
				},
				items,
			);
			expect(attention).toEqual([]);
			expect(synced.map(({ json }) => (json.document as IDataObject).currency)).toEqual([
				'NZD',
				'GBP',
			]);
		});

		test('an organisation that is not connected fails its own records only', async () => {
			const [one = {}, two = {}] = orderItems(harness);
			const { synced, attention } = await run(
				{ organisation: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' } },
				[
					{ ...one, tenant: '99999999-9999-4999-8999-999999999999' },
					{ ...two, tenant: DEMO_TRADE_TENANT_ID },
				],
			);
			expect(attention).toMatchObject([{ json: { outcome: 'failed' }, pairedItem: { item: 0 } }]);
			expect(synced).toMatchObject([{ json: { outcome: 'created' }, pairedItem: { item: 1 } }]);
		});
	});

	describe('what makes every record impossible', () => {
		const unreachable = {
			organisation: { __rl: true, mode: 'id', value: '99999999-9999-4999-8999-999999999999' },
		};

		test('ends the node with the cause and the way out', async () => {
			const { error } = await run(unreachable);
			expect(error?.message).toBeTruthy();
			expect(error && 'description' in error ? error.description : '').toBeTruthy();
		});

		test('is on every item when the node may go on, and on the error output when there is one', async () => {
			const going = await harness.engine.runNode(
				mapUpsert(harness, unreachable, { onError: 'continueRegularOutput' }),
				orderItems(harness),
			);
			expect(going.error).toBeUndefined();
			expect(going.output.flat()).toHaveLength(2);
			const apart = await harness.engine.runNode(
				mapUpsert(harness, unreachable, { onError: 'continueErrorOutput' }),
				orderItems(harness),
			);
			expect(apart.output.map((items) => items.length)).toEqual([0, 0, 2]);
		});

		test('a Knack credential that is needed is asked for before Xero is touched', async () => {
			const { error } = await harness.engine.runNode(
				mapUpsert(harness, { writeBack: true }, { credentials: harness.xero }),
				orderItems(harness),
			);
			expect(error?.message).toBe('No Knack API credential is chosen');
			expect(calls('xero', ['GET', 'PUT', 'POST'])).toEqual([]);
		});

		test('a document that does not exist is said before anything is read', async () => {
			const { error } = await run({ document: 'cheque' });
			expect(error?.message).toContain('Document is set to "cheque"');
			expect(calls('xero', ['GET'])).toEqual([]);
		});
	});
});
