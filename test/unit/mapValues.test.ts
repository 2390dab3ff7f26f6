import fc from 'fast-check';
import { decimal } from '../../lib/money';
import { draftFromValues } from '../../lib/sync/map/draftFromValues';
import type { MappedRecord, MappingOptions } from '../../lib/sync/map/draftFromValues';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { OrganisationSettings } from '../../lib/xero/settings';

const rate = (taxType: string, name: string, percent: number, status = 'ACTIVE') => ({
	taxType,
	name,
	status,
	effectiveRate: decimal(percent),
	canApplyTo: { assets: true, equity: true, expenses: true, liabilities: true, revenue: true },
});

const account = (code: string | undefined, name: string, status = 'ACTIVE') => ({
	id: `00000000-0000-4000-8000-00000000${(code ?? 'none').padStart(4, '0')}`,
	code,
	name,
	type: 'REVENUE',
	accountClass: 'REVENUE',
	status,
	enablePaymentsToAccount: false,
});

const SETTINGS: OrganisationSettings = {
	organisation: {
		id: '11111111-1111-4111-8111-111111111111',
		name: 'Demo',
		baseCurrency: 'GBP',
		timeZone: 'Europe/London',
		isDemoCompany: true,
	},
	accounts: [
		account('200', 'Sales'),
		account('201', 'Old Sales', 'ARCHIVED'),
		account('260', 'Other Revenue'),
		account('400', 'Advertising'),
		account('401', 'Advertising'),
		account('410', 'Cleaning', 'ARCHIVED'),
		account('411', 'Cleaning'),
	],
	taxRates: [rate('OUTPUT2', '20% (VAT on Income)', 20), rate('NONE', 'No VAT', 0)],
	currencies: ['GBP', 'EUR'],
	trackingCategories: [
		{
			id: '22222222-2222-4222-8222-222222222222',
			name: 'Region',
			status: 'ACTIVE',
			options: [{ id: '33333333-3333-4333-8333-333333333333', name: 'North', status: 'ACTIVE' }],
		},
	],
	brandingThemes: [{ id: '44444444-4444-4444-8444-444444444444', name: 'Standard' }],
};

const OPTIONS: MappingOptions = {
	timeZone: 'Europe/London',
	blankPolicy: 'leave',
	settings: SETTINGS,
};

function invoice(
	values: MappedRecord['values'],
	more: Partial<MappedRecord> = {},
	options: Partial<MappingOptions> = {},
) {
	const record = { values, source: {}, itemIndexes: [0], ...more };
	return draftFromValues(DOCUMENTS.salesInvoice, record, { ...OPTIONS, ...options });
}

const line = (values: MappedRecord['values']) => ({ lines: [{ values }] });

describe('numbers', () => {
	const price = (value: unknown) => {
		const draft = invoice({}, line({ unitAmount: value }));
		return draft.lines?.[0]?.fields.unitAmount ?? draft.issues[0]?.code;
	};

	test.each([
		[12.5, '12.5'],
		[0, '0'],
		[0.1 + 0.2, '0.3'],
		[1e21, '1000000000000000000000'],
		['1250', '1250'],
		['£1,250.00', '1250'],
		['1.250,50 €', '1250.5'],
		['EUR 1 250,50', '1250.5'],
		['$1,250', '1250'],
		['-£5.00', '-5'],
		['£-5.00', '-5'],
		['(1,250.00)', '-1250'],
		['1,250,000', '1250000'],
		["CHF 1'250.75", '1250.75'],
		['12,5', '12.5'],
		['0,125', '0.125'],
		['0.125', '0.125'],
		['1234,125', '1234.125'],
		['+5', '5'],
		['- 5', '-5'],
		['£ - 5', '-5'],
		['( 1,250.00 )', '-1250'],
		['(£5)', '-5'],
		['+£5', '5'],
		['£+5', '5'],
		[1e-7, '0.0000001'],
		['5 GBP', '5'],
		[['7.25'], '7.25'],
	])('%p is %p', (value, expected) => expect(price(value)).toBe(expected));

	test.each([
		['1,250'],
		['€1.250'],
		['about 5'],
		['5 each'],
		['1,25,0.00'],
		['1,25,000'],
		['1.2.3'],
		['1,234.567,8'],
		['(5)0'],
		['(5'],
		['-(5)'],
		['£5.'],
		['1 25 000'],
		[`${'1'.repeat(101)} EUR`],
		['£'],
		['20%'],
		['--5'],
		['<b>£3.10</b>'],
	])('%p has no single reading and never becomes a number', (value) =>
		expect(price(value)).toBe('XERO_NUMBER_UNREADABLE'),
	);

	test('a boolean or a group of values is no number', () => {
		expect(price(true)).toBe('XERO_NUMBER_UNREADABLE');
		expect(price({ amount: 5 })).toBe('MAPPING_VALUE_IS_A_GROUP');
	});

	test('a percentage may carry its sign', () => {
		const draft = invoice({}, line({ discountRate: '12.5 %' }));
		expect(draft.lines?.[0]?.fields.discountRate).toBe('12.5');
	});

	test('any amount survives being written with a currency sign and grouped thousands', () => {
		fc.assert(
			fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (cents) => {
				const amount = decimal(cents).div(100);
				const [whole = '', places = ''] = amount.abs().toFixed(2).split('.');
				const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
				const sign = amount.lt(0) ? '-' : '';
				const expected = amount.toFixed().replace(/^-0$/, '0');
				expect(price(`${sign}£${grouped}.${places}`)).toBe(expected);
				expect(price(`${sign}${grouped.replaceAll(',', '.')},${places} €`)).toBe(expected);
				expect(price(cents / 100)).toBe(expected);
			}),
		);
	});

	test('nothing that is read holds anything but the digits of the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- £€'.split('')) }), (text) => {
				const read = price(text);
				if (typeof read !== 'string' || read.includes('_')) return;
				const digits = (value: string) => value.replace(/\D/g, '').replace(/^0+|0+$/g, '');
				expect(digits(text)).toContain(digits(read));
			}),
		);
	});
});

