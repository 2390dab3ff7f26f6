import { decimal } from '../../lib/money';
import { chosenColumn } from '../../lib/sync/map/columnChoice';
import {
	draftFromValues,
	type MappedLine,
	type MappedRecord,
	type MappingOptions,
} from '../../lib/sync/map/draftFromValues';
import { LineColumns } from '../../lib/sync/map/lineColumns';
import { withAddressParts } from '../../lib/sync/map/postalAddress';
import { statusChoices } from '../../lib/sync/map/statusChoices';
import { suggestLineMapping, valueAt } from '../../lib/sync/map/suggestMapping';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { SETTINGS } from './syncFixtures';

const OPTIONS: MappingOptions = {
	timeZone: 'Europe/London',
	blankPolicy: 'leave',
	settings: {
		...SETTINGS,
		accounts: [
			...SETTINGS.accounts,
			...['400', '401'].map((code) => ({ ...account(), code, id: code, name: 'Advertising' })),
			{ ...account(), code: undefined, id: 'the bank', name: 'Savings' },
		],
		taxRates: [
			...SETTINGS.taxRates,
			...['ONE', 'TWO'].map((taxType) => ({ ...rate(), taxType, name: 'Twice' })),
		],
	},
};

function account() {
	const [first] = SETTINGS.accounts;
	if (!first) throw new Error('There is no account.');
	return first;
}

function rate() {
	return {
		taxType: 'X',
		name: 'X',
		status: 'ACTIVE',
		effectiveRate: decimal(1),
		canApplyTo: { assets: true, equity: true, liabilities: true, revenue: true, expenses: true },
	};
}

function draft(
	values: MappedRecord['values'],
	lines?: readonly MappedLine[],
	{ type = 'salesInvoice', ...options }: Partial<MappingOptions> & { type?: DocumentType } = {},
) {
	const record = { values, source: {}, itemIndexes: [0], ...(lines ? { lines } : {}) };
	return draftFromValues(DOCUMENTS[type], record, { ...OPTIONS, ...options });
}

/** What a value of a field becomes, or why it is none. */
function read(path: string, value: unknown): unknown {
	const { fields, issues } = draft({ [path]: value });
	return fields[path] ?? (issues[0] && `${issues[0].message} ${issues[0].fix}`);
}

function inLine(path: string, value: unknown): unknown {
	const { lines, issues } = draft({}, [{ values: { [path]: value } }]);
	return lines?.[0]?.fields[path] ?? issues[0]?.message;
}

