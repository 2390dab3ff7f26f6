import type { HttpOutcome, HttpPort } from '../../lib/http';
import type { KnackClient } from '../../lib/knack/client';
import { createKnackClient, KNACK_LIMITS } from '../../lib/knack/knackClient';
import { encodeRecord } from '../../lib/knack/recordWriting';
import { createPacer } from '../../lib/pace';
import { isServiceFaultError, type ServiceFault } from '../../lib/serviceFault';
import { createSandbox, sandboxKnackApp, type Sandbox } from '../../sandbox/sandbox';
import { isJsonObject } from '../../sandbox/xero/json';
import { knackInMemory } from '../support/knackInMemory';
import { VirtualClock } from '../support/virtualClock';
import { memoryPort } from '../support/xeroInMemory';

const NOW = Date.UTC(2026, 10, 22, 10, 0, 0);

function sandboxWith(options: { limits?: boolean } = {}): Sandbox {
	return createSandbox({ seed: 'empty', nowMs: NOW, freeze: true, ...options });
}

async function faultOf(work: Promise<unknown>): Promise<ServiceFault> {
	try {
		await work;
	} catch (error) {
		if (isServiceFaultError(error)) return error.fault;
		throw error;
	}
	throw new Error('Nothing was wrong');
}

/** What n8n does with the credential. */
function signed(sandbox: Sandbox): HttpPort {
	const port = memoryPort(sandbox, () => '');
	return async (request) =>
		await port({
			...request,
			headers: {
				'x-knack-application-id': sandboxKnackApp.id,
				'x-knack-rest-api-key': sandboxKnackApp.apiKey,
			},
		});
}

/** A client whose every request gets the same outcome. */
function answering(outcome: HttpOutcome | (() => HttpOutcome)): KnackClient & { sent: string[] } {
	const sent: string[] = [];
	let nowMs = NOW;
	const http: HttpPort = async ({ method, url }) => {
		sent.push(`${method} ${url}`);
		return typeof outcome === 'function' ? outcome() : outcome;
	};
	const client = createKnackClient({
		http,
		clock: {
			now: () => nowMs,
			sleep: async (milliseconds) => {
				nowMs += milliseconds;
			},
		},
		applicationId: sandboxKnackApp.id,
		apiUrl: 'https://api.knack.com/v1/',
		pacer: createPacer({}),
	});
	return { ...client, sent };
}

const text = (status: number, body: string, headers: Record<string, string> = {}): HttpOutcome => ({
	kind: 'answer',
	status,
	headers,
	body,
});

describe("Knack's refusals, told apart", () => {
	it.each([
		[text(401, 'Invalid API key'), 'credentialRefused', /REST API Key/],
		[text(401, 'Invalid API Request'), 'credentialRefused', /no Application ID or key/],
		[text(401, 'Unauthorized Object Access'), 'credentialRefused', /REST API Key/],
		[text(403, 'Invalid or Expired Token'), 'credentialRefused', /refused access/],
		[text(400, 'Malformed App ID.'), 'credentialRefused', /malformed/],
		[text(400, 'ValidationError: Malformed App ID.'), 'credentialRefused', /malformed/],
		[text(500, 'Internal Server Error'), 'unavailable', /having trouble \(500\)/],
		[text(503, '<html><h1>Down</h1></html>'), 'unavailable', /having trouble \(503\)/],
		[text(200, '<html>Welcome to nginx</html>'), 'unavailable', /does not answer as Knack/],
		[text(429, 'Rate limit exceeded'), 'rateLimited', /asked too often/],
		[
			{ kind: 'noAnswer', code: 'ENOTFOUND', reason: 'getaddrinfo' } as const,
			'unreachable',
			/no such address/,
		],
		[
			{ kind: 'noAnswer', code: 'ECONNREFUSED', reason: 'refused' } as const,
			'unreachable',
			/nothing listens/,
		],
		[{ kind: 'noAnswer', code: 'ETIMEDOUT', reason: 'late' } as const, 'unreachable', /too long/],
		[{ kind: 'notSigned', reason: 'no key' } as const, 'credentialRefused', /could not be used/],
	])('%j is %s', async (outcome, cause, words) => {
		const fault = await faultOf(answering(outcome).records('object_1', { limit: 5 }));
		expect(fault.cause).toBe(cause);
		expect(fault.message).toMatch(words);
		expect(fault.fix).not.toBe('');
	});

	it('tells a spent day from a full second, says when the day begins anew, and does not try again', async () => {
		const client = answering(
			text(429, 'Rate limit exceeded', {
				'x-planlimit-limit': '1000',
				'x-planlimit-remaining': '0',
				'x-planlimit-reset': '3600000',
			}),
		);
		const fault = await faultOf(client.records('object_1', { limit: 5 }));
		expect(fault).toMatchObject({ cause: 'daySpent', retryAtMs: NOW + 3_600_000 });
		expect(fault.message).toContain('2026-11-22 11:00 UTC');
		expect(client.sent).toHaveLength(1);
		expect([client.dayRemaining(), client.dayLimit()]).toEqual([0, 1_000]);
	});

	it('knows a spent day by its words, without headers', async () => {
		const client = answering(text(429, 'Plan limit exceeded'));
		const fault = await faultOf(client.records('object_1', { limit: 5 }));
		expect(fault).toMatchObject({ cause: 'daySpent', retryAtMs: Date.UTC(2026, 10, 23) });
	});

	it.each([500, 404] as const)(
		'tells a deleted table from an outage (Knack answers %d)',
		async (status) => {
			const sandbox = sandboxWith();
			sandbox.knack.setFlags({ missingRecord: status });
			sandbox.knack.addTable({ name: 'Jobs', fields: [{ name: 'Title', type: 'short_text' }] });
			const fault = await faultOf(knackInMemory(sandbox).records('object_77'));
			expect(fault.cause).toBe('notFound');
			expect(fault.message).toMatch(/object_77 is not in the Knack app/);
			expect(fault.fix).toMatch(/Jobs/);
		},
	);
});

