import { autoMap, autoMapping } from '../../lib/sync/map/autoMap';
import { readShape, shapeOf } from '../../lib/sync/map/sampleShape';
import {
	expressionOf,
	suggestLineList,
	suggestLineMapping,
	suggestMapping,
} from '../../lib/sync/map/suggestMapping';
import { DOCUMENTS } from '../../lib/xero/documents';

const ORDER = {
	'Order Number': 'ORD-0007',
	Customer: 'Acme Ltd',
	Status: 'Completed',
	Due: '2026-12-01',
	City: 'Leeds',
	'Order Lines': [{ Description: 'Work', Qty: 2, 'Unit Price': 12.5, knack: { recordId: 'x' } }],
	Notes: [{ Text: 'Call first' }],
	'Customer Record': { Name: 'Acme Ltd', Email: 'a@acme.example', Town: 'York', knack: {} },
	knack: { recordId: 'a', table: 'object_4' },
};

const { salesInvoice, contact, bill } = DOCUMENTS;
const suggested = (document = salesInvoice, item: Record<string, unknown> = ORDER) =>
	Object.fromEntries(suggestMapping(document, shapeOf([item])));

describe('what an item suggests', () => {
	test('fields by what builders call them, the contact from its connected record', () => {
		expect(suggested()).toMatchObject({
			reference: ['Order Number'],
			dueDate: ['Due'],
			'contact.name': ['Customer Record', 'Name'],
			'contact.emailAddress': ['Customer Record', 'Email'],
			'contact.addresses.street.city': ['Customer Record', 'Town'],
		});
	});

	test('the connected record that means the customer most', () => {
		const item = {
			'Company Record': { Email: 'b@x.example', knack: {} },
			'Contact Name Record': { Email: 'a@x.example', knack: {} },
		};
		expect(suggested(salesInvoice, item)['contact.emailAddress']?.[0]).toBe('Contact Name Record');
		expect(suggested(DOCUMENTS.payment, item)).toEqual({});
	});

	test('a contact as well comes from the connected record, where there is one', () => {
		expect(suggested(contact)).toMatchObject({
			name: ['Customer Record', 'Name'],
			emailAddress: ['Customer Record', 'Email'],
		});
	});

	test("the order's own city is not the customer's address", () => {
		expect(suggested(salesInvoice, { ...ORDER, 'Customer Record': {} })).toEqual({
			reference: ['Order Number'],
			dueDate: ['Due'],
			'contact.name': ['Customer'],
		});
	});

	test("an app's own ids are not taken for Xero's", () => {
		expect(suggested(salesInvoice, { id: '7', 'Contact ID': '8' })).toEqual({});
		expect(suggested(salesInvoice, { 'Xero ID': 'x', 'Xero Contact ID': 'y' })).toEqual({
			id: ['Xero ID'],
			'contact.id': ['Xero Contact ID'],
		});
	});

	test('a label wins over a name that a field is also called', () => {
		expect(suggested(bill, { Ref: 'A', Reference: 'B' })).toEqual({
			invoiceNumber: ['Reference'],
		});
		expect(suggested(contact, { Company: 'Acme', Name: 'Acme Ltd' })).toEqual({ name: ['Name'] });
	});

	test('columns of lines, whatever their spelling', () => {
		expect(
			Object.fromEntries(suggestLineMapping(salesInvoice, ['qty', 'DETAILS', 'unit-price'])),
		).toEqual({ description: 'DETAILS', quantity: 'qty', unitAmount: 'unit-price' });
	});

	test('the list that looks like lines; none when two look alike', () => {
		expect(suggestLineList(salesInvoice, shapeOf([ORDER]))).toBe('Order Lines');
		const twins = { A: [{ Quantity: 1 }], B: [{ Quantity: 2 }] };
		expect(suggestLineList(salesInvoice, shapeOf([twins]))).toBeUndefined();
		const better = { A: [{ Quantity: 1 }], B: [{ Quantity: 2, Description: 'x' }, 'no record'] };
		expect(suggestLineList(salesInvoice, shapeOf([better]))).toBe('B');
		expect(suggestLineList(salesInvoice, shapeOf([{ A: [{ Colour: 'red' }] }]))).toBeUndefined();
	});

	test('an expression that reads any name', () => {
		expect(expressionOf(['He said "no"'])).toBe('={{ $json["He said \\"no\\""] }}');
		expect(expressionOf(['Customer Record', 'Email'])).toBe(
			'={{ $json["Customer Record"]?.["Email"] }}',
		);
	});
});

describe('automatic mapping', () => {
	test('maps every item by the names of all items', () => {
		const first = { Customer: 'Acme', Ref: 'A' };
		const second = { Customer: 'Beta', Reference: 'B', Ref: 'not this' };
		const mapping = autoMapping(salesInvoice, [first, second]);
		expect(autoMap(second, mapping)).toEqual({
			'contact.name': 'Beta',
			reference: 'B',
		});
		expect(autoMap(first, mapping)).toEqual({ 'contact.name': 'Acme' });
	});
});

describe('the shape that the editor sends', () => {
	test('is read into fields, groups and lists without our own parts', () => {
		const text = JSON.stringify([
			['Customer', 'field', []],
			['Tags', 'list', []],
			['Order Lines', 'list', ['Quantity', 'knack']],
			['Customer Record', 'group', ['Email', 'knack']],
		]);
		expect(readShape(text)).toEqual({
			fields: ['Customer', 'Tags'],
			lists: { 'Order Lines': ['Quantity'] },
			groups: { 'Customer Record': ['Email'] },
		});
	});

	test.each([undefined, '', '={{ unresolved }}', '[not json', '[["a"]]', '[]', 5])(
		'%p is no shape',
		(value) => expect(readShape(value)).toBeUndefined(),
	);
});