describe('a value of an item', () => {
	test.each<[string, string, unknown, unknown]>([
		['a day with blanks around it', 'date', '  2026-11-30 ', '2026-11-30'],
		['a day in words', 'date', ' 30 November 2026 ', '2026-11-30'],
		[
			'a number as a day',
			'date',
			20261130,
			/^Issue Date holds the number 20261130, which is not a date\./,
		],
		['yes as a day', 'date', true, /something that is not text, which is not a date/],
		['digits that tell no order', 'date', '03.04.26', /"dd\.MM\.yy"/],
		['the same with four figures of the year', 'date', '03-04-2026', /"dd-MM-yyyy"/],
		['a list of texts', 'reference', ['A', '', 'B'], 'A, B'],
		['a list of lists', 'reference', [['A'], ['B', null]], 'A, B'],
		['a list of nothing', 'reference', [null, ['', []]], undefined],
		[
			'a group of values',
			'reference',
			{ First: 'A', Last: 'B' },
			/^Reference holds a group of values \(First, Last\) where one is needed\./,
		],
		[
			'a list of groups',
			'reference',
			[{ First: 'A' }, { First: 'B' }],
			/^Reference holds a list where one value is needed\./,
		],
		['an empty group', 'reference', {}, /^Reference holds a list where one value is needed\./],
		['a number as a text', 'reference', 1e21, '1000000000000000000000'],
		['yes as a text', 'reference', true, 'Yes'],
		['a total that Knack has worked out', 'expectedTotal', ' 12.50 ', '12.5'],
		[
			'a total that is no number',
			'expectedTotal',
			'twelve',
			/^Expected Total holds "twelve", which is not/,
		],
		['a number in a list of one', 'expectedTotal', ['7'], '7'],
		['yes as a number', 'expectedTotal', true, /which is not a number/],
		['a status by what Xero is sent', 'status', 'AUTHORISED', 'AUTHORISED'],
		['a status by its label', 'status', 'approved', 'AUTHORISED'],
		['a theme by its name', 'brandingThemeID', 'standard', 'theme-1'],
		['a theme by its id', 'brandingThemeID', 'THEME-1', 'theme-1'],
		['no theme', 'brandingThemeID', 'Gold', /is not a branding theme of the organisation/],
		[
			'a theme that goes on far behind its name',
			'brandingThemeID',
			`Standard${' '.repeat(600)}or another`,
			/goes on for longer than any name or code. Map a field that holds/,
		],
		[
			'a status that goes on far behind its label',
			'status',
			`Approved${' '.repeat(600)}not`,
			/goes on for longer than any name or code/,
		],
		['a number that nobody means', 'expectedTotal', '1e999', /more digits than Xero can keep/],
	])('%s', (_what, path, value, expected) => {
		const actual = read(path, value);
		if (expected instanceof RegExp) expect(actual).toMatch(expected);
		else expect(actual).toBe(expected);
	});

	test.each<[string, string, unknown, unknown]>([
		['an account by its name', 'accountCode', 'sales', '200'],
		['an account by code and name', 'accountCode', '429 - General Expenses', '429'],
		['an account by name and code', 'accountCode', 'General Expenses (429)', '429'],
		['an account by its id', 'accountCode', 'ACCOUNT-429', '429'],
		['an account without a code by its name', 'accountCode', 'Savings', 'the bank'],
		[
			'the name of two accounts',
			'accountCode',
			'Advertising',
			/holds "Advertising", the name of 2 accounts \(400, 401\)/,
		],
		['no account', 'accountCode', 'Nowhere', /neither a code nor a name/],
		['a tax rate by its code', 'taxType', 'output2', 'OUTPUT2'],
		['a tax rate by its name', 'taxType', '20% (VAT on Income)', 'OUTPUT2'],
		['the name of two tax rates', 'taxType', 'Twice', /the name of 2 tax rates \(ONE, TWO\)/],
		['no tax rate', 'taxType', '7%', /which is not a tax rate of the organisation/],
		['a percentage with its sign', 'discountRate', '12.5 %', '12.5'],
		['spaced thousands', 'unitAmount', '1 250 000,50', '1250000.5'],
		['thousands that are spaced wrongly at the end', 'unitAmount', '1 250 00', /not a number/],
		['a sum in brackets, with blanks', 'unitAmount', '( 5 )', '-5'],
		['two signs', 'unitAmount', '(-5)', /not a number/],
		['two currencies', 'unitAmount', '£5 6', /not a number/],
		['thousands and decimals in the wrong order', 'unitAmount', '1.250,000.5', /not a number/],
		['pounds with a comma: thousands', 'unitAmount', '£1,250', '1250'],
		['pounds with a point: decimals', 'unitAmount', '£1.250', '1.25'],
		['a nought before the comma: decimals', 'unitAmount', '0,250', '0.25'],
		['four figures before the comma: decimals', 'unitAmount', '1250,125', '1250.125'],
	])('%s', (_what, path, value, expected) => {
		const actual = inLine(path, value);
		if (expected instanceof RegExp) expect(actual).toMatch(expected);
		else expect(actual).toBe(expected);
	});

	test('is an option of a tracking category by its name or id', () => {
		for (const value of ['north', 'OPT-NORTH']) {
			for (const path of ['tracking.Region', 'tracking.cat-region']) {
				const { lines, issues } = draft({}, [{ values: { [path]: value } }]);
				expect([lines?.[0]?.fields, issues]).toEqual([{ 'tracking.Region': 'North' }, []]);
			}
		}
		const unknown = draft({}, [{ values: { 'tracking.Region': 'South' } }]);
		expect(unknown.issues[0]?.message).toBe(
			'Region (line 1) holds "South", which is not an option of Region.',
		);
		expect(unknown.issues[0]?.fix).toContain('use one of: North.');
		const [gone] = draft({}, [{ values: { 'tracking.Site': 'Leeds' } }]).issues;
		expect(gone?.message).toContain('"Site", which the organisation does not have');
	});

	test('is kept as it stands while there is no organisation to look it up in', () => {
		const { lines } = draft({}, [{ values: { accountCode: 'Nowhere' } }], { settings: undefined });
		expect(lines?.[0]?.fields).toEqual({ accountCode: 'Nowhere' });
	});
});