describe('Trying again', () => {
	const trouble = (): HttpOutcome => text(502, 'Bad gateway');

	it('reads four times, then says so', async () => {
		const client = answering(trouble);
		await faultOf(client.records('object_1', { limit: 5 }));
		expect(client.sent.filter((line) => line.includes('/records'))).toHaveLength(4);
		expect(client.calls().reads).toBe(client.sent.length);
	});

	it('never sends a create twice after a 5xx or no answer, whatever became of it', async () => {
		const late: HttpOutcome = { kind: 'noAnswer', code: 'ECONNRESET', reason: 'reset' };
		for (const outcome of [trouble(), late]) {
			const client = answering(outcome);
			expect(await client.create('object_1', {})).toMatchObject({ kind: 'unknown' });
			expect(client.sent).toHaveLength(1);
		}
	});

	it('says that nothing was sent when there is no host', async () => {
		const client = answering({ kind: 'noAnswer', code: 'ENOTFOUND', reason: 'x' });
		expect(await client.create('object_1', {})).toMatchObject({ kind: 'stopped' });
	});

	it('sends a create again after a full second, since Knack did nothing with it', async () => {
		const sandbox = sandboxWith();
		sandbox.knack.addTable({ name: 'Jobs', fields: [{ name: 'Title', type: 'short_text' }] });
		sandbox.faults.add({ service: 'knack', kind: 'rateLimitStorm', method: 'POST', times: 2 });
		const { key } = sandbox.knack.schema('Jobs');
		const answer = await knackInMemory(sandbox).create(key, { field_1: 'Paint' });
		expect(answer.kind).toBe('accepted');
		expect(sandbox.knack.recordIds('Jobs')).toHaveLength(1);
	});

	it('does an update once although its answer was lost', async () => {
		const sandbox = sandboxWith();
		sandbox.knack.addTable({ name: 'Jobs', fields: [{ name: 'Title', type: 'short_text' }] });
		const id = sandbox.knack.createRecord('Jobs', { Title: 'Paint' });
		sandbox.faults.add({ service: 'knack', kind: 'dropAfterCommit', method: 'PUT' });
		const { key } = sandbox.knack.schema('Jobs');
		const title = sandbox.knack.fieldKey('Jobs', 'Title');
		const answer = await knackInMemory(sandbox).update(key, id, { [title]: 'Painted' });
		expect(answer).toMatchObject({ kind: 'accepted', record: { id, [title]: 'Painted' } });
	});

	it('does not wait beyond its deadline', async () => {
		const clock = new VirtualClock(NOW);
		const client = createKnackClient({
			http: async () => trouble(),
			clock,
			applicationId: sandboxKnackApp.id,
			apiUrl: 'https://api.knack.com/v1',
			pacer: createPacer({}),
			deadlineMs: NOW + 900,
		});
		await clock.run(faultOf(client.records('object_1', { limit: 5 })));
		expect(clock.now()).toBeLessThanOrEqual(NOW + 2_000);
	});
});

