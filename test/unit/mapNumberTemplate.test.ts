import fc from 'fast-check';
import { NUMBER_TEMPLATE, numberByTemplate } from '../../lib/sync/map/numberTemplate';

const FIELD = {
	path: 'invoiceNumber',
	label: 'Invoice Number',
	maxLength: 40,
	timeZone: 'Europe/London',
};
const make = (template: string, item: Record<string, unknown>) => {
	const read = numberByTemplate(template, item, FIELD);
	return read.kind === 'number' ? read.text : read.issue;
};

describe('a number by template', () => {
	test.each([
		['JOB-{Job Number}', { 'Job Number': 'A17' }, 'JOB-A17'],
		['{Job Number}', { 'Job Number': 17 }, '17'],
		[' JOB-{Job Number} ', { 'Job Number': 17 }, 'JOB-17'],
		['{Name}', { Name: 'x'.repeat(40) }, 'x'.repeat(40)],
		[
			'INV-{Order Date:yyyy}-{Order ID:5}',
			{ 'Order Date': '2026-03-09', 'Order ID': 42 },
			'INV-2026-00042',
		],
		['{Order Date:ddMMMyy}/{ID:2}', { 'Order Date': '2026-03-09', ID: '1234' }, '09Mar26/1234'],
		// An instant is taken to the day of the workflow's zone.
		['{When:yyyyMMdd}', { When: '2026-06-30T23:30:00.000Z' }, '20260701'],
		['{job number}', { 'Job Number': 'A17' }, 'A17'],
		['{Job: No}', { 'Job: No': 'A17' }, 'A17'],
		['{Name}', { Name: ' Bolt  <M8> & Co' }, 'Bolt <M8> & Co'],
	])('%s of %j is %s', (template, item, number) => {
		expect(make(template, item)).toBe(number);
	});

	test.each([
		['JOB-1', { 'Job Number': 1 }, NUMBER_TEMPLATE.malformed, 'braces'],
		['JOB-{Job Number', { 'Job Number': 1 }, NUMBER_TEMPLATE.malformed, 'braces'],
		['JOB-{}', {}, NUMBER_TEMPLATE.malformed, 'braces'],
		[
			'JOB-{Job Number}',
			{ 'Job No': 1, Customer: 'A' },
			NUMBER_TEMPLATE.fieldGone,
			'Job No, Customer',
		],
		[
			'JOB-{Job Number}',
			{
				Lines: [{ a: 1 }],
				Record: { b: 1 },
				...Object.fromEntries([...'abcdefghij'].map((each) => [each, 1])),
			},
			NUMBER_TEMPLATE.fieldGone,
			'template: a, b, c, d, e, f, g, h.',
		],
		['{No.}', { No: 1, no: 2 }, NUMBER_TEMPLATE.fieldGone, 'No, no'],
		['{:5}', { A: 1 }, NUMBER_TEMPLATE.fieldGone, 'A'],
		['JOB-{ID}}', { ID: 1 }, NUMBER_TEMPLATE.malformed, 'braces'],
		['JOB-{Job Number}', { 'Job Number': ' ' }, NUMBER_TEMPLATE.fieldBlank, 'Fill in Job Number'],
		['JOB-{Job Number}', { 'Job Number': null }, NUMBER_TEMPLATE.fieldBlank, 'Fill in Job Number'],
		['JOB-{Lines}', { Lines: [{ a: 1 }] }, NUMBER_TEMPLATE.valueUnfit, 'Correct Lines'],
		['JOB-{ID:5}', { ID: 'A7' }, NUMBER_TEMPLATE.valueUnfit, 'Correct ID'],
		['JOB-{ID:5}', { ID: 1.5 }, NUMBER_TEMPLATE.valueUnfit, 'Correct ID'],
		['JOB-{ID:99}', { ID: 1 }, NUMBER_TEMPLATE.valueUnfit, 'Correct ID'],
		['JOB-{Day:yyyy}', { Day: '09/03/2026' }, NUMBER_TEMPLATE.valueUnfit, 'Correct Day'],
		['JOB-{Name}', { Name: 'x'.repeat(60) }, NUMBER_TEMPLATE.tooLong, 'Shorten Name'],
	])('%s of %j is none, and says what to do', (template, item, code, fix) => {
		expect(make(template, item)).toMatchObject({
			code,
			severity: 'block',
			field: 'invoiceNumber',
			fix: expect.stringContaining(fix),
		});
	});

	const value = fc.oneof(
		fc.string(),
		fc.integer(),
		fc.constantFrom(null, '', '2026-11-22', 0, true, [1], { a: 1 }),
	);
	const item = fc.dictionary(fc.constantFrom('Job', 'Order Date', 'ID', 'Job Number'), value);
	const template = fc
		.array(
			fc.oneof(
				fc.string({ maxLength: 4 }),
				fc.constantFrom('{Job}', '{ID:4}', '{Order Date:yyMM}', '{Job Number}', '{', '}'),
			),
			{ maxLength: 6 },
		)
		.map((parts) => parts.join(''));

	test('follows from the record alone: any retry makes the same, whatever else the record holds', () => {
		fc.assert(
			fc.property(template, item, fc.string(), (text, record, other) => {
				const first = numberByTemplate(text, record, FIELD);
				expect(numberByTemplate(text, { ...record }, FIELD)).toEqual(first);
				const read = first.kind === 'number';
				if (read)
					expect(numberByTemplate(text, { ...record, Unrelated: other }, FIELD)).toEqual(first);
			}),
			{ numRuns: 500 },
		);
	});

	test('is never blank or too long, and never has a blank in it', () => {
		fc.assert(
			fc.property(template, item, (text, record) => {
				const read = numberByTemplate(text, record, FIELD);
				if (read.kind !== 'number') return;
				expect(read.text.trim()).not.toBe('');
				expect(read.text.length).toBeLessThanOrEqual(40);
				expect(read.text).not.toMatch(/undefined|null|\[object/);
			}),
			{ numRuns: 500 },
		);
	});

	test('padding keeps numbers apart, and in their order', () => {
		fc.assert(
			fc.property(fc.nat(99_999), fc.nat(99_999), (a, b) => {
				const [one, two] = [make('N-{ID:5}', { ID: a }), make('N-{ID:5}', { ID: b })];
				expect(one === two).toBe(a === b);
				expect(String(one) < String(two)).toBe(a < b);
			}),
		);
	});
});
