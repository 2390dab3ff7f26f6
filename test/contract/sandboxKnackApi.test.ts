import { SandboxClock } from '../../sandbox/core/clock';
import { Ids } from '../../sandbox/core/ids';
import { createKnackTwin } from '../../sandbox/knack/twin';
import type { KnackTwin } from '../../sandbox/knack/twin';
import { addTradeTables } from '../../sandbox/seed/tradeTables';

const appId = '5a4db0c50000000000000001';
const apiKey = '5a4db0c5-0000-4000-8000-000000000001';
/** A summer afternoon: the app's London clock is an hour ahead of UTC. */
const summer = Date.UTC(2026, 6, 15, 13, 5, 30);

interface Answer {
	status: number;
	text: string;
	json: Record<string, unknown>;
	headers: Headers;
}

let clock: SandboxClock;
let knack: KnackTwin;

beforeEach(() => {
	clock = new SandboxClock(summer, true);
	knack = createKnackTwin({ clock, ids: new Ids() });
	knack.addApp({ id: appId, name: 'Test', apiKey, timeZone: 'London' });
	knack.setLimits({ perSecond: null });
	addTradeTables(knack);
});

async function call(
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {
		'x-knack-application-id': appId,
		'x-knack-rest-api-key': apiKey,
	},
): Promise<Answer> {
	const response = await knack.app.fetch(
		new Request(`http://127.0.0.1${path}`, {
			method,
			headers,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		}),
	);
	const text = await response.text();
	const json: Record<string, unknown> = text.startsWith('{') ? JSON.parse(text) : {};
	return { status: response.status, text, json, headers: response.headers };
}

function records(answer: Answer): Array<Record<string, unknown>> {
	return answer.json['records'] as Array<Record<string, unknown>>;
}

const f = (table: string, name: string) => knack.fieldKey(table, name);
const orders = () => `/v1/objects/${knack.schema('Orders').key}/records`;
const filters = (value: unknown) => `filters=${encodeURIComponent(JSON.stringify(value))}`;

describe('who may call', () => {
	const path = '/v1/objects';

	it.each([
		['no headers', {}, 401, 'Invalid API Request'],
		['a malformed app id', { 'x-knack-application-id': '12' }, 400, 'Malformed App ID.'],
		[
			'the placeholder key',
			{ 'x-knack-application-id': appId, 'x-knack-rest-api-key': 'knack' },
			401,
			'Unauthorized Object Access',
		],
		[
			'a wrong key',
			{ 'x-knack-application-id': appId, 'x-knack-rest-api-key': 'nope' },
			401,
			'Invalid API key',
		],
		[
			'an unknown app',
			{ 'x-knack-application-id': 'f'.repeat(24), 'x-knack-rest-api-key': apiKey },
			500,
			'Internal Server Error',
		],
	])('answers %s in plain text', async (_case, headers, status, text) => {
		const answer = await call('GET', path, undefined, headers as Record<string, string>);
		expect(answer).toMatchObject({ status, text });
		expect(answer.headers.get('content-type')).toContain('text/html');
	});

	it('shows the schema to anybody', async () => {
		const answer = await call('GET', `/v1/applications/${appId}`, undefined, {});
		expect(answer.status).toBe(200);
		expect(answer.json).toMatchObject({
			application: { settings: { timezone: 'London', timezone_offset: '0', timezone_dst: '3600' } },
		});
	});
});