describe('Reading records', () => {
	function jobs(sandbox: Sandbox, count: number, counter = true): string {
		sandbox.knack.addTable({
			name: 'Jobs',
			fields: [
				...(counter ? [{ name: 'Number', type: 'auto_increment' as const }] : []),
				{ name: 'Title', type: 'short_text' },
			],
		});
		sandbox.knack.seedRecords(
			'Jobs',
			Array.from({ length: count }, (_, index) => ({ Title: `Job ${index}` })),
		);
		return sandbox.knack.schema('Jobs').key;
	}

	it('gives each record once over several pages, also when pages repeat a row', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 2_345);
		sandbox.knack.setFlags({ repeatRowAcrossPages: true });
		const client = knackInMemory(sandbox);
		const records = await client.records(key);
		expect(new Set(records.map(({ id }) => id)).size).toBe(2_345);
		expect(records).toHaveLength(2_345);
		// The app's structure and three pages.
		expect(client.calls().reads).toBe(4);
	});

	it('reads once more when rows moved up between two pages, and misses none', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 1_500);
		const [first] = sandbox.knack.recordIds('Jobs');
		let pages = 0;
		const client = knackInMemory(sandbox, (inner) => async (request) => {
			if (request.url.endsWith('/records') && (pages += 1) === 2 && first) {
				sandbox.knack.deleteRecord('Jobs', first);
			}
			return await inner(request);
		});
		const found = new Set((await client.records(key)).map(({ id }) => id));
		for (const id of sandbox.knack.recordIds('Jobs')) expect(found).toContain(id);
	});

	it('asks for no more than it is told to', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 30);
		const client = knackInMemory(sandbox);
		expect(await client.records(key, { limit: 3 })).toHaveLength(3);
		expect(await client.count(key)).toBe(30);
		expect(client.calls().reads).toBe(2);
	});

	it('reads a whole table where it fits into the calls, and else learns so in one', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 2_345);
		const client = knackInMemory(sandbox);
		await client.app();
		const cost = async (mostPages: number): Promise<[number | undefined, number]> => {
			const before = client.calls().reads;
			const records = await client.wholeTable(key, mostPages);
			return [records?.length, client.calls().reads - before];
		};
		expect(await cost(2)).toEqual([undefined, 1]);
		expect(await cost(3)).toEqual([2_345, 3]);
	});

	it.each([500, 404] as const)(
		'says that a record is not there (Knack answers %d)',
		async (status) => {
			const sandbox = sandboxWith();
			const key = jobs(sandbox, 1);
			sandbox.knack.setFlags({ missingRecord: status });
			const client = knackInMemory(sandbox);
			const [id = ''] = sandbox.knack.recordIds('Jobs');
			expect((await client.record(key, id))?.id).toBe(id);
			expect(await client.record(key, '5d7964422d7159001659b27a')).toBeUndefined();
			expect(await client.update(key, '5d7964422d7159001659b27a', { field_2: 'x' })).toMatchObject({
				kind: 'refused',
				status: 404,
			});
		},
	);

	it.each<[string, number, string]>([
		['a page of a proxy', 404, '<html><body>Not Found</body></html>'],
		['a page in place of the record', 200, '<!doctype html><p>Please sign in</p>'],
		['nothing at all', 200, ''],
	])('does not take a record for gone by %s (%d)', async (_, status, body) => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 1);
		const [id = ''] = sandbox.knack.recordIds('Jobs');
		const path = `records/${id}`;
		sandbox.faults.add({ kind: 'status', service: 'knack', path, status, body, times: 9 });
		await expect(knackInMemory(sandbox).record(key, id)).rejects.toMatchObject({
			fault: { service: 'knack' },
		});
	});

	it('asks twice before it takes a record for gone', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 1);
		const [id = ''] = sandbox.knack.recordIds('Jobs');
		const fault = { status: 404, body: 'Not Found', path: `records/${id}`, times: 1 } as const;
		sandbox.faults.add({ kind: 'status', service: 'knack', ...fault });
		expect((await knackInMemory(sandbox).record(key, id))?.id).toBe(id);
	});

	it.each([[undefined], [null], ['many']])(
		'refuses a list that does not say of how many pages it is the first (%s)',
		async (pages) => {
			const sandbox = sandboxWith();
			const key = jobs(sandbox, 2);
			const client = knackInMemory(sandbox, (inner) => async (request) => {
				const outcome = await inner(request);
				const body: unknown = outcome.kind === 'answer' ? outcome.body : undefined;
				if (outcome.kind !== 'answer' || !isJsonObject(body) || !('total_pages' in body)) {
					return outcome;
				}
				const { total_pages: _, ...rest } = body;
				return { ...outcome, body: pages === undefined ? rest : { ...rest, total_pages: pages } };
			});
			expect(await faultOf(client.records(key))).toMatchObject({ service: 'knack' });
		},
	);

	it('refuses a list with an element that is no record, which would count as gone', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 2);
		const client = knackInMemory(sandbox, (inner) => async (request) => {
			const outcome = await inner(request);
			const body: unknown = outcome.kind === 'answer' ? outcome.body : undefined;
			if (outcome.kind !== 'answer' || !isJsonObject(body) || !Array.isArray(body.records)) {
				return outcome;
			}
			return { ...outcome, body: { ...body, records: [null, ...body.records.slice(1)] } };
		});
		await expect(client.records(key)).rejects.toMatchObject({ fault: { service: 'knack' } });
	});

	it('reads the wanted pages once more too, when rows moved up between them', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 2_500);
		const ids = sandbox.knack.recordIds('Jobs');
		let pages = 0;
		const client = knackInMemory(sandbox, (inner) => async (request) => {
			if (request.url.endsWith('/records') && (pages += 1) === 2) {
				// A workflow writes back meanwhile, and what is in Xero leaves the filter.
				for (const id of ids.slice(0, 20)) sandbox.knack.deleteRecord('Jobs', id);
			}
			return await inner(request);
		});
		let wanted = 0;
		const records = await client.pages(key, {}, () => (wanted += 1) < 2);
		expect(records.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2_020));
		expect(pages).toBe(4);
	});

	it.each([
		['empty', { records: [] }],
		['as another one', { current_page: '1' }],
	])('takes no record for gone when a page comes %s', async (_, spoilt) => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 2_001);
		const client = knackInMemory(sandbox, (inner) => async (request) => {
			const outcome = await inner(request);
			const body: unknown = outcome.kind === 'answer' ? outcome.body : undefined;
			if (outcome.kind !== 'answer' || !isJsonObject(body) || request.query?.page !== '2') {
				return outcome;
			}
			return { ...outcome, body: { ...body, ...spoilt } };
		});
		expect(await faultOf(client.records(key))).toMatchObject({ cause: 'unavailable' });
	});

	it('keeps to ten a second for all clients of an app together, and meets no refusal', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 5);
		const clock = new VirtualClock(NOW);
		const statuses: number[] = [];
		const pacer = createPacer(KNACK_LIMITS);
		const client = (): KnackClient =>
			createKnackClient({
				pacer,
				http: async (request) => {
					sandbox.clock.set(clock.now());
					const outcome = await signed(sandbox)(request);
					if (outcome.kind === 'answer') statuses.push(outcome.status);
					return outcome;
				},
				clock,
				applicationId: sandboxKnackApp.id,
				apiUrl: 'http://127.0.0.1:4010/knack/v1',
			});
		const [one, two] = [client(), client()];
		const work = Array.from({ length: 60 }, (_, index) => (index % 2 ? one : two).count(key));
		await clock.run(Promise.all(work));
		expect(statuses).toEqual(Array.from({ length: 60 }, () => 200));
		expect(clock.now() - NOW).toBeGreaterThanOrEqual(5_000);
	});

	it('is hardly refused where four processes ask, and starves none', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 5);
		const clock = new VirtualClock(NOW);
		const answers: Array<{ process: number; atMs: number; status: number }> = [];
		const until = NOW + 60_000;
		const processes = [0, 1, 2, 3].flatMap((process) => {
			const client = createKnackClient({
				pacer: createPacer(KNACK_LIMITS),
				http: async (request) => {
					await clock.sleep(40 + 15 * ((answers.length * 7) % 5));
					sandbox.clock.set(clock.now());
					const outcome = await signed(sandbox)(request);
					const status = outcome.kind === 'answer' ? outcome.status : 0;
					answers.push({ process, atMs: clock.now(), status });
					await clock.sleep(60);
					return outcome;
				},
				clock,
				applicationId: sandboxKnackApp.id,
				apiUrl: 'http://127.0.0.1:4010/knack/v1',
			});
			return [1, 2, 3, 4, 5].map(async () => {
				while (clock.now() < until) await client.count(key);
			});
		});
		await clock.run(Promise.all(processes));
		const later = answers.filter(({ atMs }) => atMs > NOW + 10_000 && atMs < until);
		const taken = later.filter(({ status }) => status === 200);
		const shares = [0, 1, 2, 3].map(
			(each) => taken.filter(({ process }) => process === each).length,
		);
		expect((later.length - taken.length) / later.length).toBeLessThan(0.03);
		expect(taken.length).toBeGreaterThan(350);
		expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(2.5);
	});

	it('does not take a filter for met whose field was deleted, and proposes the successor', async () => {
		const sandbox = sandboxWith();
		const key = jobs(sandbox, 3);
		const client = knackInMemory(sandbox);
		await client.app();
		const field = sandbox.knack.fieldKey(key, 'Title');
		sandbox.knack.addField(key, { name: 'Job Title', type: 'short_text' });
		sandbox.knack.deleteField(key, 'Title');
		const rules = [{ field, operator: 'is', value: 'nothing has this title' }];
		const fault = await faultOf(client.records(key, { filters: { match: 'and', rules } }));
		expect(fault.message).toContain(`Title (${field})`);
		expect(fault.fix).toContain('Job Title');
	});
});