describe('dates', () => {
	const due = (value: unknown) => {
		const draft = invoice({ dueDate: value });
		return draft.fields.dueDate ?? draft.issues[0]?.code;
	};

	test.each([
		['2026-11-30', '2026-11-30'],
		['2026-11-30T23:30', '2026-11-30'],
		['2026-07-01T23:30:00.000Z', '2026-07-02'],
		['30 Nov 2026', '2026-11-30'],
		['November 30, 2026', '2026-11-30'],
		['2026/11/30', '2026-11-30'],
		['31/12/2026', 'XERO_DATE_NOT_ON_CALENDAR'],
		['03/04/2026', 'XERO_DATE_NOT_ON_CALENDAR'],
		['2026-02-30', 'XERO_DATE_NOT_ON_CALENDAR'],
		['soon', 'XERO_DATE_NOT_ON_CALENDAR'],
		[46000, 'XERO_DATE_NOT_ON_CALENDAR'],
	])('%p is %p', (value, expected) => expect(due(value)).toBe(expected));

	test('the message for a date in digits gives an expression that reads it', () => {
		const [issue] = invoice({ dueDate: '03/04/2026' }).issues;
		expect(issue).toMatchObject({ severity: 'block', field: 'dueDate' });
		expect(issue?.message).toContain('Due Date holds "03/04/2026"');
		expect(issue?.fix).toContain('"dd/MM/yyyy"');
	});
});

describe('names of the organisation', () => {
	const of = (path: string, value: unknown) => {
		const draft = invoice({}, line({ [path]: value }));
		return draft.lines?.[0]?.fields[path] ?? draft.issues[0]?.code;
	};

	test.each([
		['200', '200'],
		[200, '200'],
		['sales', '200'],
		['200 - Sales', '200'],
		['Sales (200)', '200'],
		['old sales', '201'],
		['cleaning', '411'],
		['00000000-0000-4000-8000-000000000260', '260'],
		['Advertising', 'XERO_ACCOUNT_AMBIGUOUS'],
		['Turnover', 'XERO_ACCOUNT_UNKNOWN'],
	])('account %p is %p', (value, expected) => expect(of('accountCode', value)).toBe(expected));

	test('an account whose code is written so exactly goes before one in another case', () => {
		const settings = { ...SETTINGS, accounts: [account('a1', 'First'), account('A1', 'Second')] };
		const draft = invoice({}, line({ accountCode: 'A1' }), { settings });
		expect(draft.lines?.[0]?.fields.accountCode).toBe('A1');
	});

	test.each([
		['OUTPUT2', 'OUTPUT2'],
		['20% (vat on income)', 'OUTPUT2'],
		['20%', 'XERO_TAX_RATE_UNKNOWN'],
	])('tax rate %p is %p', (value, expected) => expect(of('taxType', value)).toBe(expected));

	test('a tracking category is found by its id and its option spelt as in Xero', () => {
		const draft = invoice({}, line({ 'tracking.22222222-2222-4222-8222-222222222222': ' north ' }));
		expect(draft.lines?.[0]?.fields).toEqual({ 'tracking.Region': 'North' });
	});

	test('tracking that the organisation does not have is named, not dropped', () => {
		expect(invoice({}, line({ 'tracking.Project': 'X' })).issues[0]).toMatchObject({
			code: 'XERO_TRACKING_UNKNOWN',
			field: 'lineItems[0].tracking.Project',
		});
		expect(invoice({}, line({ 'tracking.Region': 'West' })).issues[0]?.fix).toContain('North');
	});

	test('a branding theme is taken by name, a currency by its code', () => {
		expect(invoice({ brandingThemeID: 'standard', currencyCode: 'eur' }).fields).toEqual({
			brandingThemeID: '44444444-4444-4444-8444-444444444444',
			currencyCode: 'EUR',
		});
		expect(invoice({ currencyCode: '$' }).issues[0]?.code).toBe('XERO_CURRENCY_UNREADABLE');
	});
});