describe('limits', () => {
	it('sends six headers and refuses the eleventh call of a second', async () => {
		knack.setLimits({ perSecond: 10, planLimit: 1000 });
		const first = await call('GET', orders());
		expect(first.headers.get('x-planlimit-limit')).toBe('1000');
		expect(first.headers.get('x-planlimit-remaining')).toBe('999');
		expect(Number(first.headers.get('x-planlimit-reset'))).toBe(86_400_000 - (summer % 86_400_000));
		expect(first.headers.get('x-ratelimit-remaining')).toBe('9');
		expect(first.headers.get('x-ratelimit-reset')).toBe(String(Math.floor(summer / 1000) + 1));
		for (let made = 1; made < 10; made += 1) await call('GET', orders());
		const eleventh = await call('GET', orders());
		expect(eleventh).toMatchObject({ status: 429, text: 'Rate limit exceeded' });
		clock.advance(1000);
		expect((await call('GET', orders())).status).toBe(200);
	});

	it('refuses when the day is spent and begins anew at midnight UTC', async () => {
		knack.setLimits({ planLimit: 2 });
		await call('GET', orders());
		await call('GET', orders());
		const spent = await call('GET', orders());
		expect(spent.status).toBe(429);
		expect(spent.text).toMatch(/plan limit/i);
		clock.advance(11 * 3_600_000);
		expect((await call('GET', orders())).status).toBe(200);
	});
});

describe('values', () => {
	it('creates with defaults, computes and shows both forms', async () => {
		const [customer] = knack.seedRecords('Customers', [{ Name: 'Ashdown & Co' }]);
		const created = await call('POST', orders(), {
			[f('Orders', 'Customer')]: [customer],
			[f('Orders', 'Due Date')]: '03/09/2026',
			[f('Orders', 'Notes')]: 'One\nTwo',
			[f('Orders', 'Amount Paid')]: 1250,
			[f('Orders', 'Total')]: 999,
			field_999: 'nobody',
		});
		expect(created.status).toBe(200);
		const record = created.json;
		expect(record[f('Orders', 'Order Number')]).toBe('SO-1001');
		expect(record[`${f('Orders', 'Customer')}_raw`]).toEqual([
			{ id: customer, identifier: 'Ashdown & Co' },
		]);
		expect(record[f('Orders', 'Customer')]).toBe(
			`<span class="${customer}" data-kn="connection-value">Ashdown &amp; Co</span>`,
		);
		expect(record[`${f('Orders', 'Due Date')}_raw`]).toMatchObject({
			date: '09/03/2026',
			date_formatted: '03/09/2026',
			hours: '12',
			am_pm: 'AM',
			time: 720,
			iso_timestamp: '2026-09-03T00:00:00.000Z',
		});
		expect(record[f('Orders', 'Notes')]).toBe('One<br />Two');
		expect(record[`${f('Orders', 'Notes')}_raw`]).toBe('One\nTwo');
		expect(record[f('Orders', 'Amount Paid')]).toBe('£1,250.00');
		expect(record[`${f('Orders', 'Amount Paid')}_raw`]).toBe('1250');
		expect(record[`${f('Orders', 'Total')}_raw`]).toBe(0);
		expect(record).not.toHaveProperty('field_999');
		expect(record[f('Orders', 'Status')]).toBe('New');
	});

	it('keeps the wall clock of the app, dressed up as UTC', async () => {
		const created = await call('POST', orders(), {});
		const modified = created.json[`${f('Orders', 'Modified')}_raw`];
		expect(modified).toMatchObject({
			iso_timestamp: '2026-07-15T14:05:00.000Z',
			hours: '02',
			am_pm: 'PM',
		});
		expect(created.json['id']).toMatch(new RegExp(`^${Math.floor(summer / 1000).toString(16)}`));
	});

	it('omits raw on blanks, but for connections', async () => {
		const { json } = await call('POST', orders(), {});
		expect(json[f('Orders', 'Notes')]).toBe('');
		expect(json).not.toHaveProperty(`${f('Orders', 'Notes')}_raw`);
		expect(json[`${f('Orders', 'Customer')}_raw`]).toEqual([]);
	});

	it('adds up the lines and keeps the total right when one is changed, moved or deleted', async () => {
		const [one, two] = knack.seedRecords('Orders', [{}, {}]);
		const [a, b] = knack.seedRecords('Order Lines', [
			{ Order: one, Description: 'A', Quantity: 3, 'Unit Price': '10.10', 'Discount %': 10 },
			{ Order: one, Description: 'B', Quantity: 1, 'Unit Price': '5' },
		]);
		const total = (id = '') => Number(knack.record('Orders', id)[`${f('Orders', 'Total')}_raw`]);
		expect(total(one)).toBeCloseTo(32.27, 10);
		const line = `/v1/objects/${knack.schema('Order Lines').key}/records`;
		await call('PUT', `${line}/${a}`, { [f('Order Lines', 'Discount %')]: 0 });
		expect(total(one)).toBeCloseTo(35.3, 10);
		await call('PUT', `${line}/${b}`, { [f('Order Lines', 'Order')]: two });
		expect(total(one)).toBeCloseTo(30.3, 10);
		expect(total(two)).toBe(5);
		await call('DELETE', `${line}/${b}`);
		expect(total(two)).toBe(0);
	});

	it('changes only what was sent, and clears with blanks', async () => {
		const [id] = knack.seedRecords('Orders', [{ Notes: 'Keep', 'Customer Reference': 'PO 1' }]);
		const answer = await call('PUT', `${orders()}/${id}`, {
			id,
			[f('Orders', 'Customer Reference')]: '',
		});
		expect(answer.json[f('Orders', 'Notes')]).toBe('Keep');
		expect(answer.json[f('Orders', 'Customer Reference')]).toBe('');
	});

	it('takes a raw value back as it gave it', async () => {
		const [id] = knack.seedRecords('Orders', [{ 'Due Date': '03/09/2026' }]);
		const raw = knack.record('Orders', id ?? '')[`${f('Orders', 'Due Date')}_raw`];
		const answer = await call('PUT', `${orders()}/${id}`, { [f('Orders', 'Due Date')]: raw });
		expect(answer.json[f('Orders', 'Due Date')]).toBe('03/09/2026');
	});

	it('does not enforce "required" on object calls unless told to', async () => {
		expect((await call('POST', orders(), {})).status).toBe(200);
		knack.setFlags({ enforceRequired: true });
		const refused = await call('POST', orders(), {});
		expect(refused.status).toBe(400);
		expect(refused.json['errors']).toContainEqual({
			field: f('Orders', 'Customer'),
			type: 'required',
			message: 'Customer is required.',
		});
	});

	it('answers 500 in text for what is not there', async () => {
		expect(await call('GET', `${orders()}/${'0'.repeat(24)}`)).toMatchObject({
			status: 500,
			text: 'Internal Server Error',
		});
		expect((await call('GET', '/v1/objects/object_99')).json).toEqual({});
		knack.setFlags({ missingRecord: 404 });
		expect((await call('GET', `${orders()}/${'0'.repeat(24)}`)).status).toBe(404);
	});
});

