import fc from 'fast-check';
import { canonicalJson } from '../../lib/hash';
import type { HttpOutcome, HttpRequest } from '../../lib/http';
import { createPacer } from '../../lib/pace';
import type { XeroClient, XeroWrite } from '../../lib/xero/client';
import { LIVE_XERO } from '../../lib/xero/urls';
import { createXeroClient, XERO_LIMITS } from '../../lib/xero/xeroClient';
import { VirtualClock } from '../support/virtualClock';

type Answer = HttpOutcome | Error;

function answer(
	status: number,
	body: unknown = { Status: 'OK' },
	headers: Record<string, string> = {},
): Answer {
	return { kind: 'answer', status, headers, body };
}

const limited = (problem: string, seconds?: number) =>
	answer(429, '', {
		'x-rate-limit-problem': problem,
		...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
	});

const noAnswer: HttpOutcome = { kind: 'noAnswer', code: 'ECONNRESET', reason: 'socket hang up' };

const WRITE: XeroWrite = {
	method: 'PUT',
	path: '/Invoices',
	body: { Invoices: [{}] },
	idempotencyKey: 'key-1',
};

/** A client whose service answers what the test says, one answer after the other. */
function scripted(answers: readonly Answer[], organisationId: string | undefined = 'tenant-1') {
	const clock = new VirtualClock();
	const requests: Array<HttpRequest & { atMs: number }> = [];
	const client = createXeroClient({
		clock,
		organisationId,
		urls: LIVE_XERO,
		pace: createPacer(XERO_LIMITS),
		http: (request) => {
			const next = answers[Math.min(requests.length, answers.length - 1)];
			requests.push({ ...request, atMs: clock.now() });
			if (!next || next instanceof Error) return Promise.reject(next ?? new Error('no answer'));
			return Promise.resolve(next);
		},
	});
	const started = clock.now();
	return { client, clock, requests, elapsed: () => clock.now() - started };
}

describe('a request to Xero', () => {
	it('carries the organisation, asks for JSON, and for what changed since', async () => {
		const { client, clock, requests } = scripted([answer(200, { Invoices: [] })]);
		await clock.run(
			client.read({ path: '/Invoices', modifiedSinceMs: Date.UTC(2026, 10, 1, 2, 3, 4) }),
		);
		expect(requests[0]).toMatchObject({
			method: 'GET',
			url: 'https://api.xero.com/api.xro/2.0/Invoices',
			headers: {
				accept: 'application/json',
				'xero-tenant-id': 'tenant-1',
				'if-modified-since': '2026-11-01T02:03:04',
			},
		});
	});

	it('names no organisation for a custom connection', async () => {
		const clock = new VirtualClock();
		let headers: HttpRequest['headers'];
		const client = createXeroClient({
			clock,
			organisationId: undefined,
			urls: LIVE_XERO,
			pace: createPacer(XERO_LIMITS),
			http: (request) => {
				headers = request.headers;
				return Promise.resolve({ kind: 'answer', status: 200, headers: {}, body: {} });
			},
		});
		await clock.run(client.read({ path: '/Organisation' }));
		expect(Object.keys(headers ?? {})).not.toContain('xero-tenant-id');
	});

	it('is not sent when its address would be too long to be answered', async () => {
		const { client, clock, requests } = scripted([answer(200)]);
		const read = client.read({ path: '/Invoices', query: { searchTerm: 'x'.repeat(2_000) } });
		await expect(clock.run(read)).rejects.toMatchObject({ fault: { cause: 'requestRefused' } });
		expect(requests).toHaveLength(0);
	});

	it('hashes a key that is longer than Xero takes', async () => {
		const { client, clock, requests } = scripted([answer(200)]);
		await clock.run(client.write({ ...WRITE, idempotencyKey: 'k'.repeat(200) }));
		expect(requests[0]?.headers?.['idempotency-key']).toMatch(/^[0-9a-f]{64}$/);
	});

	it('counts what it sent, and remembers what is left of the day', async () => {
		const { client, clock } = scripted([answer(200, {}, { 'x-daylimit-remaining': '912' })]);
		expect(client.dayRemaining()).toBeUndefined();
		await clock.run(client.read({ path: '/Accounts' }));
		await clock.run(client.write(WRITE));
		expect(client.calls()).toEqual({ reads: 1, writes: 1 });
		expect(client.dayRemaining()).toBe(912);
	});
});