describe('texts and choices', () => {
	test.each([
		'Bolt <M8> zinc',
		'Size <S> or <L>',
		'unclosed <b',
		'<A1>',
		'<b>7</b>',
		'Smith &amp; Sons',
		'&lt;p&gt;',
	])('%j is text, and stays as it is', (text) => {
		const draft = invoice({ reference: text, 'contact.name': text }, line({ description: text }));
		expect(draft.fields).toEqual({ reference: text, 'contact.name': text });
		expect(draft.lines?.[0]?.fields.description).toBe(text);
		expect(draft.issues).toEqual([]);
	});

	test('a text is on one line where the field has one line', () => {
		const draft = invoice(
			{ reference: ' Job  7\nNorth', 'contact.name': 'Smith & Sons ' },
			line({ description: 'First\r\nsecond' }),
		);
		expect(draft.fields).toEqual({ reference: 'Job 7 North', 'contact.name': 'Smith & Sons' });
		expect(draft.lines?.[0]?.fields.description).toBe('First\nsecond');
	});

	test('yes and no are taken as people write them', () => {
		for (const [value, read] of [
			[true, true],
			[false, false],
			['YES', true],
			['Unchecked', false],
			[1, true],
			[0, false],
		]) {
			expect(invoice({ sentToContact: value }).fields).toEqual({ sentToContact: read });
		}
	});

	test('a choice is taken by its value or by its label', () => {
		expect(invoice({ lineAmountTypes: 'tax inclusive' }).fields.lineAmountTypes).toBe('Inclusive');
		expect(invoice({ status: 'Approved' }).fields.status).toBe('AUTHORISED');
		const [issue] = invoice({ lineAmountTypes: 'Gross' }).issues;
		expect(issue?.fix).toContain('Tax Exclusive');
	});

	test('an id is taken out of the address of its page in Xero', () => {
		const id = '55555555-5555-4555-8555-555555555555';
		expect(invoice({ id: `https://go.xero.com/app/!x/invoicing/view/${id}` }).id).toBe(id);
		const letters = 'ABCDEF12-3456-4789-8abc-def012345678';
		expect(invoice({ id: letters }).id).toBe(letters.toLowerCase());
		const other = '66666666-6666-4666-8666-666666666666';
		expect(invoice({ id: `${id} ${other}` }).issues[0]?.code).toBe('MAPPING_ID_UNREADABLE');
		expect(invoice({ id: `${id} ${id.toUpperCase()}` }).id).toBe(id);
		const unread = invoice({ id: 'INV-7' });
		expect(unread.id).toBeUndefined();
		expect(unread.issues).toMatchObject([{ code: 'MAPPING_ID_UNREADABLE', field: 'id' }]);
	});
});

describe('what a document belongs to', () => {
	test('is taken by its name as well as by its id, which may be in an address of Xero', () => {
		const id = '55555555-5555-4555-8555-555555555555';
		const draft = draftFromValues(
			DOCUMENTS.timeEntry,
			{
				values: {
					projectId: `https://go.xero.com/app/!x/projects/project/${id}`,
					taskId: ' Joinery ',
					userId: 'rowan.ashby@example.com',
				},
				source: {},
				itemIndexes: [0],
			},
			OPTIONS,
		);
		expect(draft.fields).toEqual({
			projectId: id,
			taskId: 'Joinery',
			userId: 'rowan.ashby@example.com',
		});
		expect(draft.issues).toEqual([]);
	});
});

