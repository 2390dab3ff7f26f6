import fc from 'fast-check';

import { SandboxClock } from '../../sandbox/core/clock';
import { Ids } from '../../sandbox/core/ids';
import type { FieldDefinition } from '../../sandbox/knack/schema';
import { createKnackTwin } from '../../sandbox/knack/twin';
import type { KnackTwin } from '../../sandbox/knack/twin';

const appId = '5a4db0c50000000000000001';
const apiKey = '5a4db0c5-0000-4000-8000-000000000001';

let knack: KnackTwin;

beforeEach(() => {
	const clock = new SandboxClock(Date.UTC(2026, 0, 10, 0, 20), true);
	knack = createKnackTwin({ clock, ids: new Ids() });
	knack.addApp({ id: appId, name: 'Test', apiKey, timeZone: 'Central Time (US & Canada)' });
	knack.setLimits({ perSecond: null });
});

/** Creates a one-field table and a record in it through the API, and gives both forms of the field. */
async function written(
	definition: Omit<FieldDefinition, 'name'>,
	value: unknown,
): Promise<{ display: unknown; raw: unknown; hasRaw: boolean }> {
	const name = `Table ${knack.apps[0]?.tables.size}`;
	const table = knack.addTable({ name, fields: [{ name: 'Field', ...definition }] });
	const key = knack.fieldKey(name, 'Field');
	const response = await knack.app.fetch(
		new Request(`http://127.0.0.1/v1/objects/${table.key}/records`, {
			method: 'POST',
			headers: { 'x-knack-application-id': appId, 'x-knack-rest-api-key': apiKey },
			body: JSON.stringify({ [key]: value }),
		}),
	);
	const record = (await response.json()) as Record<string, unknown>;
	return { display: record[key], raw: record[`${key}_raw`], hasRaw: `${key}_raw` in record };
}

describe('what is written comes back as Knack shows it', () => {
	const cases: Array<[string, Omit<FieldDefinition, 'name'>, unknown, unknown, unknown]> = [
		['short_text', { type: 'short_text' }, 'a <b>', 'a <b>', 'a <b>'],
		['paragraph_text', { type: 'paragraph_text' }, 'a\nb', 'a<br />b', 'a\nb'],
		['rich_text', { type: 'rich_text' }, '<p>x</p>', '<p>x</p>', '<p>x</p>'],
		['number', { type: 'number' }, '1,234.5', 1234.5, 1234.5],
		[
			'number with a format',
			{ type: 'number', format: { mark_decimal: 'period', precision: '4' } },
			3.14,
			'3.1400',
			3.14,
		],
		['currency', { type: 'currency', format: { format: '$' } }, 100.43, '$100.43', '100.43'],
		[
			'currency in euro',
			{ type: 'currency', format: { format: '€' } },
			'3.14',
			'3.14&nbsp;€',
			'3.14',
		],
		['boolean by word', { type: 'boolean' }, 'YES', 'Yes', true],
		['boolean on/off', { type: 'boolean', format: { format: 'on_off' } }, false, 'Off', false],
		['one choice', { type: 'multiple_choice', format: { options: ['A', 'B'] } }, 'A', 'A', 'A'],
		[
			'many choices',
			{ type: 'multiple_choice', format: { type: 'multi', options: ['A', 'B'] } },
			['A', 'B'],
			'A, B',
			['A', 'B'],
		],
		[
			'name',
			{ type: 'name', format: { format: 'Last, First Middle' } },
			{ first: 'Pizza', middle: 'D', last: 'Hut' },
			'Hut, Pizza D',
			{ first: 'Pizza', middle: 'D', last: 'Hut', full: 'Hut, Pizza D' },
		],
		[
			'email as text',
			{ type: 'email' },
			'a@example.com',
			'<a href="mailto:a@example.com">a@example.com</a>',
			{ email: 'a@example.com' },
		],
		[
			'phone',
			{ type: 'phone', format: { format: '(999) 999-9999' } },
			'512-974-3546',
			'(512) 974-3546',
			{ formatted: '(512) 974-3546', full: '5129743546', area: '512', number: '9743546' },
		],
		[
			'address without its country',
			{ type: 'address', format: { format: 'US' } },
			{
				street: '8700 Cameron Rd',
				street2: 'Suite 1',
				city: 'Austin',
				state: 'TX',
				zip: '78754',
				country: 'US',
			},
			'8700 Cameron Rd<br />Suite 1<br />Austin, TX 78754',
			expect.not.objectContaining({ country: 'US' }),
		],
		[
			'link',
			{ type: 'link' },
			{ url: 'https://example.com', label: 'Site' },
			'<a href="https://example.com">Site</a>',
			{ url: 'https://example.com', label: 'Site' },
		],
		[
			'image from an address',
			{ type: 'image', format: { source: 'url' } },
			'pizza.png',
			'<img src="pizza.png" />',
			'pizza.png',
		],
		['rating', { type: 'rating' }, 3.5, '3.50', 3.5],
		['password', { type: 'password' }, 'hunter2', '*********', { validation: 'good' }],
	];

	it.each(cases)('%s', async (_name, definition, value, display, raw) => {
		expect(await written(definition, value)).toEqual({ display, raw, hasRaw: true });
	});

	it('blanks of every kind are an empty string without raw', async () => {
		for (const type of [
			'short_text',
			'number',
			'currency',
			'date_time',
			'email',
			'name',
			'address',
			'link',
			'file',
			'multiple_choice',
		] as const) {
			expect(await written({ type }, '')).toEqual({ display: '', raw: undefined, hasRaw: false });
		}
		expect(await written({ type: 'boolean' }, '')).toMatchObject({ display: 'No', raw: false });
	});

	it('a choice outside the options is stored, dropped or refused, by the flag', async () => {
		const field: Omit<FieldDefinition, 'name'> = {
			type: 'multiple_choice',
			format: { options: ['A'] },
		};
		expect((await written(field, 'Z')).raw).toBe('Z');
		knack.setFlags({ unknownChoices: 'drop' });
		expect((await written(field, 'Z')).hasRaw).toBe(false);
		knack.setFlags({ unknownChoices: 'reject' });
		expect((await written(field, 'Z')).display).toBeUndefined();
	});
});

