import { draftFromValues } from '../../lib/sync/map/draftFromValues';
import { DOCUMENTS } from '../../lib/xero/documents';
import { SETTINGS } from './syncFixtures';

/** What a person is told of a value that has no single reading, in a second line or the header. */
function told(path: string, value: unknown): string[] {
	const isHeader = DOCUMENTS.salesInvoice.fields.some((field) => field.path === path);
	const draft = draftFromValues(
		DOCUMENTS.salesInvoice,
		{
			values: isHeader ? { [path]: value } : {},
			...(isHeader ? {} : { lines: [{ values: {} }, { values: { [path]: value } }] }),
			source: {},
			itemIndexes: [0],
		},
		{ timeZone: 'Europe/London', blankPolicy: 'leave', settings: SETTINGS },
	);
	return draft.issues.map(({ field, message, fix }) => `${field}: ${message} ${fix}`);
}

const lists = (depth: number): unknown => (depth === 0 ? [] : [lists(depth - 1)]);

describe('what a person is told of', () => {
	test.each<[what: string, path: string, value: unknown]>([
		['a group', 'reference', { first: 'A', last: 'B' }],
		['a large group', 'reference', Object.fromEntries([...'abcdefgh'].map((key) => [key, 1]))],
		['a list of groups', 'reference', [{ a: 1 }, { b: 2 }]],
		['a group for a price', 'unitAmount', { amount: 1 }],
		['a group for yes or no', 'sentToContact', { a: 1 }],
		['a word for yes or no', 'sentToContact', 'maybe'],
		['a price of two readings', 'unitAmount', '1,250'],
		['a price in words', 'unitAmount', 'ten'],
		['a price with two signs', 'unitAmount', '-(5)'],
		['a price of too many digits', 'unitAmount', '1e999'],
		['a sum of too many digits', 'unitAmount', 1e200],
		['a day in digits', 'dueDate', '3/4/26'],
		['a day with points', 'dueDate', '03.04.2026'],
		['a day with dashes', 'dueDate', '03-04-2026'],
		['a number for a day', 'dueDate', 46000],
		['a truth for a day', 'dueDate', true],
		['a word for a day', 'dueDate', 'soon'],
		['a choice that is none', 'lineAmountTypes', 'Gross'],
		['an account that is none', 'accountCode', 'Turnover'],
		['a tax rate that is none', 'taxType', 'Luxury'],
		['a currency sign', 'currencyCode', '$'],
		['a theme that is none', 'brandingThemeID', 'Fancy'],
		['an option that is none', 'tracking.Region', 'West'],
		['a category that is none', 'tracking.Colour', 'Blue'],
		['a number as an ID', 'id', 'INV-7'],
	])('%s', (_what, path, value) => expect(told(path, value)).toMatchSnapshot());
});

describe('nothing is said of', () => {
	test.each<[what: string, path: string, value: unknown]>([
		['yes', 'sentToContact', 'Yes'],
		['no', 'sentToContact', 'unchecked'],
		['an account by its code in another case', 'accountCode', ' 200 '],
		['a theme by its ID', 'brandingThemeID', 'THEME-1'],
		['an option by its name', 'tracking.Region', 'North'],
		['lists of lists that hold nothing', 'reference', lists(40)],
		['blank entries', 'reference', [['', null], []]],
	])('%s', (_what, path, value) => expect(told(path, value)).toEqual([]));
});