describe('Writing records', () => {
	it('writes what the twin keeps, and reads it back in another order of day and month', async () => {
		const sandbox = sandboxWith();
		sandbox.knack.addTable({
			name: 'Jobs',
			fields: [
				{ name: 'Title', type: 'short_text' },
				{
					name: 'Due UK',
					type: 'date_time',
					format: { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time' },
				},
				{
					name: 'Due US',
					type: 'date_time',
					format: { date_format: 'mm/dd/yyyy', time_format: 'HH:MM am' },
				},
				{ name: 'Amount', type: 'currency' },
				{ name: 'Paid', type: 'boolean' },
				{ name: 'Email', type: 'email' },
				{
					name: 'Status',
					type: 'multiple_choice',
					format: { type: 'single', options: ['New', 'Done'] },
				},
			],
		});
		const client = knackInMemory(sandbox);
		const app = await client.app();
		const [table] = app.tables.filter(({ name }) => name === 'Jobs');
		if (!table) throw new Error('No table');
		const { fields, issues } = encodeRecord(app, table, {
			Title: 'Paint',
			'Due UK': '2026-09-03',
			'Due US': '2026-09-03T16:14',
			Amount: '1250.50',
			Paid: 'yes',
			Email: 'ann@example.com',
			Status: 'done',
		});
		expect(issues).toEqual([]);
		const answer = await client.create(table.key, fields);
		if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
		const shown = sandbox.knack.shown('Jobs', answer.record.id);
		expect(shown).toMatchObject({
			Title: 'Paint',
			'Due UK': '03/09/2026',
			'Due US': '09/03/2026 4:14pm',
			Email: 'ann@example.com',
			Status: 'Done',
			Paid: 'Yes',
		});
		expect(shown['Amount']).toMatch(/1,?250\.50?/);
	});

	it('hands on the words of a validation that failed', async () => {
		const body = {
			errors: [{ field: 'field_57', type: 'required', message: 'Store is required.' }, 'odd'],
		};
		const client = answering({ kind: 'answer', status: 400, headers: {}, body });
		expect(await client.update('object_1', 'x', {})).toEqual({
			kind: 'refused',
			status: 400,
			errors: [
				{ field: 'field_57', type: 'required', message: 'Store is required.' },
				{ message: 'odd' },
			],
		});
	});

	it('stops when the key is refused or the day is spent', async () => {
		for (const outcome of [text(401, 'Invalid API key'), text(429, 'Plan limit exceeded')]) {
			expect(await answering(outcome).update('object_1', 'x', {})).toMatchObject({
				kind: 'stopped',
			});
		}
	});
});
