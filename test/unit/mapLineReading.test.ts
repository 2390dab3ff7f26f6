import { NOTHING_SAVED, type SavedLineForm } from '../../lib/sync/map/columnChoice';
import type { MappedValues } from '../../lib/sync/map/draftFromValues';
import { LineColumns, mappedLine } from '../../lib/sync/map/lineColumns';
import { LineReading, type LineReadingOptions } from '../../lib/sync/map/lineReading';
import { DOCUMENTS } from '../../lib/xero/documents';

const knack = { recordId: 'a'.repeat(24), tableName: 'Order Lines' };
const LINE = { Details: 'Labour', Qty: 2, Price: '9.50', knack };

interface Told {
	readonly mapping: MappedValues;
	readonly lines?: ReadonlyArray<Readonly<Record<string, unknown>>>;
	readonly form?: Partial<SavedLineForm>;
	readonly severity?: LineReadingOptions['severity'];
}

/** The first line's values, and what is said of the mapping. */
function read({ mapping, lines = [LINE], form, severity }: Told) {
	const stored = Object.fromEntries(
		Object.entries(mapping).flatMap(([id, told]) => (typeof told === 'string' ? [[id, told]] : [])),
	);
	const columns = new LineColumns(lines);
	const reading = new LineReading(DOCUMENTS.salesInvoice, columns, {
		form: { ...NOTHING_SAVED, stored, ...form },
		severity,
	});
	const { sources, issues } = reading.read(mapping);
	const { values } = mappedLine(lines[0] ?? {}, sources);
	const said = issues.map(({ message, fix }) => `${message} ${fix}`);
	return { values, said, issues, taken: reading.taken };
}

describe('what the form for lines says', () => {
	test('a chosen column is a column, and a value for all lines is a value, whatever they are called', () => {
		const mapping = {
			description: 'Column: Details',
			'allLines.quantity': 'Qty',
			'allLines.unitAmount': ' ',
			unitAmount: 'Column: Price',
		};
		expect(read({ mapping })).toEqual({
			values: { description: 'Labour', quantity: 'Qty', unitAmount: '9.50' },
			said: [],
			issues: [],
			taken: undefined,
		});
	});

	test('of columns whose names count as one, the one that is written so is read', () => {
		const lines = [{ Price: 3, 'Price ($)': 4, 'Price *': 5 }];
		const priced = (name: string) => read({ mapping: { unitAmount: `Column: ${name}` }, lines });
		expect(priced('Price').values).toEqual({ unitAmount: 3 });
		expect(priced('Price ($)').values).toEqual({ unitAmount: 4 });
		expect(priced('price').values).toEqual({ unitAmount: 3 });
	});

	test('a line that leaves a column out because it is blank has nothing of one called almost so', () => {
		const lines = [{ 'Price ($)': 4 }, { Price: 3, 'Price ($)': 4 }];
		expect(read({ mapping: { unitAmount: 'Column: Price' }, lines })).toMatchObject({
			values: {},
			said: [],
		});
	});

	test('a bare text of an old form, and a rule that is off, read what is called almost so', () => {
		const lines = [{ 'Price ($)': 4 }];
		expect(read({ mapping: { unitAmount: 'Price' }, lines }).values).toEqual({ unitAmount: 4 });
		const mapping = { unitAmount: 'Column: Price' };
		expect(read({ mapping, lines, severity: 'off' }).values).toEqual({ unitAmount: 4 });
	});

	test('a bare text is what the saved list called it: a column, or an account', () => {
		const listed = {
			accountCode: new Map([
				['200', '200 Sales'],
				['Price', 'Column: Price'],
			]),
		};
		const lines = [{ ...LINE, '200': 'no account' }];
		const account = (told: string) =>
			read({ mapping: { accountCode: told }, lines, form: { listed } });
		expect(account('200').values).toEqual({ accountCode: '200' });
		expect(account('Price').values).toEqual({ accountCode: '9.50' });
		expect(account('200').taken).toBeUndefined();
	});

	test('a bare text that the list could not tell is read as before', () => {
		const listed = { description: new Map([['Details', 'Column or Text: Details']]) };
		const { values, taken } = read({ mapping: { description: 'Details' }, form: { listed } });
		expect(values).toEqual({ description: 'Labour' });
		expect(taken).toContain('Taken as columns of Order Lines: Description "Details".');
		expect(taken).not.toContain('Not columns');
		const shared = read({ mapping: { accountCode: '200' } });
		expect(shared.values).toEqual({ accountCode: '200' });
		expect(shared.taken).toContain(
			'Not columns of Order Lines, so that they go onto every line as they stand: Account "200".',
		);
		expect(shared.taken).not.toContain('Taken as');
	});

	test('a text that was a column when the form was saved is one that is gone', () => {
		const form = { columns: new Set(['Txt']) };
		const { said, values } = read({ mapping: { description: 'Txt' }, form });
		expect(values).toEqual({});
		expect(said[0]).toContain('Description is mapped to the column "Txt", which');
		expect(said[0]).toContain('"Details" looks like it: choose Column: Details for Description');
		expect(read({ mapping: { description: 'Txt' } }).values).toEqual({ description: 'Txt' });
		const many = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`C${at}x${at}`, at]));
		const long = read({ mapping: { description: 'Txt' }, form, lines: [{ ...many, knack }] });
		expect(long.said[0]).toMatch(/There are: .*C11x11 …$/);
		const twelve = Object.fromEntries(Object.entries(many).slice(0, 12));
		const whole = read({ mapping: { description: 'Txt' }, form, lines: [{ ...twelve, knack }] });
		expect(whole.said[0]).toMatch(/C11x11\.$/);
	});

	test('a word where a number is needed was meant for a column', () => {
		const { said } = read({ mapping: { quantity: 'Pieces' } });
		expect(said[0]).toContain('Quantity: there is no column "Pieces" in Order Lines.');
		expect(said[0]).toContain('"Qty" looks like it: choose Column: Qty for Quantity.');
		expect(said[0]).not.toContain('is meant for every line');
		// What another field takes already is not proposed.
		const both = read({ mapping: { quantity: 'Pieces', unitAmount: 'Qty' } });
		expect(both.said[0]).toContain('Choose the column for Quantity.');
		const near = read({ mapping: { description: 'Detials' } });
		expect(near.said[0]).toContain('If "Detials" is meant for every line');
	});

	test('what an expression takes from the record is a value; what it works out may name a column', () => {
		const told = (expression: string) =>
			read({ mapping: { description: 'Price' }, form: { stored: { description: expression } } });
		expect(told('={{ $json["Title"] }}').values).toEqual({ description: 'Price' });
		expect(told('={{ $json.Order?.Title }}').values).toEqual({ description: 'Price' });
		expect(told('=Price').values).toEqual({ description: 'Price' });
		const column = { mapping: { description: 'Column: Price' } };
		for (const expression of ['={{ $json["Title"] }}', '=Column: Price']) {
			const form = { stored: { description: expression } };
			expect(read({ ...column, form }).values).toEqual({ description: 'Column: Price' });
		}
		expect(told('={{ $("Configure Me").item.json.column }}').values).toEqual({
			description: '9.50',
		});
		expect(
			read({ mapping: { description: 'Detials' }, form: { stored: { description: '={{ 1 }}' } } }),
		).toMatchObject({ values: { description: 'Detials' }, said: [] });
	});
});