describe('limits', () => {
	it('waits as long as a minute limit asks, and so does everything behind it', async () => {
		const { client, clock, requests, elapsed } = scripted([
			limited('minute', 22),
			answer(200, { ok: 1 }),
		]);
		const first = client.read({ path: '/Accounts' });
		await clock.run(first);
		expect(elapsed()).toBe(22_000);
		expect(requests).toHaveLength(2);
	});

	it('waits a second or two where too many were under way', async () => {
		const { client, clock, elapsed } = scripted([limited('concurrent'), answer(200)]);
		await clock.run(client.read({ path: '/Accounts' }));
		expect(elapsed()).toBeGreaterThanOrEqual(1_000);
		expect(elapsed()).toBeLessThanOrEqual(2_000);
	});

	it('takes the limit of the app over all organisations for a minute limit', async () => {
		const { client, clock, elapsed } = scripted([limited('app-minute', 5), answer(200)]);
		await clock.run(client.read({ path: '/Accounts' }));
		expect(elapsed()).toBe(5_000);
	});

	it('stops at once when the day is spent, and sends nothing more until the reset', async () => {
		const { client, clock, requests } = scripted([limited('day', 7_200), answer(200)]);
		const expected = {
			kind: 'stopped',
			fault: { cause: 'daySpent', retryAtMs: clock.now() + 7_200_000 },
		};
		expect(await clock.run(client.write(WRITE))).toMatchObject(expected);
		expect(await clock.run(client.write(WRITE))).toMatchObject(expected);
		await expect(clock.run(client.read({ path: '/Accounts' }))).rejects.toMatchObject({
			fault: { message: 'The calls to Xero for this organisation are used up for today.' },
		});
		expect(requests).toHaveLength(1);
		await clock.run(clock.sleep(7_200_000));
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'accepted' });
	});

	it('gives a storm of refusals up after its patience, with the time to try again', async () => {
		const { client, clock, elapsed } = scripted([limited('minute', 40)]);
		const outcome = await clock.run(client.write(WRITE));
		expect(outcome).toMatchObject({ kind: 'stopped', fault: { cause: 'rateLimited' } });
		expect(elapsed()).toBeLessThanOrEqual(5 * 60_000);
	});

	it.each([
		['minute', 12],
		['app-minute', 12],
		['concurrent', 15],
	])(
		'asks few times within its patience, whatever a refusal for %s says',
		async (problem, most) => {
			for (const told of [
				'0',
				'-1',
				'',
				undefined,
				'soon',
				'1e3',
				'Sun, 22 Nov 2020 10:00:00 GMT',
			]) {
				const headers: Record<string, string> = told === undefined ? {} : { 'retry-after': told };
				const refusal = answer(429, '', { 'x-rate-limit-problem': problem, ...headers });
				const { client, clock, requests, elapsed } = scripted([refusal]);
				const outcome = await clock.run(client.write(WRITE));
				expect(outcome).toMatchObject({ kind: 'stopped', fault: { cause: 'rateLimited' } });
				expect(requests.length).toBeLessThanOrEqual(most);
				expect(elapsed()).toBeLessThanOrEqual(5 * 60_000);
				const [first, second] = requests.map(({ atMs }) => atMs);
				expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(
					problem === 'concurrent' ? 1_000 : 5_000,
				);
			}
		},
	);

	it('waits until the time that a refusal names, and does not wait for hours', async () => {
		const until = answer(429, '', {
			'x-rate-limit-problem': 'minute',
			'retry-after': 'Sun, 22 Nov 2026 10:00:40 GMT',
		});
		const named = scripted([until, answer(200)]);
		await named.clock.run(named.client.read({ path: '/Accounts' }));
		expect(named.elapsed()).toBe(40_000);
		const long = scripted([limited('minute', 99_999)]);
		expect(await long.clock.run(long.client.write(WRITE))).toMatchObject({
			kind: 'stopped',
			fault: { cause: 'rateLimited', retryAtMs: Date.UTC(2026, 10, 22, 10) + 99_999_000 },
		});
		expect(long.requests).toHaveLength(1);
	});

	it('never has more than 5 under way nor 60 in any minute, whenever Xero begins its minutes', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 20, max: 200 }),
				fc.integer({ min: 1, max: 20_000 }),
				fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 8 }),
				async (count, latency, pauses) => {
					const clock = new VirtualClock();
					const starts: number[] = [];
					let underWay = 0;
					let most = 0;
					const client = createXeroClient({
						clock,
						organisationId: 'tenant',
						urls: LIVE_XERO,
						pace: createPacer(XERO_LIMITS),
						http: async () => {
							starts.push(clock.now());
							underWay += 1;
							most = Math.max(most, underWay);
							await clock.sleep((latency * (1 + (starts.length % 7))) / 7);
							underWay -= 1;
							return { kind: 'answer', status: 200, headers: {}, body: {} };
						},
					});
					const work = Array.from({ length: count }, async (_, index) => {
						await clock.sleep(pauses[index % pauses.length] ?? 0);
						return await client.read({ path: '/Accounts' });
					});
					await clock.run(Promise.all(work));
					expect(starts).toHaveLength(count);
					expect(most).toBeLessThanOrEqual(5);
					for (const start of starts) {
						const inMinute = starts.filter((other) => other >= start && other < start + 60_000);
						expect(inMinute.length).toBeLessThanOrEqual(60);
					}
				},
			),
			{ numRuns: 25 },
		);
	});

	it('makes room for another app that uses the same minute', async () => {
		const clock = new VirtualClock();
		const starts: number[] = [];
		const client = createXeroClient({
			clock,
			organisationId: 'tenant',
			urls: LIVE_XERO,
			pace: createPacer(XERO_LIMITS),
			http: () => {
				starts.push(clock.now());
				const remaining = String(Math.max(0, 60 - 50 - starts.length));
				const headers = { 'x-minlimit-remaining': remaining };
				return Promise.resolve({ kind: 'answer', status: 200, headers, body: {} });
			},
		});
		const begun = clock.now();
		for (let count = 0; count < 12; count += 1) {
			await clock.run(client.read({ path: '/Accounts' }));
		}
		const inMinute = starts.filter((start) => start < begun + 60_000).length;
		expect(inMinute).toBeLessThanOrEqual(10);
		expect(inMinute).toBeGreaterThanOrEqual(6);
	});
});

