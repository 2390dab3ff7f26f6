import { Hono } from 'hono';

import { answer } from '../../sandbox/answer';
import { SandboxClock } from '../../sandbox/core/clock';
import { ConnectionReset, Faults } from '../../sandbox/core/faults';
import { Ids } from '../../sandbox/core/ids';
import { Journal } from '../../sandbox/core/journal';

const noon = Date.UTC(2026, 6, 15, 12);

describe('the clock', () => {
	it('stands still when frozen, moves when told, and runs on from there', () => {
		let realMs = Date.UTC(2026, 0, 1);
		const real = jest.spyOn(Date, 'now').mockImplementation(() => (realMs += 5));
		const clock = new SandboxClock(noon, true);
		const heard: number[] = [];
		clock.onAdvance(() => heard.push(clock.now()));
		expect(clock.now()).toBe(noon);
		clock.advance(86_400_000);
		expect(clock.now()).toBe(noon + 86_400_000);
		expect(heard).toEqual([noon + 86_400_000]);
		clock.run();
		expect(clock.now()).toBe(noon + 86_400_005);
		real.mockRestore();
	});
});

describe('ids', () => {
	it('come again in the same order after a restore', () => {
		const ids = new Ids();
		ids.guid();
		const snapshot = ids.snapshot();
		const first = [ids.guid(), ids.token(), ids.objectId(noon)];
		ids.restore(snapshot);
		expect([ids.guid(), ids.token(), ids.objectId(noon)]).toEqual(first);
	});

	it('carry the second of creation and sort by it', () => {
		const ids = new Ids();
		const [early, late] = [ids.objectId(noon), ids.objectId(noon + 1000)];
		expect(parseInt(early.slice(0, 8), 16)).toBe(noon / 1000);
		expect(early < late).toBe(true);
		expect(ids.guid()).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		);
	});

	it('do not repeat', () => {
		const ids = new Ids();
		expect(new Set(Array.from({ length: 20_000 }, () => ids.guid())).size).toBe(20_000);
	});
});

describe('a request on its way', () => {
	let served: number;
	let clock: SandboxClock;
	let journal: Journal;
	let faults: Faults;
	let send: (method: string, path: string, body?: string, type?: string) => Promise<Response>;

	beforeEach(() => {
		served = 0;
		clock = new SandboxClock(noon, true);
		journal = new Journal(clock, 5);
		faults = new Faults();
		const root = new Hono();
		root.all('*', (context) => {
			served += 1;
			return context.json({ served, access_token: 'very-secret', Code: '200' });
		});
		send = async (method, path, body, type = 'application/json') =>
			await answer(
				new Request(`http://127.0.0.1${path}`, {
					method,
					headers: { 'content-type': type, 'xero-tenant-id': 'tenant' },
					...(body === undefined ? {} : { body }),
				}),
				{ root, clock, journal, faults },
			);
	});

	it('is journaled with its kind, parsed, and without secrets', async () => {
		await send(
			'POST',
			'/xero/connect/token',
			'code=abc&client_secret=hush&grant_type=x',
			'application/x-www-form-urlencoded',
		);
		await send('GET', '/knack/v1/objects?page=2');
		const [token, list] = journal.entries;
		expect(token).toMatchObject({
			service: 'identity',
			kind: 'write',
			at: clock.now(),
			organisation: 'tenant',
			requestBody: { code: '[redacted]', client_secret: '[redacted]', grant_type: 'x' },
			responseBody: { served: 1, access_token: '[redacted]', Code: '200' },
		});
		expect(list).toMatchObject({
			service: 'knack',
			kind: 'read',
			query: { page: '2' },
			status: 200,
		});
		expect(JSON.stringify(journal.entries)).not.toMatch(/very-secret|hush|abc/);
		expect(journal.counts().byService).toEqual({
			identity: { read: 0, write: 1 },
			knack: { read: 1, write: 0 },
		});
	});

	it('leaves the oldest entries behind', async () => {
		for (let page = 1; page <= 12; page += 1)
			await send('GET', `/xero/api.xro/2.0/Invoices?page=${page}`);
		expect(journal.entries.map(({ query }) => query['page'])).toEqual(['8', '9', '10', '11', '12']);
		expect(journal.filter({ last: 1 })[0]?.query).toEqual({ page: '12' });
		expect(journal.filter({ service: 'knack' })).toEqual([]);
	});

	it('can be dropped before or after the work is done', async () => {
		faults.add({ kind: 'dropBefore', service: 'xero' });
		faults.add({ kind: 'dropAfterCommit', service: 'xero' });
		await expect(send('PUT', '/xero/a', '{}')).rejects.toBeInstanceOf(ConnectionReset);
		expect(served).toBe(0);
		await expect(send('PUT', '/xero/a', '{}')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(served).toBe(1);
		expect((await send('PUT', '/xero/a', '{}')).status).toBe(200);
		expect(journal.entries.map(({ status, fault }) => [status, fault])).toEqual([
			[0, 'dropBefore'],
			[0, 'dropAfterCommit'],
			[200, undefined],
		]);
	});

	it('can be answered with any status, before or after the work, on chosen requests only', async () => {
		faults.add({
			kind: 'status',
			status: 503,
			body: 'offline',
			service: 'xero',
			method: 'put',
			path: '/Invoices$',
			after: 1,
			times: 2,
		});
		const statuses = [];
		for (const path of [
			'/xero/Contacts',
			'/xero/Invoices',
			'/xero/Invoices',
			'/xero/Invoices',
			'/xero/Invoices',
		]) {
			statuses.push((await send('PUT', path, '{}')).status);
		}
		expect(statuses).toEqual([200, 200, 503, 503, 200]);
		expect(served).toBe(3);
		expect(faults.isEmpty).toBe(true);

		faults.add({ kind: 'statusAfterCommit', status: 500, service: 'knack' });
		expect((await send('POST', '/knack/v1/x', '{}')).status).toBe(500);
		expect(served).toBe(4);
	});

	it('meets a rate limit in the manner of the service', async () => {
		faults.add({ kind: 'rateLimitStorm', times: 2, retryAfterSeconds: 22 });
		const knack = await send('GET', '/knack/v1/objects');
		expect([knack.status, await knack.text()]).toEqual([429, 'Rate limit exceeded']);
		const xero = await send('GET', '/xero/api.xro/2.0/Invoices');
		expect(xero.status).toBe(429);
		expect(xero.headers.get('retry-after')).toBe('22');
		expect(xero.headers.get('x-rate-limit-problem')).toBe('minute');
	});
});
