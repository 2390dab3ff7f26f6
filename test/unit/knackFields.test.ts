import fc from 'fast-check';
import type { KnackApp, KnackField, KnackTable } from '../../lib/knack/app';
import { decodeRaw, encodeField, isWritable } from '../../lib/knack/fields/codecs';
import { comparableValue, plainValue, valueParts } from '../../lib/knack/fields/shownValue';
import { parseApp } from '../../lib/knack/appSchema';
import { htmlToText } from '../../lib/knack/html';
import { viewRecord } from '../../lib/knack/recordView';
import { echoDifferences, encodeRecord } from '../../lib/knack/recordWriting';

const LONDON = 'Europe/London';

function field(type: string, more: Partial<KnackField> = {}): KnackField {
	return {
		key: 'field_1',
		name: 'Field',
		type,
		required: false,
		unique: false,
		format: {},
		...more,
	};
}

const plain = (raw: unknown, of: KnackField): unknown => plainValue(decodeRaw(raw, of));

function written(value: unknown, of: KnackField, zone = LONDON): unknown {
	const result = encodeField(value, of, zone);
	if (!result.ok) throw new Error(result.message);
	return result.value;
}

function refusal(value: unknown, of: KnackField): string {
	const result = encodeField(value, of, LONDON);
	return result.ok ? 'written' : result.message;
}

const usDate = field('date_time', { dateFormat: 'mm/dd/yyyy', timeFormat: 'HH:mm am' });
const ukDate = field('date_time', { dateFormat: 'dd/mm/yyyy', timeFormat: 'HH MM (military)' });
const ukDay = field('date_time', { dateFormat: 'dd/mm/yyyy', timeFormat: 'Ignore Time' });
const timeOnly = field('date_time', { dateFormat: 'Ignore Date', timeFormat: 'HH:mm am' });

