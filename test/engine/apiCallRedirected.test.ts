import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialTestFunctions } from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { Knack } from '../../nodes/Knack/Knack.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/organisations';
import { createHarness, ours, type Harness } from './harness';

async function portOf(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** A service, or somebody before it, that sends callers on to another place. */
describe.each([302, 307])('what is answered by a redirect (%d)', (status) => {
	let harness: Harness;
	let servers: Server[];
	let elsewhere: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }>;
	let asked: number;
	let url: string;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knack: new Knack(), mapUpsertToXero: new MapUpsertToXero() },
		});
		elsewhere = [];
		asked = 0;
		const other = createServer((incoming, outgoing) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				elsewhere.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
				outgoing.setHeader('content-type', 'application/json');
				outgoing.end('{"records":[],"ok":true}');
			});
		});
		const port = await portOf(other);
		const first = createServer((incoming, outgoing) => {
			asked += 1;
			incoming.resume();
			outgoing.writeHead(status, { location: `http://127.0.0.1:${port}/taken` });
			outgoing.end();
		});
		url = `http://127.0.0.1:${await portOf(first)}`;
		servers = [first, other];
	});

	afterEach(async () => {
		for (const server of servers) {
			server.closeAllConnections();
			server.close();
		}
		await harness.close();
	});

	test('is not followed by the test of a Knack credential', async () => {
		const context: ICredentialTestFunctions = Object.create(
			harness.engine.loadOptionsContext({ name: 'Knack', type: ours('knack'), parameters: {} }),
		);
		const data = { ...harness.credentials.raw('knackApi'), apiUrl: `${url}/v1` };
		const credential = { id: '1', name: 'Knack', type: 'knackApi', data };
		const { status: verdict } = await knackCredentialTest.knackApiTest.call(context, credential);
		expect(verdict).toBe('Error');
		expect([asked > 0, elsewhere]).toEqual([true, []]);
	});

	test.each([
		['GET', {}],
		['POST', { body: '{"x":"y"}' }],
	])('is not followed with the key of Knack (%s)', async (method, more) => {
		harness.credentials.add('knackApi', {
			...harness.credentials.raw('knackApi'),
			apiUrl: `${url}/v1`,
		});
		const { output, error } = await harness.engine.runNode(
			{
				name: 'Knack',
				type: ours('knack'),
				credentials: harness.knack,
				parameters: { resource: 'api', operation: 'apiCall', path: 'objects', method, ...more },
			},
			[{}],
		);
		expect([asked > 0, elsewhere]).toEqual([true, []]);
		expect(output).toEqual([]);
		expect(error?.message).toContain("does not answer as Knack's API does");
	});

	test.each([
		['GET', {}, /leads to another address/],
		['PUT', { body: '{"x":"y"}' }, /^Uncertain/],
	])(
		'is not followed for Xero, and nothing that stands there is believed (%s)',
		async (method, more, words) => {
			harness.credentials.add('xeroSyncOAuth2Api', {
				...harness.credentials.raw('xeroSyncOAuth2Api'),
				sandboxUrl: url,
			});
			const organisation = { __rl: true, mode: 'id', value: DEMO_TRADE_TENANT_ID };
			const { output, error } = await harness.engine.runNode(
				{
					name: 'Xero',
					type: ours('mapUpsertToXero'),
					credentials: harness.xero,
					parameters: { operation: 'apiCall', organisation, path: 'Contacts', method, ...more },
				},
				[{}],
			);
			expect([asked > 0, elsewhere]).toEqual([true, []]);
			expect(error).toBeUndefined();
			const [answers, attention] = output;
			expect(answers).toEqual([]);
			expect(attention).toMatchObject([
				{ json: { outcome: 'failed', summary: expect.stringMatching(words) } },
			]);
		},
	);
});
