import { createSandbox, sandboxKnackApp } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';

const otherApp = {
	id: '5a4db0c50000000000000002',
	name: 'Other app',
	apiKey: '5a4db0c5-0000-4000-8000-000000000002',
	timeZone: 'Auckland',
};

let sandbox: Sandbox;

beforeEach(() => {
	sandbox = createSandbox({
		seed: 'empty',
		nowMs: Date.UTC(2026, 6, 15, 13),
		freeze: true,
		limits: false,
	});
});

async function control(
	method: string,
	path: string,
	body?: unknown,
): Promise<{ status: number; json: unknown }> {
	const response = await sandbox.fetch(
		new Request(`http://sandbox/control/knack${path}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		}),
	);
	return { status: response.status, json: await response.json() };
}

async function api(app: { id: string; apiKey: string }, path: string): Promise<Response> {
	return await sandbox.fetch(
		new Request(`http://sandbox/knack/v1${path}`, {
			headers: { 'x-knack-application-id': app.id, 'x-knack-rest-api-key': app.apiKey },
		}),
	);
}

const jobs = {
	name: 'Jobs',
	fields: [
		{ name: 'Title', type: 'short_text' },
		{
			name: 'At',
			type: 'date_time',
			format: {
				default_type: 'current',
				date_format: 'dd/mm/yyyy',
				time_format: 'HH MM (military)',
			},
		},
	],
};

describe('several apps', () => {
	beforeEach(async () => {
		await control('POST', '/apps', otherApp);
	});

	it('keep their tables, keys and time zones apart', async () => {
		await control('POST', '/tables', jobs);
		await control('POST', `/tables?app=${otherApp.id}`, { ...jobs, name: 'Repairs' });
		const names = async (app: { id: string; apiKey: string }) =>
			(
				(await (await api(app, '/objects')).json()) as { objects: Array<{ name: string }> }
			).objects.map(({ name }) => name);
		expect(await names(sandboxKnackApp)).toEqual(['Jobs']);
		expect(await names(otherApp)).toEqual(['Repairs']);
		expect((await api({ ...otherApp, apiKey: sandboxKnackApp.apiKey }, '/objects')).status).toBe(
			401,
		);

		const { json } = await control('POST', `/tables/Repairs/records?app=${otherApp.id}`, {
			values: { Title: 'Fence' },
		});
		const { id } = json as { id: string };
		expect(sandbox.knack.shown('Repairs', id, otherApp.id)['At']).toBe('16/07/2026 01:00');
	});

	it('share the daily allowance of their account, not the calls of a second', async () => {
		await control('PUT', '/limits', { perSecond: 2, planLimit: 5, planUsed: 0 });
		const statuses: number[] = [];
		for (const app of [sandboxKnackApp, otherApp, sandboxKnackApp, otherApp, sandboxKnackApp]) {
			statuses.push((await api(app, '/objects')).status);
		}
		expect(statuses).toEqual([200, 200, 200, 200, 429]);
		sandbox.clock.advance(1000);
		expect((await api(otherApp, '/objects')).headers.get('x-planlimit-remaining')).toBe('0');
		expect((await api(otherApp, '/objects')).status).toBe(429);
	});
});

describe('records over the control API', () => {
	beforeEach(async () => {
		await control('POST', '/tables', jobs);
	});

	it('are seeded, imported, batch updated, moved and deleted', async () => {
		await control('POST', '/tables', { ...jobs, name: 'Archive' });
		const seeded = (await control('POST', '/tables/Jobs/seed', [{ Title: 'a' }, { Title: 'b' }]))
			.json as { ids: string[] };
		await control('POST', '/tables/Jobs/import', [{ Title: 'c' }]);
		expect(
			(
				await control('POST', '/tables/Jobs/batchUpdate', {
					ids: seeded.ids,
					values: { Title: 'z' },
				})
			).json,
		).toEqual({ updated: 2 });
		await control('POST', '/tables/Jobs/move', { ids: seeded.ids.slice(0, 1), to: 'Archive' });
		await control('DELETE', `/tables/Jobs/records/${seeded.ids[1]}`);
		const titles = (table: string) =>
			sandbox.knack.recordIds(table).map((id) => sandbox.knack.shown(table, id)['Title']);
		expect(titles('Jobs')).toEqual(['c']);
		expect(titles('Archive')).toEqual(['z']);
	});

	it('refuses values that do not fit, in words', async () => {
		expect(await control('POST', '/tables/Jobs/seed', [{ Nothing: 1 }])).toEqual({
			status: 400,
			json: { error: 'The table "Jobs" has no field "Nothing".' },
		});
		expect((await control('PUT', '/flags', { noSuchFlag: true })).status).toBe(400);
	});

	it('can come twice across pages, as when rows move while somebody reads', async () => {
		await control(
			'POST',
			'/tables/Jobs/seed',
			['a', 'b', 'c', 'd'].map((Title) => ({ Title })),
		);
		await control('PUT', '/flags', { repeatRowAcrossPages: true, omitLimitHeaders: true });
		const key = sandbox.knack.fieldKey('Jobs', 'Title');
		const titles: unknown[] = [];
		for (const page of [1, 2]) {
			const response = await api(
				sandboxKnackApp,
				`/objects/object_1/records?rows_per_page=2&page=${page}`,
			);
			expect(response.headers.get('x-planlimit-limit')).toBeNull();
			const { records } = (await response.json()) as { records: Array<Record<string, unknown>> };
			titles.push(records.map((record) => record[key]));
		}
		expect(titles).toEqual([
			['a', 'b'],
			['b', 'c'],
		]);
	});
});

describe('Flows over the control API', () => {
	it('post what their template says, with their headers, and count as a call', async () => {
		await control('POST', '/tables', jobs);
		const requests: Request[] = [];
		sandbox.knack.setDelivery(async (request) => {
			requests.push(request);
			return new Response('ok');
		});
		const title = sandbox.knack.fieldKey('Jobs', 'Title');
		await control('POST', '/flows', {
			table: 'Jobs',
			event: 'created',
			url: 'http://127.0.0.1:5678/webhook/x?y=1',
			headers: { 'x-secret': 'hush' },
			bodyTemplate: {
				what: '{{event}}',
				job: { id: '{{record.id}}', says: `Title: {{record.${title}}}` },
			},
		});
		const { json } = await control('POST', '/tables/Jobs/records', { values: { Title: 'Fence' } });
		await sandbox.knack.flows.settled();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.headers.get('x-secret')).toBe('hush');
		expect(sandbox.journal.filter({ service: 'webhook' })[0]).toMatchObject({
			path: '/webhook/x',
			status: 200,
			requestBody: {
				what: 'created',
				job: { id: (json as { id: string }).id, says: 'Title: Fence' },
			},
		});
		expect(
			JSON.stringify([
				sandbox.journal.filter({ service: 'webhook' }),
				(await control('GET', '')).json,
			]),
		).not.toContain('hush');
		expect(sandbox.knack.planUse().used).toBe(1);
	});
});
