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
import { RoutesCalled } from './sandboxXeroRoutes';
import { at, Session } from './sandboxXeroSession';
import { answerDeviations } from './xeroNodeAnswers';
import { BESIDE } from './xeroNodeBeside';
import { notExcepted } from './xeroNodeExceptions';
import { MONEY_WRITES } from './xeroNodeMoneyWrites';
import { PAYROLL, PROJECTS } from './xeroNodeOtherApis';
import { MONEY_READS, READS } from './xeroNodeReads';
import { SETTINGS } from './xeroNodeSettings';
import { WRITES } from './xeroNodeWrites';

/** Addresses that the library has no call for, or that are called in another way. */
const NOT_IN_LIBRARY: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		['CreditNotes', 'Invoices', 'PurchaseOrders', 'Quotes'].map((path) => [
			`GET /api.xro/2.0/${path}/:id/pdf`,
			'the library asks the document’s own address for application/pdf',
		]),
	),
	'GET /api.xro/2.0/Organisations': 'the library says Organisation, as Xero’s documentation does',
	'POST /api.xro/2.0/Accounts': 'it changes an account below its own address',
	'POST /api.xro/2.0/ContactGroups': 'it changes a group below its own address',
};

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
const REDIRECT = 'http://localhost:5678/callback';

/**
 * Xero's own library, unchanged: it keeps its addresses, and what goes to them is answered by the
 * sandbox on this machine.
 */
describe('the Xero sandbox: xero-node', () => {
	const session = new Session();
	const routes = new RoutesCalled();
	/** What is not as Xero's own models say in the answers to all calls. */
	const deviating: string[] = [];
	const agent = https.globalAgent;
	const proxies = new Map(PROXIES.map((name) => [name, process.env[name]]));
	let proxy: InterceptingProxy;
	let made: MadeDocuments;
	let client: XeroClient;

	beforeAll(async () => {
		session.clock.set(Date.now());
		for (const name of PROXIES) delete process.env[name];
		proxy = await startInterceptingProxy(async (request) => {
			routes.called(request.method, new URL(request.url).pathname);
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
			const body = Buffer.from(await response.arrayBuffer());
			const isRead = response.ok && (response.headers.get('content-type') ?? '').includes('json');
			const { host, pathname: path } = new URL(request.url);
			if (isRead && body.length > 0 && host === 'api.xero.com' && path.includes('.xro/')) {
				const tenantId = String(request.headers['xero-tenant-id'] ?? '');
				const answered = { method: request.method, path, tenantId };
				deviating.push(...answerDeviations({ ...answered, body: JSON.parse(body.toString()) }));
			}
			return {
				statusCode: response.status,
				headers: Object.fromEntries(response.headers),
				body,
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

	it.each([
		...READS,
		...MONEY_READS,
		...BESIDE,
		...WRITES,
		...MONEY_WRITES,
		...SETTINGS,
		...PROJECTS,
		...PAYROLL,
	])('%s', async (_name, call, wanted) => {
		const answer = await call(client, made);
		expect(answer.response.status).toBeLessThan(300);
		expect(answer.body ?? {}).toMatchObject(wanted(made));
	});

	it('is answered as Xero’s own models say, whatever it reads and writes', () => {
		expect(notExcepted(deviating)).toEqual([]);
	});

	// Last: what the sandbox answers is what the library asks for.
	it('calls every address that the sandbox has', () => {
		expect(routes.notCalled()).toEqual(Object.keys(NOT_IN_LIBRARY).sort());
	});
});