describe('dates', () => {
	const uk = {
		type: 'date_time',
		format: { date_format: 'dd/mm/yyyy', time_format: 'HH:MM am' },
	} as const;

	it.each([
		['03/09/2026', '2026-09-03T00:00:00.000Z'],
		['03/09/2026 4:14pm', '2026-09-03T16:14:00.000Z'],
		['03/09/2026 16:14', '2026-09-03T16:14:00.000Z'],
		['2026-09-03', '2026-09-03T00:00:00.000Z'],
		[{ date: '03/09/2026', hours: '04', minutes: '14', am_pm: 'PM' }, '2026-09-03T16:14:00.000Z'],
		[{ date: '03/09/2026', hours: 16, minutes: 14 }, '2026-09-03T16:14:00.000Z'],
	])('reads %j in the order of the field', async (value, iso) => {
		expect((await written(uk, value)).raw).toMatchObject({ iso_timestamp: iso });
	});

	it('leaves a date blank that the field cannot read', async () => {
		expect(await written(uk, '11/22/2026')).toMatchObject({ display: '', hasRaw: false });
	});

	it('drops the end of a range where the field is no range', async () => {
		const range = {
			date: '09/11/2019',
			hours: '4',
			minutes: '14',
			am_pm: 'pm',
			to: { date: '09/11/2019', hours: '5', minutes: '14', am_pm: 'pm' },
		};
		const us = { date_format: 'mm/dd/yyyy', time_format: 'HH:MM am' } as const;
		expect((await written({ type: 'date_time', format: us }, range)).raw).not.toHaveProperty('to');
		expect(
			await written({ type: 'date_time', format: { ...us, calendar: true } }, range),
		).toMatchObject({
			display: '09/11/2019 4:14pm to 5:14pm',
			raw: { to: { time: 1034 } },
		});
	});

	it('shows a time-only field on its dummy date', async () => {
		expect(
			await written(
				{ type: 'date_time', format: { date_format: 'Ignore Date', time_format: 'HH:MM am' } },
				'4:14pm',
			),
		).toMatchObject({ display: '4:14pm', raw: { date: '01/01/2012', time: 974 } });
	});

	it('sets "current" to midnight within the first hour of the local day', () => {
		const field = {
			name: 'At',
			type: 'date_time',
			format: { date_format: 'mm/dd/yyyy', time_format: 'HH:MM am', default_type: 'current' },
		} as const;
		knack.addTable({ name: 'Now', fields: [field] });
		const evening = knack.createRecord('Now', {});
		expect(knack.shown('Now', evening)['At']).toBe('01/09/2026 6:20pm');
	});

	it('writes and reads a timer', async () => {
		const moment = (hours: string) => ({ date: '09/11/2019', hours, minutes: '14', am_pm: 'PM' });
		expect(
			await written(
				{ type: 'timer', format: { date_format: 'mm/dd/yyyy', time_format: 'HH:MM am' } },
				{ times: [{ from: moment('04'), to: moment('05') }] },
			),
		).toMatchObject({
			display: '<span>09/11/19</span>&nbsp;4:14pm to 5:14pm = 1:00 hours',
			raw: { total_time: 3_600_000 },
		});
	});

	it('any wall clock comes back as it was written, whatever the season', async () => {
		knack.addTable({ name: 'Dates', fields: [{ name: 'At', ...uk }] });
		const key = knack.fieldKey('Dates', 'At');
		fc.assert(
			fc.property(
				fc.date({
					min: new Date('2000-01-01T00:00:00Z'),
					max: new Date('2099-12-31T00:00:00Z'),
					noInvalidDate: true,
				}),
				(date) => {
					const iso = `${date.toISOString().slice(0, 16)}:00.000Z`;
					const [year, month, day] = iso.slice(0, 10).split('-');
					const [id = ''] = knack.seedRecords('Dates', [
						{ At: `${day}/${month}/${year} ${iso.slice(11, 16)}` },
					]);
					const raw = knack.record('Dates', id)[`${key}_raw`] as {
						iso_timestamp: string;
						unix_timestamp: number;
					};
					knack.deleteRecord('Dates', id);
					return raw.iso_timestamp === iso && raw.unix_timestamp === Date.parse(iso);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('connections', () => {
	beforeEach(() => {
		knack.addTable({ name: 'Tags', fields: [{ name: 'Name', type: 'short_text' }] });
		knack.addTable({
			name: 'Jobs',
			fields: [
				{ name: 'Title', type: 'short_text' },
				{ name: 'Tags', type: 'connection', connectsTo: { table: 'Tags', has: 'many' } },
				{ name: 'First Tag', type: 'concatenation', format: { equation: 'left({Tags.Name}, 3)!' } },
			],
		});
	});

	it('replace, clear, follow a rename, and forget what is deleted', () => {
		const [red = '', blue = ''] = knack.seedRecords('Tags', [{ Name: 'Red' }, { Name: 'Blue' }]);
		const [job = ''] = knack.seedRecords('Jobs', [{ Tags: [red, blue] }]);
		expect(knack.shown('Jobs', job)).toMatchObject({ Tags: 'Red Blue', 'First Tag': 'Red!' });
		knack.updateRecord('Tags', red, { Name: 'Crimson' });
		expect(knack.shown('Jobs', job)).toMatchObject({ Tags: 'Crimson Blue', 'First Tag': 'Cri!' });
		knack.updateRecord('Jobs', job, { Tags: blue });
		expect(knack.shown('Jobs', job)['Tags']).toBe('Blue');
		knack.deleteRecord('Tags', blue);
		expect(knack.record('Jobs', job)[`${knack.fieldKey('Jobs', 'Tags')}_raw`]).toEqual([]);
	});
});

describe('who wrote', () => {
	it('is stamped on records of apps that have it, with a system user for the API', async () => {
		const table = knack.addTable({ name: 'Jobs', fields: [{ name: 'Title', type: 'short_text' }] });
		knack.addUserStamps();
		const id = knack.createRecord('Jobs', { Title: 'x' });
		await knack.app.fetch(
			new Request(`http://127.0.0.1/v1/objects/${table.key}/records/${id}`, {
				method: 'PUT',
				headers: { 'x-knack-application-id': appId, 'x-knack-rest-api-key': apiKey },
				body: JSON.stringify({ [knack.fieldKey('Jobs', 'Title')]: 'y' }),
			}),
		);
		expect(knack.shown('Jobs', id)).toMatchObject({
			'Created By': 'Public (Not Logged In)',
			'Updated By': 'API',
		});
	});
});

describe('forms', () => {
	it('show their fields only, take their inputs only, and enforce what is required', async () => {
		const table = knack.addTable({
			name: 'Jobs',
			fields: [
				{ name: 'Title', type: 'short_text', required: true },
				{ name: 'Secret', type: 'short_text' },
			],
		});
		const [title, secret] = [knack.fieldKey('Jobs', 'Title'), knack.fieldKey('Jobs', 'Secret')];
		const view = {
			key: 'view_1',
			name: 'Add',
			type: 'form',
			object: table.key,
			fields: [title],
		} as const;
		knack.addScene({
			key: 'scene_1',
			name: 'Home',
			slug: 'home',
			views: [{ ...view, fields: [title] }],
		});
		const post = async (body: unknown) =>
			await knack.app.fetch(
				new Request('http://127.0.0.1/v1/pages/scene_1/views/view_1/records', {
					method: 'POST',
					headers: { 'x-knack-application-id': appId, 'x-knack-rest-api-key': 'knack' },
					body: JSON.stringify(body),
				}),
			);
		const refused = await post({});
		expect([refused.status, await refused.json()]).toEqual([
			400,
			{ errors: [{ field: title, type: 'required', message: 'Title is required.' }] },
		]);
		const taken = (await (await post({ [title]: 'x', [secret]: 'y' })).json()) as Record<
			string,
			unknown
		>;
		expect(taken[secret]).toBe('');
	});
});