describe('a draft', () => {
	test('tells the column that a value of a line was read from, where it has another name', () => {
		const record: MappedRecord = {
			values: {},
			lines: [{ key: 'r1', values: { unitAmount: 'x', description: 'Work', quantity: 'y' } }],
			lineColumns: { unitAmount: 'Price', quantity: 'quantity' },
			source: {},
			itemIndexes: [0],
			issues: [
				{ code: 'MAPPING_LINES_DISAGREE', severity: 'block', message: 'Before.', fix: 'Mend.' },
			],
		};
		const { issues, lines } = draftFromValues(DOCUMENTS.salesInvoice, record, OPTIONS);
		expect(issues.map(({ message }) => message)).toEqual([
			'Before.',
			expect.stringContaining('Quantity (line 1) holds'),
			expect.stringContaining('Unit Price (column "Price", line 1) holds'),
		]);
		expect(lines).toStrictEqual([{ key: 'r1', fields: { description: 'Work' } }]);
		const [line] = draft({}, [{ values: { description: 'Work' } }]).lines ?? [];
		expect(line).toStrictEqual({ fields: { description: 'Work' } });
	});

	test('of a contact tells what is mapped and blank, which Xero may fill', () => {
		const values = { name: 'Acme Ltd', emailAddress: ' ', firstName: null };
		expect(draft(values, undefined, { type: 'contact' }).leftBlank).toEqual([
			'emailAddress',
			'firstName',
		]);
		const cleared = draft(values, undefined, { type: 'contact', blankPolicy: 'clear' });
		expect(cleared.leftBlank).toBeUndefined();
		expect(cleared.fields).toEqual({ name: 'Acme Ltd', emailAddress: '', firstName: '' });
		expect(draft({ reference: '' }).leftBlank).toBeUndefined();
	});

	test('has the defaults where a value is blank', () => {
		const { lines } = draft({}, [{ values: { description: 'Work', accountCode: '' } }], {
			lineDefaults: { accountCode: '200', 'tracking.cat-region': 'North', description: 'None' },
		});
		expect(lines?.[0]?.fields).toMatchObject({ description: 'Work', accountCode: '200' });
		expect(Object.keys(lines?.[0]?.fields ?? {})).toHaveLength(3);
	});
});

