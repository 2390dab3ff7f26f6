import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/organisations';
import { recordingProxy, type RecordingProxy } from '../support/recordingProxy';
import { createHarness, ours, type Harness } from './harness';

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeMapUpsert(context);
	}
}

const ORGANISATION = { __rl: true, mode: 'id', value: DEMO_TRADE_TENANT_ID };

describe('API Call of Map & Upsert to Xero', () => {
	let harness: Harness;
	let proxy: RecordingProxy;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { mapUpsertToXero: new MapUpsertToXero(), asTool: new AsTool() },
			sandbox: { seed: 'tradeBusiness' },
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		proxy = await recordingProxy(harness.url);
		const held = harness.credentials.raw('xeroSyncOAuth2Api');
		harness.credentials.add('xeroSyncOAuth2Api', { ...held, sandboxUrl: `${proxy.url}/xero` });
	});

	afterEach(async () => {
		await proxy.close();
		await harness.close();
	});

	async function call(
		parameters: IDataObject,
		items: ReadonlyArray<IDataObject | INodeExecutionData> = [{}],
		type = 'mapUpsertToXero',
	) {
		const { output, error, hints } = await harness.engine.runNode(
			{
				name: 'Xero',
				type: ours(type),
				credentials: harness.xero,
				parameters: { operation: 'apiCall', organisation: ORGANISATION, ...parameters },
			},
			items,
		);
		const [answers = [], attention = []] = output;
		return { answers, attention, error, hints: hints('Xero') };
	}

	const query = (values: Record<string, string>) => ({
		queryParameters: {
			parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
		},
	});
	const sent = () => harness.sandbox.journal.filter({ service: 'xero' });
	const keys = () =>
		proxy.seen.flatMap(({ method, headers }) =>
			method === 'PUT' ? [headers['idempotency-key']] : [],
		);
	const books = () => harness.sandbox.xero.organisation(DEMO_TRADE_TENANT_ID);
	const named = (name: string) => books().contacts.filter((contact) => contact.name === name);
	const contact = (Name: string) => ({
		method: 'PUT',
		path: 'Contacts',
		body: JSON.stringify({ Contacts: [{ Name }] }),
	});

	describe('reading', () => {
		test('gives one item for each record, paired, with a sentence first', async () => {
			const { answers, attention, error } = await call(
				{ path: '={{ $json.path }}', ...query({ page: '1', pageSize: '2' }) },
				[{ path: 'Contacts' }, { path: '/Organisation' }],
			);
			expect(error).toBeUndefined();
			expect(attention).toEqual([]);
			expect(answers.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 0 },
				{ item: 1 },
			]);
			expect(Object.keys(answers[0]?.json ?? {})[0]).toBe('summary');
			expect(answers.map(({ json }) => json)).toMatchObject([
				{ summary: 'GET /Contacts: record 1 of 2.', ContactID: expect.any(String) },
				{ summary: 'GET /Contacts: record 2 of 2.', Name: expect.any(String) },
				{ summary: 'GET /Organisation: record 1 of 1.', BaseCurrency: 'GBP' },
			]);
		});

		test('reads all pages, in pages as large as Xero has, each record once', async () => {
			const many = Array.from({ length: 1_500 }, (_, index) => ({ name: `Firm ${index}` }));
			harness.sandbox.xero.seedContacts(many);
			const before = sent().length;
			const { answers } = await call({ path: 'Contacts', returnAll: true });
			const ids = answers.map(({ json }) => json.ContactID);
			expect(new Set(ids).size).toBe(
				books().contacts.filter(({ status }) => status === 'ACTIVE').length,
			);
			expect(ids).toHaveLength(books().contacts.filter(({ status }) => status === 'ACTIVE').length);
			expect(sent().length - before).toBe(2);
		});

		test('reads what knows no pages once, and says nothing twice', async () => {
			const { answers } = await call({ path: 'Accounts', returnAll: true });
			const codes = answers.map(({ json }) => json.AccountID);
			expect(codes.length).toBeGreaterThan(3);
			expect(new Set(codes).size).toBe(codes.length);
		});

		test('cuts at the limit, and says so', async () => {
			const { answers, hints } = await call({ path: 'Contacts', limit: 1 });
			expect(answers).toHaveLength(1);
			expect(hints.map(({ message }) => message).join()).toContain('switch on Return All');
		});

		test('gives the answer as it came where that is wanted', async () => {
			const { answers } = await call({ path: 'Contacts', splitRecords: false });
			expect(answers).toHaveLength(1);
			expect(answers[0]?.json).toMatchObject({ Status: 'OK', Contacts: expect.any(Array) });
		});

		test('asks for what was changed since a moment, and is content with nothing', async () => {
			const { answers, attention } = await call({
				path: 'Contacts',
				options: { modifiedSince: '2099-01-01T00:00:00' },
			});
			expect([answers, attention]).toEqual([[], []]);
			expect(proxy.seen.at(-1)?.headers['if-modified-since']).toBe('2099-01-01T00:00:00');
		});

		test('reaches the other parts of the API', async () => {
			const { attention } = await call({ api: 'assets', path: 'Assets' });
			expect(sent().at(-1)?.path).toContain('/assets.xro/1.0/Assets');
			expect(attention[0]?.json).toMatchObject({ issues: [{ code: 'XERO_NOT_FOUND' }] });
			const projects = await call({ api: 'projects', path: 'projects' });
			expect(projects.error).toBeUndefined();
			expect(sent().at(-1)?.path).toContain('/projects.xro/2.0/projects');
		});

		test('waits as Xero’s limits ask, and goes on', async () => {
			harness.sandbox.faults.add({
				kind: 'rateLimitStorm',
				service: 'xero',
				path: '/Contacts',
				retryAfterSeconds: 1,
			});
			const { answers, attention } = await call({ path: 'Contacts' });
			expect(attention).toEqual([]);
			expect(answers.length).toBeGreaterThan(1);
		});

		test('says what Xero says, and goes on with the other items', async () => {
			const { answers, attention } = await call(
				{ path: 'Contacts', ...query({ where: '={{ $json.where }}' }) },
				[{ where: 'Nome=="A"' }, { where: 'Name!=null' }],
			);
			expect(attention).toHaveLength(1);
			expect(attention[0]).toMatchObject({
				pairedItem: { item: 0 },
				json: { outcome: 'failed', issues: [{ code: 'XERO_REQUEST_REFUSED' }] },
			});
			expect(attention[0]?.json.summary).toMatch(/^Not done: GET \/Contacts\. .*Xero's answer: "/);
			expect(answers.length).toBeGreaterThan(0);
		});

		test('takes a page that somebody else sent for none of Xero’s', async () => {
			harness.sandbox.faults.add({
				kind: 'status',
				service: 'xero',
				path: '/Contacts',
				times: 9,
				status: 200,
				body: `<html>${'Sign in to the network. '.repeat(200_000)}</html>`,
			});
			const { answers, attention } = await call({ path: 'Contacts' });
			expect(answers).toEqual([]);
			expect(attention[0]?.json).toMatchObject({ issues: [{ code: 'XERO_UNAVAILABLE' }] });
			expect(JSON.stringify(attention).length).toBeLessThan(3_000);
		}, 30_000);
	});

	describe('writing', () => {
		test('writes, and gives what Xero made of it', async () => {
			const { answers, attention } = await call(contact('New Customer Ltd'));
			expect(attention).toEqual([]);
			expect(answers[0]?.json).toMatchObject({
				summary: 'PUT /Contacts: record 1 of 1.',
				Name: 'New Customer Ltd',
			});
			expect(named('New Customer Ltd')).toHaveLength(1);
		});

		test('sends the JSON as it was typed', async () => {
			const body = '{ "Contacts": [ {"Name":"As Typed", "AccountNumber":"0012.10"} ] }';
			await call({ ...contact(''), body });
			expect(proxy.seen.at(-1)).toMatchObject({
				body,
				headers: { 'content-type': 'application/json', 'xero-tenant-id': DEMO_TRADE_TENANT_ID },
			});
			expect(named('As Typed')).toHaveLength(1);
		});

		test('repeats a write whose answer was lost, and nothing is there twice', async () => {
			harness.sandbox.faults.add({ kind: 'dropAfterCommit', service: 'xero', method: 'PUT' });
			const { answers, attention } = await call({
				method: 'PUT',
				path: 'Invoices',
				body: JSON.stringify({
					Invoices: [
						{
							Type: 'ACCREC',
							Contact: { ContactID: books().contacts.all()[0]?.contactId },
							LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
							Reference: 'Only once',
						},
					],
				}),
			});
			expect(attention).toEqual([]);
			expect(answers).toHaveLength(1);
			const made = books().invoices.filter(({ reference }) => reference === 'Only once');
			expect(made).toHaveLength(1);
			expect(keys()).toHaveLength(2);
			expect(new Set(keys()).size).toBe(1);
		}, 30_000);

		test('says that a write is uncertain, and does not send it again by itself', async () => {
			harness.sandbox.faults.add({
				kind: 'statusAfterCommit',
				service: 'xero',
				method: 'PUT',
				status: 500,
				body: 'Internal error',
			});
			const { answers, attention } = await call(contact('Uncertain Ltd'));
			expect(answers).toEqual([]);
			expect(attention[0]?.json).toMatchObject({
				outcome: 'failed',
				issues: [{ code: 'XERO_NO_ANSWER', fix: expect.stringContaining('Look in Xero') }],
			});
			expect(named('Uncertain Ltd')).toHaveLength(1);
			expect(sent().filter(({ method }) => method === 'PUT')).toHaveLength(1);
		});

		test('gives two items that are alike two keys, and a key of one’s own to both', async () => {
			const note = {
				method: 'PUT',
				path: `Contacts/${books().contacts.all()[0]?.contactId}/History`,
				body: JSON.stringify({ HistoryRecords: [{ Details: 'Called' }] }),
			};
			await call(note, [{}, {}]);
			expect(new Set(keys()).size).toBe(2);
			await call(note);
			expect(new Set(keys()).size).toBe(3);
			const own = { ...note, options: { idempotencyKey: 'note-1\r\nX-Evil: 1' } };
			await call(own, [{}, {}]);
			await call(own);
			expect(new Set(keys()).size).toBe(4);
			expect(keys().at(-1)).toMatch(/^[0-9a-f]+$/);
		});

		test('gives each turn of a loop a key of its own, and writes each time', async () => {
			const node = (name: string, parameters: IDataObject) => ({
				name,
				type: ours('mapUpsertToXero'),
				credentials: harness.xero,
				parameters: { operation: 'apiCall', organisation: ORGANISATION, ...parameters },
			});
			const start = { name: 'Start', type: 'test.start' };
			const invoice = {
				Type: 'ACCREC',
				Contact: { Name: 'Loop Ltd' },
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
				Reference: 'Twice',
			};
			const body = JSON.stringify({ Invoices: [invoice] });
			const { error } = await harness.engine.run({
				nodes: [
					start,
					node('Read', { path: 'Organisation' }),
					node('Write', { method: 'PUT', path: 'Invoices', body }),
				],
				wires: [
					['Start', 'Write'],
					['Start', 'Read'],
					['Read', 'Write'],
				],
				items: [{}],
			});
			expect(error).toBeUndefined();
			expect(new Set(keys()).size).toBe(2);
			expect(books().invoices.filter(({ reference }) => reference === 'Twice')).toHaveLength(2);
		});

		test('parts what Xero took from what it refused', async () => {
			const { answers, attention } = await call({
				method: 'PUT',
				path: 'Contacts',
				...query({ summarizeErrors: 'false' }),
				body: JSON.stringify({ Contacts: [{ Name: 'Good Ltd' }, { EmailAddress: 'no' }] }),
			});
			expect(answers.map(({ json }) => json.Name)).toEqual(['Good Ltd']);
			expect(attention).toHaveLength(1);
			expect(attention[0]?.json).toMatchObject({
				outcome: 'failed',
				answer: { EmailAddress: 'no' },
				issues: [{ message: expect.stringContaining('Xero: ') }],
			});
		});

		test('says Xero’s own words when it refuses the whole', async () => {
			const { attention } = await call({ ...contact(''), body: '{"Contacts":[{}]}' });
			expect(attention[0]?.json).toMatchObject({
				outcome: 'failed',
				issues: [{ severity: 'block', vendorMessage: expect.any(String) }],
			});
		});

		test('says of a place that is not there that most likely nothing was written', async () => {
			const { attention } = await call({ ...contact('X'), path: 'Contactz' });
			expect(attention[0]?.json.summary).toContain('Most likely nothing was written');
			expect(attention[0]?.json.summary).toContain('Check Path and Method');
		});
	});

	describe('what cannot be sent', () => {
		test.each([
			['https://evil.example/x', 'a whole address'],
			['//evil.example', 'a whole address'],
			['../../connections', 'a step up'],
			['Invoices/%2e%2e/%2e%2e/x', 'a step up'],
			['Invoices/a%2Fb', 'hidden'],
			['Invoices?page=1', 'more than a path'],
			['/api.xro/2.0/Invoices', 'address of the API'],
		])('stops the node for the path %j before anything is sent', async (path, words) => {
			const { error } = await call({ path });
			expect(error?.message).toContain(`Path is set to "${path}"`);
			expect(error?.message).toContain(words);
			expect(sent()).toEqual([]);
		});

		test('keeps an item with such a path back, and goes on with the others', async () => {
			const { answers, attention, error } = await call({ path: '={{ $json.path }}' }, [
				{ path: 'https://evil.example/x' },
				{ path: 'Organisation' },
				{ path: '' },
				{ path: { a: 1 } },
			]);
			expect(error).toBeUndefined();
			expect(answers.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(attention.map(({ json }) => json)).toMatchObject([
				{ outcome: 'blocked', issues: [{ code: 'API_CALL_UNREADABLE' }] },
				{ outcome: 'blocked' },
				{ outcome: 'blocked' },
			]);
			expect(sent()).toHaveLength(1);
		});

		test.each([
			['={{ "{" }}', 'not JSON'],
			['={{ "12" }}', 'not JSON'],
			['={{ 12 }}', 'not JSON'],
			['={{ "<Invoice/>" }}', 'not JSON'],
		])('keeps a body back that is no JSON: %j', async (body, words) => {
			const { attention } = await call({ ...contact(''), body });
			expect(attention[0]?.json.summary).toContain(words);
			expect(sent()).toEqual([]);
		});

		test.each([
			[{ where: '' }, 'has no value'],
			[{ '': 'x' }, 'has no name'],
			[{ page: '2' }, 'what Return All asks for itself'],
		])('does not send the query %j', async (values, words) => {
			const { error } = await call({ path: 'Contacts', returnAll: true, ...query(values) });
			expect(error?.message).toContain(words);
			expect(sent()).toEqual([]);
		});

		test('takes no offence at options that another operation left behind', async () => {
			const options = { sourceLink: false, writePolicy: 'createOnly' };
			const { answers, error } = await call({ path: 'Organisation', options, document: 'bill' });
			expect(error).toBeUndefined();
			expect(answers).toHaveLength(1);
		});

		test('reads its settings strictly', async () => {
			for (const wrong of [{ method: 'TRACE' }, { api: 'finance' }, { limit: 'all' }]) {
				const { error } = await call({ path: 'Contacts', ...wrong });
				expect(error?.message).toMatch(/is set to/);
			}
			expect(sent()).toEqual([]);
		});
	});

	describe('the connection', () => {
		test('stops the node where the grant was revoked, with no token in any word', async () => {
			const { oauthTokenData } = harness.credentials.raw('xeroSyncOAuth2Api');
			harness.sandbox.xero.revokeGrant();
			const { error, answers } = await call({ path: 'Contacts' }, [{}, {}, {}]);
			expect(answers).toEqual([]);
			expect(error?.message).toMatch(/Xero (does not accept|refused)/);
			const told = JSON.stringify([error?.message, error?.description, error]);
			for (const token of Object.values(Object(oauthTokenData)))
				if (String(token).length > 20) expect(told).not.toContain(String(token));
			expect(sent().length).toBeLessThanOrEqual(2);
		});

		test('asks for an organisation where there are several', async () => {
			harness.sandbox.xero.signIn({ tenantIds: [KIWI_TRADE_TENANT_ID] });
			const { error } = await call({
				path: 'Contacts',
				organisation: { __rl: true, mode: 'list', value: '' },
			});
			expect(error?.message).toContain('several organisations');
			expect(error?.description).toContain('Choose one under Organisation');
		});

		test('tells of an organisation that an item names and nobody is connected to', async () => {
			const { answers, attention } = await call(
				{ path: 'Organisation', organisation: '={{ $json.organisation }}' },
				[
					{ organisation: '11111111-2222-3333-4444-555555555555' },
					{ organisation: DEMO_TRADE_TENANT_ID },
					{ organisation: 'abc\r\nX-Evil: 1' },
				],
			);
			expect(answers.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(attention.map(({ json }) => json)).toMatchObject([
				{ issues: [{ code: 'XERO_ORGANISATION_MISSING' }] },
				{ issues: [{ code: 'XERO_ORGANISATION_MISSING' }] },
			]);
			expect(proxy.seen.filter(({ headers }) => 'x-evil' in headers)).toEqual([]);
		});

		test('holds what the day has no calls for', async () => {
			harness.sandbox.faults.add({
				kind: 'rateLimitStorm',
				service: 'xero',
				after: 1,
				times: 9,
				problem: 'day',
				retryAfterSeconds: 3_600,
			});
			const { answers, attention, error } = await call({ path: 'Organisation' }, [{}, {}, {}]);
			expect(error).toBeUndefined();
			expect(answers).toHaveLength(1);
			expect(attention.map(({ json }) => json)).toMatchObject([
				{ outcome: 'held', issues: [{ code: 'XERO_DAY_SPENT' }] },
				{ outcome: 'held', issues: [{ code: 'XERO_DAY_SPENT' }] },
			]);
		});
	});

	describe('as the tool of an AI agent', () => {
		test('reads, and gives everything on the first output', async () => {
			const { answers, attention } = await call(
				{ path: '={{ $json.path }}' },
				[{ path: 'Organisation' }, { path: 'Nothing' }],
				'asTool',
			);
			expect(attention).toEqual([]);
			expect(answers.map(({ json }) => json)).toMatchObject([
				{ BaseCurrency: 'GBP' },
				{ outcome: 'failed', summary: expect.stringContaining('GET /Nothing') },
			]);
		});

		test.each([{}, { options: { allowWritingAsTool: '={{ $json.allowed }}' } }])(
			'writes nothing: %j',
			async (more) => {
				const { answers } = await call(
					{ ...contact('Agent'), ...more },
					[{ allowed: true }],
					'asTool',
				);
				expect(answers[0]?.json).toMatchObject({ outcome: 'blocked' });
				expect(answers[0]?.json.summary).toContain('may only read');
				expect(sent()).toEqual([]);
			},
		);

		test('writes where the node lets it', async () => {
			await call({ ...contact('Agent'), options: { allowWritingAsTool: true } }, [{}], 'asTool');
			expect(named('Agent')).toHaveLength(1);
		});
	});
});