describe('a write', () => {
	it('is sent as the one text that its key is made of, whatever the order of its members', async () => {
		const { client, clock, requests } = scripted([answer(200)]);
		for (const body of [
			{ a: 1, b: { d: 2, c: 3 } },
			{ b: { c: 3, d: 2 }, a: 1 },
		]) {
			await clock.run(client.write({ ...WRITE, body }));
		}
		expect(requests.map(({ body }) => String(body))).toEqual(
			new Array(2).fill('{"a":1,"b":{"c":3,"d":2}}'),
		);
		expect(requests[0]?.headers?.['content-type']).toBe('application/json');
	});

	it('bears the mark of its execution in blanks, so that two of them are not answered alike', async () => {
		const { client, clock, requests } = scripted([answer(200)]);
		for (const mark of ['one', 'other', 'one']) {
			await clock.run(client.write({ ...WRITE, mark }));
		}
		const texts = requests.map(({ body }) => String(body));
		expect(texts[0]).toBe(texts[2]);
		expect(texts[0]).not.toBe(texts[1]);
		expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(new Array(3).fill(WRITE.body));
	});

	it('is not sent after its time, however long it had to wait', async () => {
		const { client, clock, requests } = scripted([limited('minute', 30), answer(200)]);
		const notAfterMs = clock.now() + 10_000;
		expect(await clock.run(client.write({ ...WRITE, notAfterMs }))).toEqual({ kind: 'late' });
		expect(requests).toHaveLength(1);
	});
});

