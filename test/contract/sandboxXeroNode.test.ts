import https from 'node:https';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { XeroClient } from 'xero-node';

import {
	startInterceptingProxy,
	type InterceptingProxy,
} from '../../scripts/realN8n/interceptingProxy';
import {
	AUSTRALIAN_TENANT_ID,
	DEMO_TRADE_TENANT_ID,
	KIWI_TRADE_TENANT_ID,
	SANDBOX_WEB_APP,
} from '../../sandbox/xero/twin';
import { everyDocument, type MadeDocuments } from './sandboxXeroEveryDocument';
import { at, Session } from './sandboxXeroSession';
import { MONEY_WRITES } from './xeroNodeMoneyWrites';
import { PAYROLL, PROJECTS } from './xeroNodeOtherApis';
import { MONEY_READS, READS } from './xeroNodeReads';
import { WRITES } from './xeroNodeWrites';

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
const REDIRECT = 'http://localhost:5678/callback';

/**
 * Xero's own library, unchanged: it keeps its addresses, and what goes to them is answered by the
 * sandbox on this machine.
 */
describe('the Xero sandbox: xero-node', () => {
	const session = new Session();
	const agent = https.globalAgent;
	const proxies = new Map(PROXIES.map((name) => [name, process.env[name]]));
	let proxy: InterceptingProxy;
	let made: MadeDocuments;
	let client: XeroClient;

	beforeAll(async () => {
		session.clock.set(Date.now());
		for (const name of PROXIES) delete process.env[name];
		proxy = await startInterceptingProxy(async (request) => {
			const response = await session.twin.app.fetch(
				new Request(request.url, {
					method: request.method,
					headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
						value === undefined || name.startsWith(':') ? [] : [[name, String(value)]],
					),
					body: ['GET', 'HEAD'].includes(request.method)
						? undefined
						: Uint8Array.from(request.body.buffer),
				}),
			);
			return {
				statusCode: response.status,
				headers: Object.fromEntries(response.headers),
				body: Buffer.from(await response.arrayBuffer()),
			};
		});
		const port = Number(new URL(proxy.env['HTTPS_PROXY'] ?? '').port);
		const ca = readFileSync(proxy.env['NODE_EXTRA_CA_CERTS'] ?? '');
		const local = new https.Agent();
		local.createConnection = (options, callback) => {
			const { host } = options as { host?: string };
			const socket = tls.connect({ host: '127.0.0.1', port, servername: host, ca });
			socket.once('secureConnect', () => callback?.(null, socket));
			socket.once('error', (error) => callback?.(error, socket));
			return undefined;
		};
		https.globalAgent = local;
		made = await everyDocument(session);
		client = new XeroClient({
			...SANDBOX_WEB_APP,
			redirectUris: [REDIRECT],
			scopes: [...(session.twin.world.apps.get(SANDBOX_WEB_APP.clientId)?.scopes ?? [])],
			httpTimeout: 20_000,
		});
	}, 60_000);

	afterAll(async () => {
		https.globalAgent.destroy();
		https.globalAgent = agent;
		for (const [name, value] of proxies) if (value !== undefined) process.env[name] = value;
		await proxy.stop();
	});

	it('signs in, checks who it is, and refreshes', async () => {
		const consent = new URL(await client.buildConsentUrl());
		consent.searchParams.set('autoConsent', '1');
		for (const tenantId of [DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID, AUSTRALIAN_TENANT_ID]) {
			consent.searchParams.append('tenantId', tenantId);
		}
		const answer = await session.twin.app.fetch(new Request(consent));
		expect(answer.status).toBe(302);
		const tokens = await client.apiCallback(answer.headers.get('location') ?? '');
		expect(tokens.claims().iss).toBe('https://identity.xero.com');
		const refreshed = await client.refreshToken();
		expect(refreshed.access_token).not.toBe(tokens.access_token);
		const tenants = (await client.updateTenants()) as readonly unknown[];
		expect(tenants.map((tenant) => at(tenant, 'tenantName'))).toContain('Kiwi Trade Ltd');
		expect(tenants.map((tenant) => at(tenant, 'orgData', 'name'))).toContain('Demo Trade Ltd');
	}, 60_000);

	it.each([...READS, ...MONEY_READS, ...WRITES, ...MONEY_WRITES, ...PROJECTS, ...PAYROLL])(
		'%s',
		async (_name, call, wanted) => {
			const answer = await call(client, made);
			expect(answer.response.status).toBeLessThan(300);
			expect(answer.body ?? {}).toMatchObject(wanted(made));
		},
	);
});