describe('a whole postal address', () => {
	const { contact, salesInvoice, project } = DOCUMENTS;

	test('is taken apart as Knack has it', () => {
		const knack = {
			street: '1 Mill Lane',
			street2: '',
			city: 'Lewes',
			state: 'Sussex',
			zip: 'BN7',
		};
		expect(withAddressParts(contact, { name: 'Acme', 'addresses.pobox': knack })).toEqual({
			name: 'Acme',
			'addresses.pobox.addressLine1': '1 Mill Lane',
			'addresses.pobox.addressLine2': null,
			'addresses.pobox.city': 'Lewes',
			'addresses.pobox.region': 'Sussex',
			'addresses.pobox.postalCode': 'BN7',
			'addresses.pobox.country': null,
		});
	});

	test('is taken line by line where it is a text, the rest on the last', () => {
		const text = '1 Mill Lane \n Lewes\nSussex\nBN7 2ZZ\nUK';
		expect(
			withAddressParts(salesInvoice, {
				'contact.addresses.pobox': text,
				'contact.addresses.pobox.addressLine2': 'Southover',
			}),
		).toEqual({
			'contact.addresses.pobox.addressLine1': '1 Mill Lane',
			'contact.addresses.pobox.addressLine2': 'Southover',
			'contact.addresses.pobox.addressLine3': 'Sussex',
			'contact.addresses.pobox.addressLine4': 'BN7 2ZZ, UK',
			'contact.addresses.pobox.city': null,
			'contact.addresses.pobox.region': null,
			'contact.addresses.pobox.postalCode': null,
			'contact.addresses.pobox.country': null,
		});
	});

	test('that is blank blanks its parts, and one that is not mapped leaves them', () => {
		expect(withAddressParts(contact, { 'addresses.pobox': '' })).toMatchObject({
			'addresses.pobox.addressLine1': null,
			'addresses.pobox.city': null,
		});
		expect(withAddressParts(contact, { 'addresses.pobox': undefined, name: 'Acme' })).toEqual({
			name: 'Acme',
		});
		const values = { name: 'Acme' };
		expect(withAddressParts(contact, values)).toBe(values);
		expect(withAddressParts(project, { 'addresses.pobox': 'x' })).toEqual({
			'addresses.pobox': 'x',
		});
	});
});

describe('what the form offers', () => {
	test('statuses in which a document may be made', () => {
		const offered = (type: DocumentType) =>
			statusChoices(DOCUMENTS[type]).map(({ value }) => value);
		expect(offered('salesInvoice')).toEqual(['DRAFT', 'SUBMITTED', 'AUTHORISED']);
		expect(offered('contact')).toEqual([]);
		expect(offered('payment')).toEqual([]);
	});

	test('columns for the fields of lines, not an amount that Xero works out', () => {
		const suggested = (...columns: string[]) =>
			Object.fromEntries(suggestLineMapping(DOCUMENTS.salesInvoice, columns));
		expect(suggested('Quantity', 'Unit Price', 'Line Amount')).toEqual({
			quantity: 'Quantity',
			unitAmount: 'Unit Price',
		});
		expect(suggested('Quantity', 'Line Amount')).toEqual({
			quantity: 'Quantity',
			lineAmount: 'Line Amount',
		});
		expect(suggested('Unit Price', 'Line Amount')).toHaveProperty('lineAmount');
	});

	test('a column that was chosen, and nothing else', () => {
		expect(chosenColumn('Column:  Price ')).toBe('Price');
		expect(chosenColumn('Column:  ')).toBeUndefined();
		expect(chosenColumn('Price')).toBeUndefined();
	});

	test('values at a place of an item', () => {
		const item = { Customer: 'Acme', 'Customer Record': { Name: 'Acme Ltd' } };
		expect(valueAt(item, ['Customer'])).toBe('Acme');
		expect(valueAt(item, ['Customer Record', 'Name'])).toBe('Acme Ltd');
		expect(valueAt(item, ['Customer', 'Name'])).toBeUndefined();
	});

	test('columns as they are written, and the table that tells its name', () => {
		const columns = new LineColumns([
			{ Price: 1, knack: { recordId: 'a'.repeat(24) } },
			{ PRICE: 2, Text: 'x', knack: { recordId: 'b'.repeat(24), tableName: 'Order Lines' } },
		]);
		expect(columns.names).toEqual(['Price', 'PRICE', 'Text']);
		expect(columns.table).toBe('Order Lines');
		expect(new LineColumns([{ Price: 1 }, { knack: { tableName: 7 } }]).table).toBe('the lines');
	});
});