describe('lists', () => {
	beforeEach(() => {
		knack.seedRecords(
			'Orders',
			Array.from({ length: 30 }, (_, index) => ({
				Status: index % 3 === 0 ? 'Completed' : 'New',
				'Amount Due': String(index),
				'Due Date': `${String(index + 1).padStart(2, '0')}/07/2026`,
			})),
		);
	});

	it('pages by 25, with later page numbers as strings, and past the end with nothing', async () => {
		const first = await call('GET', orders());
		expect(first.json).toMatchObject({ total_pages: 2, current_page: 1, total_records: 30 });
		expect(records(first)).toHaveLength(25);
		const second = await call('GET', `${orders()}?page=2`);
		expect(second.json['current_page']).toBe('2');
		expect(records(second)).toHaveLength(5);
		const beyond = await call('GET', `${orders()}?page=9`);
		expect(beyond.status).toBe(200);
		expect(records(beyond)).toEqual([]);
	});

	it('sorts by a number, not by its text', async () => {
		const answer = await call(
			'GET',
			`${orders()}?rows_per_page=3&sort_field=${f('Orders', 'Amount Due')}&sort_order=desc`,
		);
		expect(records(answer).map((row) => row[`${f('Orders', 'Amount Due')}_raw`])).toEqual([
			'29',
			'28',
			'27',
		]);
	});

	it.each([
		['is', 'Status', 'Completed', 10],
		['is not', 'Status', 'Completed', 20],
		['higher than', 'Amount Due', '27', 2],
		['lower than', 'Amount Due', 2, 2],
		['is', 'Due Date', '15/07/2026', 1],
		['is before', 'Due Date', '03/07/2026', 2],
		['is after', 'Due Date', '28/07/2026', 2],
		['is today', 'Due Date', undefined, 1],
		['is today or before', 'Due Date', undefined, 15],
		['is after today', 'Due Date', undefined, 15],
		['is blank', 'Notes', undefined, 30],
		['is not blank', 'Notes', undefined, 0],
		['contains', 'Order Number', 'so-101', 10],
		['ends with', 'Order Number', '3', 3],
	])('filters: %s on %s', async (operator, field, value, count) => {
		const rule = { field: f('Orders', field), operator, value };
		const answer = await call('GET', `${orders()}?${filters([rule])}`);
		expect(answer.json['total_records']).toBe(count);
	});

	it('knows "is during the previous" and "or"', async () => {
		const due = f('Orders', 'Due Date');
		const previous = { field: due, operator: 'is during the previous', range: 7, type: 'days' };
		expect((await call('GET', `${orders()}?${filters([previous])}`)).json['total_records']).toBe(8);
		const either = {
			match: 'or',
			rules: [
				{ field: due, operator: 'is', value: '01/07/2026' },
				{ field: due, operator: 'is', value: '02/07/2026' },
			],
		};
		expect((await call('GET', `${orders()}?${filters(either)}`)).json['total_records']).toBe(2);
	});

	it('finds the lines of an order by its record id', async () => {
		const [one, two] = knack.recordIds('Orders');
		knack.seedRecords('Order Lines', [
			{ Order: one, Description: 'A' },
			{ Order: two, Description: 'B' },
		]);
		const rule = { field: f('Order Lines', 'Order'), operator: 'is', value: two };
		const path = `/v1/objects/${knack.schema('Order Lines').key}/records`;
		const answer = await call('GET', `${path}?${filters([rule])}&format=raw`);
		expect(records(answer).map((row) => row[f('Order Lines', 'Description')])).toEqual(['B']);
	});
});

