import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, mapper, orderItems, ORDER_FIELDS } from './mapUpsertItems';

const ADDRESS = '={{ $json["Customer Record"]?.knack?.parts?.["Address"] }}';

describe('settings that the panel of Map & Upsert to Xero folds', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	async function run(parameters: IDataObject, items = orderItems(harness)): Promise<IDataObject[]> {
		const { output, error } = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		expect(error).toBeUndefined();
		return output.flat().map(({ json }) => json);
	}

	const onlyWhen = (value: unknown) => ({
		options: { caseSensitive: false, typeValidation: 'loose', version: 2 },
		combinator: 'and',
		conditions: [
			{
				id: 'one',
				leftValue: '={{ $json["Order Number"] }}',
				rightValue: value,
				operator: { type: 'string', operation: 'equals' },
			},
		],
	});

	test.each([
		['as 0.1.0 set it', { useCondition: true }],
		['chosen under More Settings', { moreSettings: ['condition'] }],
	])('Only When leaves records out, %s', async (_how, chosen) => {
		const orders = orderItems(harness);
		const condition = onlyWhen(orders[0]?.['Order Number']);
		const items = await run({ ...chosen, condition }, orders);
		expect(items.map(({ outcome }) => outcome)).toEqual(['created', 'skipped']);
	});

	test('a condition that is chosen no more leaves nothing out', async () => {
		const items = await run({ condition: onlyWhen('none of them') });
		expect(items.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
	});

	test.each([
		['as 0.1.0 set it', { numberSource: 'byTemplate' }],
		['chosen under More Settings', { moreSettings: ['number'], numberBy: 'byTemplate' }],
	])('a template gives the number, %s', async (_how, chosen) => {
		const orders = orderItems(harness, 1);
		const [item = {}] = await run({ ...chosen, numberTemplate: 'T-{Order Number}' }, orders);
		expect(item.document).toMatchObject({ number: `T-${String(orders[0]?.['Order Number'])}` });
	});

	test('the form of what is written back fills the fields that it names', async () => {
		const { knack } = harness.sandbox;
		const orders = orderItems(harness, 1);
		const key = (name: string) => knack.fieldKey('Orders', name);
		const form = { xeroId: key('Xero Invoice ID'), status: key('Invoice Status'), link: '' };
		const [item = {}] = await run({ keepInKnack: true, writeBackMapping: mapper(form) }, orders);
		const { recordId } = Object(orders[0]?.knack);
		expect(knack.shown('Orders', String(recordId))).toMatchObject({
			'Xero Invoice ID': Object(item.document).id,
			'Invoice Status': 'Draft',
			'Invoice Link': '',
		});
	});

	test('a whole address goes into the parts of the postal one', async () => {
		const [order = {}] = orderItems(harness, 1);
		const parts = { street: '30 Rivermead Court', city: 'Reading', zip: 'RG1 9ZZ' };
		const customer = { knack: { parts: { Address: parts } } };
		const fields = mapper({ ...ORDER_FIELDS, 'contact.addresses.pobox': ADDRESS });
		const [item = {}] = await run({ fields }, [
			{ ...order, Customer: 'A New Customer', 'Customer Record': customer },
		]);
		const contact = harness.sandbox.xero
			.contacts()
			.find(({ ContactID }) => ContactID === Object(item.document).contactId);
		expect(contact?.Addresses).toContainEqual(
			expect.objectContaining({
				AddressType: 'POBOX',
				AddressLine1: '30 Rivermead Court',
				City: 'Reading',
				PostalCode: 'RG1 9ZZ',
			}),
		);
	});

	test.each([
		['has no town', { street: '30 Rivermead Court' }],
		['is blank', null],
	])('a whole address that %s takes over what Xero has', async (_what, address) => {
		const Addresses = [
			{ AddressType: 'POBOX', AddressLine1: '30 Rivermead Court', City: 'Reading' },
		];
		harness.sandbox.xero.seedContacts([{ name: 'Rivermead Ltd', fields: { Addresses } }]);
		const [item = {}] = await run(
			{
				document: 'contact',
				fields: mapper({
					name: '={{ $json.Name }}',
					'addresses.pobox': '={{ $json.knack.parts.Address }}',
				}),
				options: { bothWays: { entries: [{ field: 'address', winner: 'hold' }] } },
			},
			[{ Name: 'Rivermead Ltd', knack: { parts: { Address: address } } }],
		);
		expect(item).toMatchObject({
			outcome: 'unchanged',
			forKnack: { values: { addresses: { pobox: { city: 'Reading' } } } },
		});
	});

	test('a whole address that is text leaves nothing of another beside it, once blanks clear', async () => {
		const Addresses = [
			{ AddressType: 'POBOX', AddressLine1: '1 Mill Lane', AddressLine3: 'Rear', City: 'Lewes' },
		];
		harness.sandbox.xero.seedContacts([{ name: 'Rivermead Ltd', fields: { Addresses } }]);
		await run(
			{
				document: 'contact',
				fields: mapper({
					name: '={{ $json.Name }}',
					'addresses.pobox': '={{ $json.Address }}',
				}),
				options: { blankPolicy: 'clear' },
			},
			[{ Name: 'Rivermead Ltd', Address: '9 Quay\nHove' }],
		);
		const [contact] = harness.sandbox.xero
			.contacts()
			.filter(({ Name }) => Name === 'Rivermead Ltd');
		const postal = Object(contact).Addresses.find(
			({ AddressType }: IDataObject) => AddressType === 'POBOX',
		);
		expect(postal).toMatchObject({ AddressLine1: '9 Quay', AddressLine2: 'Hove' });
		expect([postal.AddressLine3 || '', postal.City || '']).toEqual(['', '']);
	});
});