describe('blanks', () => {
	const BLANKS = { reference: '', url: null, 'contact.emailAddress': '\n', dueDate: ' ' };

	test('leave Xero alone', () => expect(invoice(BLANKS).fields).toEqual({}));

	test('clear what Xero lets be empty, when told so, but nothing that identifies the document', () => {
		const draft = invoice({ ...BLANKS, invoiceNumber: '' }, {}, { blankPolicy: 'clear' });
		expect(draft.fields).toEqual({ url: '', 'contact.emailAddress': '' });
		expect(draft.issues).toEqual([]);
	});

	test('a value that cannot be read clears nothing', () => {
		const draft = invoice({ url: { a: 1 } }, {}, { blankPolicy: 'clear' });
		expect(draft.fields).toEqual({});
		expect(draft.issues).toMatchObject([{ code: 'MAPPING_VALUE_IS_A_GROUP', field: 'url' }]);
	});

	test('a value that the item does not have at all clears nothing', () => {
		expect(invoice({ url: undefined }, {}, { blankPolicy: 'clear' }).fields).toEqual({});
	});

	test('take the default where there is one', () => {
		const draft = invoice(
			{ dueDate: '', currencyCode: 'EUR' },
			line({ accountCode: null, quantity: 2 }),
			{
				defaults: { dueDate: '2026-12-31', currencyCode: 'GBP' },
				lineDefaults: { accountCode: '200', quantity: 1 },
			},
		);
		expect(draft.fields).toEqual({ dueDate: '2026-12-31', currencyCode: 'EUR' });
		expect(draft.lines?.[0]?.fields).toEqual({ accountCode: '200', quantity: '2' });
	});

	test('a discount that is mapped and blank is told, or cleared', () => {
		const blank = line({ quantity: 1, discountRate: '' });
		expect(invoice({}, blank).lines?.[0]).toEqual({
			fields: { quantity: '1' },
			leftBlank: ['discountRate'],
		});
		expect(invoice({}, blank, { blankPolicy: 'clear' }).lines?.[0]).toEqual({
			fields: { quantity: '1', discountRate: '' },
		});
		expect(invoice({}, line({ quantity: 1 })).lines?.[0]).toEqual({ fields: { quantity: '1' } });
	});

	test('a zero is no blank', () => {
		expect(invoice({}, line({ unitAmount: 0 })).lines?.[0]?.fields.unitAmount).toBe('0');
	});
});

describe('the draft', () => {
	test('keeps where it came from, and its lines by their Knack ids', () => {
		const draft = invoice(
			{ 'contact.name': 'Acme' },
			{
				source: { knackRecordId: 'a'.repeat(24), table: 'object_4' },
				itemIndexes: [3, 4],
				lines: [{ key: 'b'.repeat(24), values: { description: 'Work', id: '' } }],
			},
		);
		expect(draft).toMatchObject({
			type: 'salesInvoice',
			itemIndexes: [3, 4],
			source: { knackRecordId: 'a'.repeat(24), table: 'object_4' },
			lines: [{ key: 'b'.repeat(24), fields: { description: 'Work' } }],
		});
	});

	test('knows a document and a line by the IDs that they have in Xero', () => {
		const id = '66666666-6666-4666-8666-666666666666';
		const draft = invoice({ id }, line({ id, description: 'Work' }));
		expect(draft).toMatchObject({ id, fields: {} });
		expect(draft.lines).toEqual([{ id, fields: { description: 'Work' } }]);
		expect(invoice({ reference: 'R' })).not.toHaveProperty('id');
	});

	test('has no lines where the document has none', () => {
		const record = { values: {}, source: {}, itemIndexes: [0], ...line({ description: 'Work' }) };
		expect(draftFromValues(DOCUMENTS.contact, record, OPTIONS)).not.toHaveProperty('lines');
	});

	test('leaves lines alone when none are mapped', () => {
		expect(invoice({}).lines).toBeUndefined();
	});

	test('reads any value without throwing, and gives only texts and booleans', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...DOCUMENTS.salesInvoice.fields.map((field) => field.path)),
				fc.jsonValue(),
				(path, value) => {
					const draft = invoice({ [path]: value });
					for (const read of Object.values(draft.fields)) {
						expect(['string', 'boolean']).toContain(typeof read);
						expect(read).not.toBe('');
					}
					expect(Object.keys(draft.fields).length + draft.issues.length).toBeLessThanOrEqual(1);
				},
			),
		);
	});
});