describe('What Knack sends', () => {
	it.each([undefined, null, '', [], [null], [''], [null, null]])(
		'takes %j for nothing, whatever the type',
		(raw) => {
			for (const type of ['short_text', 'number', 'date_time', 'connection', 'name', 'file']) {
				expect(plain(raw, field(type))).toBeNull();
			}
		},
	);

	it.each([
		['12', '00', 'AM', '00:00'],
		['12', '05', 'PM', '12:05'],
		['01', '30', 'AM', '01:30'],
		['11', '59', 'PM', '23:59'],
		['16', '14', undefined, '16:14'],
	])('reads %s:%s %s as %s and nothing from the stamps', (hours, minutes, am_pm, time) => {
		const raw = {
			date: '11/22/2026',
			date_formatted: '22/11/2026',
			hours,
			minutes,
			...(am_pm && { am_pm }),
			unix_timestamp: 1,
			iso_timestamp: '1999-01-01T00:00:00.000Z',
			timestamp: '11/01/15Y 12:00 am',
			time: 720,
		};
		expect(plain(raw, ukDate)).toBe(`2026-11-22T${time}`);
		expect(plain(raw, ukDay)).toBe('2026-11-22');
		expect(plain(raw, timeOnly)).toBe(time);
	});

	it("reads a date that is only text in the field's own order", () => {
		expect(plain('03/09/2026', ukDay)).toBe('2026-09-03');
		expect(plain('03/09/2026 4:14pm', usDate)).toBe('2026-03-09T16:14');
		expect(plain('2026-09-03', ukDay)).toBe('2026-09-03');
		const worded = field('date_time', { dateFormat: 'M D, yyyy', timeFormat: 'Ignore Time' });
		expect(plain('November 22, 2026', worded)).toBe('2026-11-22');
	});

	it.each([
		['number', 1_234.5, 1234.5],
		['number', '$1,234.50', 1234.5],
		['currency', '100.43', 100.43],
		['currency', '1250', 1250],
		['currency', '3.14&nbsp;€', 3.14],
		['currency', '-0.10', -0.1],
		['currency', '9007199254740993.01', '9007199254740993.01'],
		['equation', 3.99999999, 4],
		['equation', 1.33333333, 1.3333],
		['sum', 0.1 + 0.2, 0.3],
		['rating', '3.50', 3.5],
		['auto_increment', '42', 42],
	])('reads the %s %p as %p', (type, raw, value) => {
		expect(plain(raw, field(type))).toBe(value);
	});

	it('reads a decimal comma where the field is set to one', () => {
		expect(plain('1.234,50 €', field('number', { format: { mark_decimal: 'comma' } }))).toBe(
			1234.5,
		);
	});

	it('reads an equation that gives a date, as an object or as text', () => {
		const dateEquation = field('equation', {
			dateFormat: 'dd/mm/yyyy',
			timeFormat: 'Ignore Time',
			format: { equation_type: 'date' },
		});
		expect(
			plain({ date: '09/03/2026', hours: '12', minutes: '00', am_pm: 'AM' }, dateEquation),
		).toBe('2026-09-03');
		expect(plain('03/09/2026', dateEquation)).toBe('2026-09-03');
	});

	it('reads choices, also where an option holds a comma', () => {
		const many = field('multiple_choice', {
			allowsMany: true,
			options: ['Red', 'Blue', 'Red, dark'],
		});
		expect(plain(['Red', 'Blue'], many)).toEqual(['Red', 'Blue']);
		expect(plain('Red, Blue', many)).toEqual(['Red', 'Blue']);
		expect(plain('Red, dark', many)).toEqual(['Red, dark']);
		expect(plain([null], many)).toBeNull();
		expect(plain('Large', field('multiple_choice'))).toBe('Large');
	});

	it('reads connections in all their spellings', () => {
		const id = '673f00aa9a3b4e0012ab0001';
		const many = field('connection', { allowsMany: true });
		const shown = `<span class="${id}" data-kn="connection-value">Acme &amp; Sons</span>`;
		for (const raw of [[{ id, identifier: 'Acme & Sons' }], shown]) {
			expect(plain(raw, field('connection'))).toBe('Acme & Sons');
			expect(plain(raw, many)).toEqual(['Acme & Sons']);
		}
		expect(comparableValue(decodeRaw([{ id, identifier: 'renamed' }], many))).toEqual([id]);
		expect(comparableValue(decodeRaw([id], many))).toEqual([id]);
	});

	const TYPED: ReadonlyArray<[typed: string, text?: string]> = [
		['Bolt <M8> zinc'],
		['Size <S> or <L>'],
		['<A1>'],
		['a <b and c> d'],
		['unclosed <b'],
		['<p>First</p>'],
		['5 < 6 and 7 > 3'],
		['AT&T'],
		['line 1\nline 2'],
		// Characters that a form may have written as references are read, once.
		['Smith &amp; Sons', 'Smith & Sons'],
		['Bolt &lt;M8&gt; zinc', 'Bolt <M8> zinc'],
		['&amp;lt;', '&lt;'],
		['5 &lt; 6 & 3 < 4', '5 < 6 & 3 < 4'],
		['caf&eacute;&nbsp;noir &#8364;5', 'café noir €5'],
		['two  spaces &amp; more', 'two  spaces & more'],
	];

	it.each(TYPED)('keeps the text %j as it was typed', (typed, text = typed) => {
		for (const type of ['short_text', 'paragraph_text', 'concatenation', 'multiple_choice']) {
			expect(plain(typed, field(type))).toBe(text);
		}
		expect(plain({ first: typed }, field('name'))).toBe(text);
		expect(plain({ street: typed }, field('address'))).toBe(text);
		const id = '673f00aa9a3b4e0012ab0001';
		expect(plain([{ id, identifier: typed }], field('connection'))).toBe(text);
	});

	it.each([
		['<p>First</p><p>Second</p>', 'First\nSecond'],
		['<a href="https://x.example">Link</a>', 'Link'],
		['<p>Bolt &lt;M8&gt; <b>zinc</b></p>', 'Bolt <M8> zinc'],
		['<p>&amp;lt;</p>', '&lt;'],
		['one<br />two', 'one\ntwo'],
		['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
		['line 1\nline 2', 'line 1\nline 2'],
		['<p></p>', null],
		['caf&eacute;&nbsp;noir &#8364;5', 'café noir €5'],
	])('brings the rich text %j to the text that a person sees', (html, text) => {
		expect(plain(html, field('rich_text'))).toBe(text);
	});

	it('reads the breaks of a paragraph in both of its forms', () => {
		expect(plain('one<br />two', field('paragraph_text'))).toBe('one\ntwo');
		expect(plain('one\ntwo', field('paragraph_text'))).toBe('one\ntwo');
	});

	describe('of what a formula or a display field puts together', () => {
		const tables = [
			{
				key: 'object_1',
				name: 'Orders',
				identifier: 'field_3',
				fields: [
					{ key: 'field_1', name: 'Part', type: 'short_text' },
					{ key: 'field_2', name: 'Notes', type: 'rich_text' },
					formula('field_3', '{field_1} - {field_9.field_10}'),
					formula('field_4', '<b>{field_1}</b>'),
					formula('field_5', '{field_1}: {field_2}'),
					formula('field_6', 'again {field_5}'),
					formula('field_7', '{field_7} and if({field_1} < 3, 1, 2)'),
				],
			},
			{
				key: 'object_2',
				name: 'Parts',
				identifier: 'field_12',
				fields: [
					{ key: 'field_12', name: 'Text', type: 'rich_text' },
					link('field_13', 'object_1'),
					link('field_14', 'object_2'),
				],
			},
		];

		function formula(key: string, equation: string) {
			return { key, name: key, type: 'concatenation', format: { equation } };
		}

		function link(key: string, object: string) {
			const relationship = { object, has: 'one', belongs_to: 'many' };
			return { key, name: key, type: 'connection', relationship };
		}

		const app = parseApp({
			application: { id: 'a'.repeat(24), name: 'App', objects: tables, settings: {} },
		});
		const of = (key: string): KnackField => {
			const found = app?.tables.flatMap(({ fields }) => fields).find((one) => one.key === key);
			return found ?? field('missing');
		};
		const id = '673f00aa9a3b4e0012ab0001';

		it.each([
			['field_3', 'Bolt <M8> - <b>', 'Bolt <M8> - <b>'],
			['field_4', '<b>Bolt <M8> or <S></b>', 'Bolt <M8> or <S>'],
			['field_5', 'Bolt <M8>: <p>new &amp; old</p>', 'Bolt <M8>:\nnew & old'],
			['field_6', 'again Bolt: <p>new</p>', 'again Bolt:\nnew'],
			['field_7', '<b> and 1', '<b> and 1'],
		])('%s: %j is %j', (key, raw, text) => {
			expect(plain(raw, of(key))).toBe(text);
		});

		it('a connection is shown by the linked table’s field, be it text or HTML', () => {
			expect(plain([{ id, identifier: '<b>x</b> <M8>' }], of('field_13'))).toBe('<b>x</b> <M8>');
			expect(plain([{ id, identifier: '<b>x</b> &lt;M8&gt;' }], of('field_14'))).toBe('x <M8>');
		});
	});

	/** As deep, long and crooked as anybody could type it into a public form. */
	const HOSTILE: ReadonlyArray<[name: string, text: string, seen: string]> = [
		['nested tags', '<b>'.repeat(7_000), ''],
		['nested lists', `${'<ul><li>'.repeat(2_500)}deep`, 'deep'],
		['a tag of spaces', `<a x=${' '.repeat(60_000)}`, '<a x='],
		['a tag of spaces, closed', `<a x=${' '.repeat(60_000)}>text`, 'text'],
		['spaces without a line end', `<p>${'\u00a0'.repeat(90_000)}</p>`, ''],
		['ends without beginnings', `${'</b>'.repeat(20_000)}text`, 'text'],
		['beginnings of tags', '<'.repeat(90_000), '<'.repeat(90_000)],
		['ampersands', '&'.repeat(90_000), '&'.repeat(90_000)],
		[
			'a long text',
			`<p>${'word '.repeat(60_000)}</p><p>end</p>`,
			`${'word '.repeat(60_000).trim()}\nend`,
		],
	];

	it.each(HOSTILE)('reads %s without end of stack or patience', (_name, text, seen) => {
		expect(htmlToText(text)).toBe(seen);
		for (const type of ['rich_text', 'short_text', 'email', 'link', 'connection', 'timer']) {
			expect(() => decodeRaw(text, field(type))).not.toThrow();
		}
		expect(() => decodeRaw(text, field('concatenation', { isHtml: true }))).not.toThrow();
	});

	it('reads names, emails, phones and links with what some apps add', () => {
		expect(plain({ title: 'Ms', first: 'Ann', last: 'Lee', full: 'x' }, field('name'))).toBe(
			'Ms Ann Lee',
		);
		expect(plain('<a href="mailto:a@b.co">a@b.co</a>', field('email'))).toBe('a@b.co');
		expect(valueParts(decodeRaw({ email: 'a@b.co', label: 'Ann' }, field('email')))).toEqual({
			email: 'a@b.co',
			label: 'Ann',
		});
		expect(plain({ full: '5129743546', area: null }, field('phone'))).toBe('5129743546');
		expect(plain({ url: 'https://x.example', label: 'X' }, field('link'))).toBe(
			'https://x.example',
		);
	});

	it('never shows a password, and reads roles by name', () => {
		const table: KnackTable = {
			key: 'object_1',
			name: 'Accounts',
			fields: [field('password', { key: 'field_1', name: 'Password' })],
		};
		expect(viewRecord({ id: 'x', field_1: '*********' }, table).values).toEqual({});
		expect(plain([{ id: 'profile_8', identifier: 'Accounting' }], field('user_roles'))).toEqual([
			'Accounting',
		]);
	});

	it('tells apart labels that repeat, and those that items keep for themselves', () => {
		const table: KnackTable = {
			key: 'object_1',
			name: 'Jobs',
			fields: [
				field('short_text', { key: 'field_1', name: 'Status' }),
				field('short_text', { key: 'field_2', name: 'Status' }),
				field('short_text', { key: 'field_3', name: 'knack' }),
			],
		};
		const record = { id: 'x', field_1: 'a', field_2: 'b', field_3: 'c' };
		expect(viewRecord(record, table).values).toEqual({
			'Status (field_1)': 'a',
			'Status (field_2)': 'b',
			'knack (field_3)': 'c',
		});
	});
});

describe('What is written to Knack', () => {
	it('writes dates in the order of the field and on the clock of the app', () => {
		expect(written('2026-09-03', ukDay)).toBe('03/09/2026');
		expect(written('2026-09-03', usDate)).toBe('09/03/2026 12:00 am');
		expect(written('2026-09-03T16:14', ukDate)).toBe('03/09/2026 04:14 pm');
		expect(written('16:14', timeOnly)).toBe('04:14 pm');
	});

	it('brings an instant to the zone of the app, and leaves wall-clock time alone', () => {
		expect(written('2026-07-01T23:30:00Z', ukDay)).toBe('02/07/2026');
		expect(written('2026-07-01T23:30:00', ukDay)).toBe('01/07/2026');
		expect(written('2026-11-22T00:30:00+00:00', usDate, 'America/Chicago')).toBe(
			'11/21/2026 06:30 pm',
		);
		// 02:30 does not exist on that day in Chicago; what was written is what is kept.
		expect(written('2026-03-08T02:30', usDate, 'America/Chicago')).toBe('03/08/2026 02:30 am');
	});

	it("writes a range as an object, in the field's own order of day and month", () => {
		const value = { from: '2026-09-03T09:00', to: '2026-09-03T17:30' };
		expect(written(value, ukDate)).toEqual({
			date: '03/09/2026',
			hours: '09',
			minutes: '00',
			am_pm: 'AM',
			to: { date: '03/09/2026', hours: '05', minutes: '30', am_pm: 'PM' },
		});
	});

	it('clears with what each type takes', () => {
		for (const nothing of [null, '', []]) {
			expect(written(nothing, field('short_text'))).toBe('');
			expect(written(nothing, ukDay)).toBe('');
			expect(written(nothing, field('currency'))).toBe('');
			expect(written(nothing, field('connection'))).toEqual([]);
			expect(written(nothing, field('multiple_choice', { allowsMany: true }))).toEqual([]);
		}
	});

	it('checks an option against the field and writes it as the field spells it', () => {
		const status = field('multiple_choice', {
			name: 'Payment Status',
			options: ['Unpaid', 'Part Paid', 'Paid'],
		});
		expect(written('part paid', status)).toBe('Part Paid');
		expect(refusal('Settled', status)).toMatch('"Settled" is not an option of Payment Status');
		expect(refusal(['Paid', 'Unpaid'], status)).toMatch('one option only');
	});

	it.each([
		['connection', 'Acme Ltd', /not a record id/],
		['number', '1,250', /not a number/],
		['currency', 'twelve', /not a number/],
		['date_time', '22.11.2026', /not a date/],
		['date_time', '2026-02-30', /not a date/],
		['email', 'nobody', /not an email address/],
		['boolean', 'perhaps', /neither yes nor no/],
		['file', 'invoice.pdf', /not an uploaded file/],
		['equation', 5, /cannot be written/],
		['auto_increment', 5, /cannot be written/],
		['concatenation', 'x', /cannot be written/],
		['sum', 5, /cannot be written/],
		['user_roles', 'Accounting', /no user role key/],
	])('refuses for a %s the value %p', (type, value, words) => {
		expect(refusal(value, field(type))).toMatch(words);
	});

	it('writes numbers exactly, also those that a float cannot hold', () => {
		expect(written('1250.50', field('currency'))).toBe(1250.5);
		expect(written('9007199254740993.01', field('currency'))).toBe('9007199254740993.01');
		expect(written(true, field('boolean'))).toBe(true);
		expect(written('No', field('boolean'))).toBe(false);
	});

	it('writes one bad value to the issues and the others to the record', () => {
		const table: KnackTable = {
			key: 'object_1',
			name: 'Jobs',
			fields: [
				field('short_text', { key: 'field_1', name: 'Title' }),
				field('currency', { key: 'field_2', name: 'Amount' }),
			],
		};
		const app: KnackApp = { id: 'a', name: 'A', timeZone: LONDON, tables: [table] };
		const { fields, issues } = encodeRecord(app, table, {
			Title: 'Paint',
			field_2: 'a lot',
			Gone: 1,
			Skipped: undefined,
		});
		expect(fields).toEqual({ field_1: 'Paint' });
		expect(issues.map(({ code, field: name }) => [code, name])).toEqual([
			['KNACK_VALUE_UNSUITABLE', 'Amount'],
			['KNACK_FIELD_MISSING', 'Gone'],
		]);
	});

	it('sees in the answer what Knack did not keep', () => {
		const table: KnackTable = {
			key: 'object_1',
			name: 'Jobs',
			fields: [
				field('multiple_choice', { key: 'field_1', name: 'Status', options: ['A', 'B'] }),
				{ ...ukDay, key: 'field_2', name: 'Due' },
			],
		};
		const sent = { field_1: 'B', field_2: '03/09/2026' };
		const raw = { date: '09/03/2026', hours: '12', minutes: '00', am_pm: 'AM' };
		expect(echoDifferences(table, sent, { id: 'x', field_1: 'B', field_2_raw: raw })).toEqual([]);
		const turned = { ...raw, date: '03/09/2026' };
		expect(echoDifferences(table, sent, { id: 'x', field_1: '', field_2_raw: turned })).toEqual([
			'field_1',
			'field_2',
		]);
	});

	it('reads back what it writes, for any date in any order and any decimal', () => {
		const dates = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });
		fc.assert(
			fc.property(dates, fc.constantFrom(usDate, ukDate, ukDay), (date, of) => {
				const text = date.toISOString().slice(0, 16);
				const back = plain(written(text, of), of);
				expect(back).toBe(of === ukDay ? text.slice(0, 10) : text);
			}),
		);
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
				const text = `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).padStart(3, '0')}`;
				const amount = `${text.slice(0, -2)}.${text.slice(-2)}`;
				const of = field('currency');
				const sent = decodeRaw(written(amount, of), of);
				expect(comparableValue(sent)).toBe(comparableValue(decodeRaw(amount, of)));
			}),
		);
	});

	it('writes no type that Knack fills itself', () => {
		const own = 'auto_increment equation sum count average min max concatenation';
		for (const type of own.split(' ')) expect(isWritable(field(type))).toBe(false);
	});
});