describe('an answer that never came', () => {
	it('is asked for again with the same key and body', async () => {
		const { client, clock, requests } = scripted([noAnswer, answer(503, 'down'), answer(200)]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'accepted' });
		expect(requests).toHaveLength(3);
		expect(new Set(requests.map((each) => each.headers?.['idempotency-key']))).toEqual(
			new Set(['key-1']),
		);
		expect(new Set(requests.map(({ body }) => String(body)))).toEqual(
			new Set([canonicalJson(WRITE.body)]),
		);
	});

	it('is unknown after three attempts of a write, and a fault of a read', async () => {
		const { client, clock, requests } = scripted([noAnswer]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown' });
		expect(requests).toHaveLength(3);
		await expect(clock.run(client.read({ path: '/Accounts' }))).rejects.toMatchObject({
			fault: { cause: 'unreachable', vendorMessage: 'ECONNRESET: socket hang up' },
		});
	});

	it.each([
		['a page instead of Xero’s answer', answer(200, '<html>Please sign in</html>')],
		['nothing at all', answer(200, '')],
		['that it took too long', answer(408, 'Request Timeout')],
		['that the reader had gone', answer(499, '')],
	])('is asked for again where something on the way answers a read: %s', async (_, foreign) => {
		const { client, clock, requests } = scripted([foreign, answer(200, { Invoices: [] })]);
		expect(await clock.run(client.read({ path: '/Invoices' }))).toEqual({ Invoices: [] });
		expect(requests).toHaveLength(2);
		const stubborn = scripted([foreign]);
		await expect(stubborn.clock.run(stubborn.client.read({ path: '/Invoices' }))).rejects.toThrow(
			'The answer did not come from Xero in a form that can be read.',
		);
		expect(stubborn.requests).toHaveLength(3);
	});

	it('is not asked for again after a 500 of a write, which Xero keeps under the key', async () => {
		const { client, clock, requests } = scripted([answer(500, 'oops')]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown' });
		expect(requests).toHaveLength(1);
	});

	it.each([401, 403])(
		'is unknown where a page that Xero did not write denies it: %d',
		async (status) => {
			const page = '<html><body>Blocked by the company’s proxy</body></html>';
			const { client, clock, requests } = scripted([answer(status, page)]);
			expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown' });
			expect(requests).toHaveLength(1);
			const own = scripted([answer(status, { Title: 'Forbidden', Detail: 'Not yours' })]);
			expect(await own.clock.run(own.client.write(WRITE))).toMatchObject({ kind: 'stopped' });
		},
	);

	it('makes a later refusal unknown: it may be the echo of what was written', async () => {
		const refused = answer(400, { Message: 'Invoice # must be unique.' });
		const { client, clock } = scripted([noAnswer, refused]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown' });
		const spent = scripted([noAnswer, limited('day', 60)]);
		expect(await spent.clock.run(spent.client.write(WRITE))).toMatchObject({ kind: 'unknown' });
	});

	it('is unknown when a success cannot be read', async () => {
		const { client, clock } = scripted([answer(200, '<html>proxy</html>')]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown' });
		await expect(clock.run(client.read({ path: '/Accounts' }))).rejects.toMatchObject({
			fault: { cause: 'unavailable', vendorMessage: 'proxy' },
		});
	});
});

describe('a refusal', () => {
	const fault = async (client: XeroClient, clock: VirtualClock, path = '/Accounts') =>
		await clock.run(
			client.read({ path }).then(
				() => undefined,
				(error: unknown) => error,
			),
		);

	it('of the whole request gives Xero’s words, each once, with the elements', async () => {
		const element = {
			LineItems: [{ ValidationErrors: [{ Message: "Account code '999' is not valid." }] }],
			ValidationErrors: [
				{ Message: "Account code '999' is not valid." },
				{ Description: 'A Contact must be specified' },
			],
		};
		const body = {
			ErrorNumber: 10,
			Message: 'A validation exception occurred',
			Elements: [element],
		};
		const { client, clock } = scripted([answer(400, body)]);
		expect(await clock.run(client.write(WRITE))).toEqual({
			kind: 'refused',
			status: 400,
			messages: ["Account code '999' is not valid.", 'A Contact must be specified'],
			elements: [element],
		});
	});

	it.each([
		[
			'of Projects',
			{ message: 'Invalid', modelState: { 'model.Name': ['Name is required.'] } },
			'Name is required.',
		],
		['without elements', { ErrorNumber: 17, Message: 'Bad JSON' }, 'Bad JSON'],
		[
			'in lower case',
			{ title: 'Bad Request', status: 400, detail: 'No such field' },
			'No such field',
		],
		['by a title alone', { title: 'Bad Request', status: 400 }, 'Bad Request'],
		['in XML', '<ApiException><Message>Nope</Message></ApiException>', 'Nope'],
	])('%s is understood', async (_what, body, words) => {
		const { client, clock } = scripted([answer(400, body)]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({
			kind: 'refused',
			messages: [words],
		});
	});

	it.each([
		['insufficent_scope', 401],
		['insufficient_scope', 403],
	])('for want of a scope (%s, %d) names the scope', async (error, status) => {
		const body = { Title: 'Unauthorized', Detail: 'AuthorizationUnsuccessful' };
		const headers = { 'www-authenticate': `Bearer error="${error}"` };
		const cases: Array<readonly [string, string]> = [
			['/Accounts', 'accounting.settings'],
			['/Payments', 'accounting.payments'],
			['/Contacts/1/Attachments/a.pdf', 'accounting.attachments'],
			['/Reports/ProfitAndLoss', 'accounting.reports.profitandloss.read'],
			['/Quotes', 'accounting.invoices'],
		];
		for (const [path, scope] of cases) {
			const { client, clock, requests } = scripted([answer(status, body, headers)]);
			expect(await fault(client, clock, path)).toMatchObject({
				fault: {
					cause: 'scopeMissing',
					message: `Xero refused: this connection lacks ${scope}.`,
				},
			});
			expect(requests).toHaveLength(1);
		}
	});

	it('of a token says to reconnect, and of an organisation to choose again', async () => {
		const expired = scripted([answer(401, { Detail: 'TokenExpired: token expired' })]);
		expect(await fault(expired.client, expired.clock)).toMatchObject({
			fault: { cause: 'credentialRefused', vendorMessage: 'TokenExpired: token expired' },
		});
		const gone = scripted([answer(403, { Detail: 'AuthenticationUnsuccessful' })]);
		expect(await fault(gone.client, gone.clock)).toMatchObject({
			fault: { cause: 'organisationMissing' },
		});
		expect(await gone.clock.run(gone.client.write(WRITE))).toMatchObject({ kind: 'stopped' });
	});

	it.each([
		['invalid_grant', 'Xero does not accept this connection any more.'],
		['invalid_client', 'Xero does not know the client ID, or the client secret is wrong.'],
		['invalid_scope', 'Xero refused the scopes that this connection asks for.'],
		['OAuth credentials not connected', 'The Xero credential is not connected yet.'],
	])('to sign (%s) is told apart', async (reason, message) => {
		const { client, clock, requests } = scripted([{ kind: 'notSigned', reason }]);
		expect(await fault(client, clock)).toMatchObject({
			fault: { cause: 'credentialRefused', message },
		});
		expect(requests).toHaveLength(1);
	});

	it('with 404 is "not found" for a read, and says nothing sure of a write', async () => {
		const body = "The resource you're looking for cannot be found";
		const { client, clock } = scripted([answer(404, body)]);
		expect(await fault(client, clock, '/Contacts/x')).toMatchObject({
			fault: { cause: 'notFound', vendorMessage: body },
		});
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown', status: 404 });
	});

	it.each([
		[400, '<html><body><h1>Bad Request</h1></body></html>'],
		[404, { Message: 'Not found' }],
		[408, 'Request Timeout'],
		[413, 'Request Entity Too Large'],
		[499, ''],
	])('with %d of something on the way says nothing sure of a write', async (status, body) => {
		const { client, clock, requests } = scripted([answer(status, body)]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({ kind: 'unknown', status });
		expect(requests).toHaveLength(1);
	});

	it('for maintenance is sure: nothing was written', async () => {
		const down = answer(503, 'Xero API is currently offline for maintenance');
		const { client, clock } = scripted([down]);
		expect(await clock.run(client.write(WRITE))).toMatchObject({
			kind: 'stopped',
			fault: { cause: 'unavailable' },
		});
		const mixed = scripted([noAnswer, down]);
		expect(await mixed.clock.run(mixed.client.write(WRITE))).toMatchObject({ kind: 'unknown' });
		const proxy = scripted([answer(503, '<html>upstream offline</html>')]);
		expect(await proxy.clock.run(proxy.client.write(WRITE))).toMatchObject({ kind: 'unknown' });
	});

	it('for maintenance is waited for, then told in words', async () => {
		const { client, clock, requests } = scripted([answer(503, 'The Organisation is offline')]);
		expect(await fault(client, clock)).toMatchObject({
			fault: { cause: 'unavailable', vendorMessage: 'The Organisation is offline' },
		});
		expect(requests).toHaveLength(3);
	});
});