describe('files', () => {
	it('takes an upload, gives an id for the field, and gives the bytes back', async () => {
		const key = knack.addField('Orders', { name: 'Photo', type: 'file' });
		const form = new FormData();
		form.set('files', new File(['hello'], 'Note.txt', { type: 'text/plain' }));
		const upload = await knack.app.fetch(
			new Request(`http://127.0.0.1/v1/applications/${appId}/assets/file/upload`, {
				method: 'POST',
				headers: { 'x-knack-rest-api-key': apiKey },
				body: form,
			}),
		);
		const asset = (await upload.json()) as { id: string; public_url: string };
		const created = await call('POST', orders(), { [key]: asset.id });
		expect(created.json[`${key}_raw`]).toMatchObject({
			id: asset.id,
			filename: 'note.txt',
			size: 5,
		});
		const path = new URL(asset.public_url).pathname.replace('/knack', '');
		const bytes = await knack.app.fetch(new Request(`http://127.0.0.1${path}`));
		expect(await bytes.text()).toBe('hello');
	});
});

describe('Flows', () => {
	let bodies: Array<Record<string, unknown>>;

	beforeEach(() => {
		bodies = [];
		knack.setDelivery(async (request) => {
			bodies.push((await request.json()) as Record<string, unknown>);
			return new Response('ok');
		});
		knack.addFlow({ table: 'Orders', event: 'updated', url: 'http://127.0.0.1:1/hook' });
	});

	it('hear of edits by people and by the API, not of batch updates and imports', async () => {
		const [id = ''] = knack.seedRecords('Orders', [{}]);
		knack.updateRecord('Orders', id, { Status: 'Completed' });
		await call('PUT', `${orders()}/${id}`, { [f('Orders', 'Notes')]: 'x' });
		knack.batchUpdate('Orders', { Status: 'New' }, [id]);
		knack.importRecords('Orders', [{ Status: 'New' }]);
		await knack.flows.settled();
		expect(bodies).toHaveLength(2);
		expect(bodies[0]).toMatchObject({ event: 'updated', id });
	});

	it('can be repeated, lost and shuffled', async () => {
		const [id = ''] = knack.seedRecords('Orders', [{}]);
		knack.setFlags({ flowDelivery: 'twice' });
		knack.updateRecord('Orders', id, { Notes: '1' });
		knack.setFlags({ flowDelivery: 'never' });
		knack.updateRecord('Orders', id, { Notes: '2' });
		knack.setFlags({ flowDelivery: 'held' });
		knack.updateRecord('Orders', id, { Notes: '3' });
		knack.updateRecord('Orders', id, { Notes: '4' });
		knack.flows.release('reversed');
		await knack.flows.settled();
		const notes = bodies.map(
			(body) => (body['record'] as Record<string, unknown>)[f('Orders', 'Notes')],
		);
		expect(notes).toEqual(['1', '1', '4', '3']);
	});

	it('stamp the modified date on live edits only', async () => {
		const [id = ''] = knack.seedRecords('Orders', [{ Modified: '01/01/2026 10:00' }]);
		await call('PUT', `${orders()}/${id}`, { [f('Orders', 'Notes')]: 'x' });
		expect(knack.shown('Orders', id)['Modified']).toBe('01/01/2026 10:00');
		knack.updateRecord('Orders', id, { Notes: 'y' });
		expect(knack.shown('Orders', id)['Modified']).toBe('15/07/2026 14:05');
	});
});