describe('a column that is gone', () => {
	test.each<[string, Told, RegExp]>([
		[
			'was chosen',
			{ mapping: { description: 'Column: Work Done', quantity: 'Column: Qty' } },
			/mapped to the column "Work Done", which the table Order Lines does not have any more\. Was it renamed\? "Details" looks like it/,
		],
		[
			'has no heir: all columns are named',
			{ mapping: { itemCode: 'Column: Part' } },
			/take it out of the form\. There are: Details, Qty, Price\./,
		],
		[
			'is one of a connected record that is there',
			{
				mapping: { description: 'Column: Product Record.Title' },
				lines: [{ knack, 'Product Record': { 'Full Title': 'Door', knack: {} } }],
			},
			/"Product Record\.Full Title" looks like it/,
		],
		[
			'is nearly called as one of lines that are not Knack’s',
			{ mapping: { unitAmount: 'Column: Prise' }, lines: [{ Price: 1 }] },
			/mapped to the column "Prise", which the lines do not have any more\. .*"Price" looks like it/,
		],
		[
			'has signs beside its words now, in lines that are not Knack’s',
			{ mapping: { unitAmount: 'Column: Price' }, lines: [{ 'Price ($)': 1, 'Price (€)': 2 }] },
			/mapped to the column "Price", which the lines do not have any more\. .*"Price \(\$\)" looks like it/,
		],
		[
			'has signs beside its words now, in lines of Knack',
			{ mapping: { unitAmount: 'Column: Price' }, lines: [{ knack, 'Price ($)': 1 }] },
			/which the table Order Lines does not have any more\. .*"Price \(\$\)" looks like it/,
		],
		[
			'cannot be a value',
			{ mapping: { quantity: 'Pieces' }, lines: [{ Hours: 1 }] },
			/^Quantity: there is no column "Pieces" in the lines\. There are: Hours\. .*Choose|choose/,
		],
	])('%s', (...[, told, says]) => {
		const { said, values } = read(told);
		expect(said).toEqual([expect.stringMatching(says)]);
		expect(values).not.toHaveProperty(Object.keys(told.mapping)[0] ?? '');
	});

	test.each<[string, Told]>([
		['no line is there to tell', { mapping: { description: 'Column: Gone' }, lines: [] }],
		[
			'its connected record is blank in all lines',
			{
				mapping: { description: 'Column: Product Record.Title' },
				lines: [{ knack, 'Product Record': null }],
			},
		],
		[
			'parts of a value leave out what is blank',
			{
				mapping: { description: 'Column: Address.Street 2' },
				lines: [{ knack, Address: { Street: 'High St' } }],
			},
		],
		[
			'lines of other origin leave out what is blank',
			{ mapping: { discountRate: 'Column: Discount' }, lines: [{ Price: 1 }] },
		],
		[
			'the user has switched the rule off',
			{ mapping: { quantity: 'Column: Gone' }, severity: 'off' },
		],
	])('is nothing where %s', (...[, told]) => {
		expect(read(told)).toMatchObject({ said: [], values: {} });
	});

	test('is a warning where the user says so: what looked like a column is then a text', () => {
		const { issues, values } = read({ mapping: { description: 'Detials' }, severity: 'warn' });
		expect(issues).toMatchObject([{ severity: 'warn', field: 'lineItems.description' }]);
		expect(values).toEqual({ description: 'Detials' });
	});

	test.each(['Monthly hosting', 'Labour charge', 'Pipe'])(
		'is not thought of at a plain text: %s',
		(text) => {
			const { said, values, taken } = read({ mapping: { description: text } });
			expect(said).toEqual([]);
			expect(values).toEqual({ description: text });
			expect(taken).toContain(`go onto every line as they stand: Description "${text}".`);
		},
	);
});