describe('what app builders do', () => {
	it('renames, retypes and deletes fields, and changes options', async () => {
		const [id = ''] = knack.seedRecords('Orders', [{ Status: 'Completed', 'Amount Due': '12.5' }]);
		const status = f('Orders', 'Status');
		knack.changeField('Orders', 'Status', { name: 'Stage' });
		knack.changeOptions('Orders', 'Stage', { rename: { Completed: 'Done' }, add: ['Parked'] });
		knack.changeField('Orders', 'Amount Due', { type: 'number' });
		knack.deleteField('Orders', 'Notes');
		const { json } = await call('GET', `/v1/objects/${knack.schema('Orders').key}`);
		const { fields } = json['object'] as {
			fields: Array<{ key: string; name: string; format?: { options?: string[] } }>;
		};
		expect(fields.find(({ key }) => key === status)).toMatchObject({
			name: 'Stage',
			format: { options: ['New', 'In Progress', 'Done', 'Invoiced', 'Cancelled', 'Parked'] },
		});
		expect(fields.some(({ name }) => name === 'Notes')).toBe(false);
		expect(knack.record('Orders', id)[`${status}_raw`]).toBe('Done');
		expect(knack.record('Orders', id)[`${f('Orders', 'Amount Due')}_raw`]).toBe(12.5);
	});

	it('goes back to a snapshot as if nothing had happened', async () => {
		const [id = ''] = knack.seedRecords('Orders', [{ Notes: 'before' }]);
		const snapshot = knack.snapshot();
		await call('PUT', `${orders()}/${id}`, { [f('Orders', 'Notes')]: 'after' });
		await call('POST', orders(), {});
		knack.restore(snapshot);
		expect(knack.recordIds('Orders')).toEqual([id]);
		expect(knack.shown('Orders', id)['Notes']).toBe('before');
	});
});
