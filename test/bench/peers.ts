import { randomUUID } from 'node:crypto';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID, SANDBOX_WEB_APP } from '../../sandbox/xero/twin';
import { allowAccess } from '../../scripts/realN8n/connectedN8n';
import {
	type InterceptingProxy,
	startInterceptingProxy,
} from '../../scripts/realN8n/interceptingProxy';
import type { Execution } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { until } from '../../scripts/realN8n/waiting';
import { type PeerCredentials, peerWorkflows } from './peerWorkflows';

export interface PeersJob {
	readonly runtime: Parameters<typeof N8nServer.start>[0]['runtime'];
	readonly tarball: string;
	readonly orders: number;
	readonly customers: number;
}

interface PeerRun {
	readonly calls: number;
	/** Calls that were refused for being too many. */
	readonly refused: number;
	readonly seconds: number;
	/** n8n's word for the end of the execution, and what it said if it failed. */
	readonly ended: string;
}

export interface PeerResult {
	readonly way: string;
	readonly limits: boolean;
	readonly first: PeerRun;
	/** Orders without an invoice after the first run. */
	readonly needAPerson: number;
	readonly again: PeerRun;
	/** Invoices beyond the first of an order, after the repeat. */
	readonly doubles: number;
}

const MINUTE_MS = 60_000;
/** One call a second for each order, and some more. */
const PATIENCE_MS = 60 * MINUTE_MS;

/** Xero's larger tier, so that a repeat is not refused for the day alone. */
const DAY_LIMIT = 5_000;

/** Orders as a table gives them, one line each, of customers that Xero does not know yet. */
function ordersOf({ orders, customers }: PeersJob): ReadonlyArray<Record<string, unknown>> {
	return Array.from({ length: orders }, (_, index) => ({
		'Order Number': `SO-${index + 1}`,
		Customer: `Customer ${(index % customers) + 1} Ltd`,
		'Order Date': '2026-11-20',
		'Due Date': '2026-12-20',
		Lines: [
			{ Description: `Work of order ${index + 1}`, Quantity: 2, 'Unit Price': 40 + (index % 9) },
		],
	}));
}

/**
 * The same orders, each way twice, through one n8n into an empty ledger with Xero's limits: what it
 * costs, what becomes of the orders, and what a repeat does.
 */
export async function comparePeers(job: PeersJob): Promise<PeerResult[]> {
	const sandbox = createSandbox({ seed: 'empty' });
	const listening = await sandbox.listen(0);
	const proxy = await answerForXero(sandbox);
	try {
		const { runtime, tarball } = job;
		// One request a node of the loop is remembered for each order.
		const env = { ...proxy.env, N8N_PAYLOAD_SIZE_MAX: '64' };
		const n8n = await N8nServer.start({ runtime, tarball, env });
		try {
			const results: PeerResult[] = [];
			for (const peer of peerWorkflows(DEMO_TRADE_TENANT_ID)) {
				sandbox.reset();
				sandbox.xero.configure({ dayLimit: DAY_LIMIT, limitsOn: peer.limits });
				const credentials = await connect(n8n, listening.url);
				const path = randomUUID();
				const workflowId = await n8n.rest.createWorkflow(peer.workflow(path, credentials));
				await n8n.activate(workflowId);
				const deliver = async (): Promise<PeerRun> =>
					await delivered({ n8n, sandbox, workflowId, path, orders: ordersOf(job) });
				const first = await deliver();
				const needAPerson = job.orders - invoicesByOrder(sandbox).size;
				const again = await deliver();
				await n8n.rest.deactivate(workflowId);
				const doubles = [...invoicesByOrder(sandbox).values()].reduce((sum, n) => sum + n - 1, 0);
				const { way, limits } = peer;
				results.push({ way, limits, first, needAPerson, again, doubles });
			}
			return results;
		} finally {
			await n8n.stop();
		}
	} finally {
		await proxy.stop();
		await listening.close();
	}
}

/** Xero under its production addresses. */
async function answerForXero(sandbox: Sandbox): Promise<InterceptingProxy> {
	return await startInterceptingProxy(async (request) => {
		const { hostname, pathname, search } = new URL(request.url);
		if (!hostname.endsWith('.xero.com')) return undefined;
		const body = request.body.buffer;
		const headers = new Headers();
		for (const [name, value] of Object.entries(request.headers)) {
			if (typeof value === 'string' && name !== 'transfer-encoding') headers.set(name, value);
		}
		const answer = await sandbox.fetch(
			new Request(`http://localhost/xero${pathname}${search}`, {
				method: request.method,
				headers,
				...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
			}),
		);
		return {
			statusCode: answer.status,
			headers: Object.fromEntries(answer.headers),
			body: Buffer.from(await answer.arrayBuffer()),
		};
	});
}

/** A credential of n8n's own and one of this package's, both for Xero's production addresses. */
async function connect(n8n: N8nServer, sandboxUrl: string): Promise<PeerCredentials> {
	const connected = async (type: string, more: Record<string, unknown>) => {
		const data = { ...SANDBOX_WEB_APP, ...more };
		const id = await n8n.rest.createCredential({ name: type, type, data });
		await n8n.rest.connectAccount(id, async (authorizationUrl) => {
			const { pathname, search } = new URL(authorizationUrl);
			return await allowAccess(`${sandboxUrl}/xero${pathname}${search}`);
		});
		return { id, name: type };
	};
	return {
		xeroOAuth2Api: await connected('xeroOAuth2Api', {}),
		xeroSyncOAuth2Api: await connected('xeroSyncOAuth2Api', {
			environment: 'live',
			grantType: 'authorizationCode',
		}),
	};
}

async function delivered(run: {
	readonly n8n: N8nServer;
	readonly sandbox: Sandbox;
	readonly workflowId: string;
	readonly path: string;
	readonly orders: ReadonlyArray<Record<string, unknown>>;
}): Promise<PeerRun> {
	const { n8n, sandbox, workflowId, path, orders } = run;
	// Nobody pays for the minute of the one before.
	sandbox.clock.advance(2 * MINUTE_MS);
	const before = sandbox.journal.filter({}).at(-1)?.id ?? 0;
	const known = (await n8n.rest.executions(workflowId)).map(({ id }) => id);
	const startedAt = performance.now();
	const answer = await fetch(`${n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ records: orders }),
	});
	if (!answer.ok) throw new Error(`n8n answered the orders with ${answer.status}`);
	const execution = await until('the orders have gone through', PATIENCE_MS, async () => {
		const executions = await n8n.rest.executions(workflowId);
		return executions.find(
			({ id, status }) => !known.includes(id) && !['new', 'running', 'waiting'].includes(status),
		);
	});
	const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
	const calls = sandbox.journal.filter({ service: 'xero', afterId: before });
	return {
		calls: calls.length,
		refused: calls.filter(({ status }) => status === 429).length,
		seconds,
		ended: endOf(await n8n.finished(execution.id)),
	};
}

function endOf({ status, data }: Execution): string {
	const error = data?.resultData.error;
	return error ? `${status}: ${error.message}` : status;
}

/** How many invoices that count each order has. */
function invoicesByOrder(sandbox: Sandbox): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { Reference, Status } of sandbox.xero.invoices()) {
		if (typeof Reference !== 'string' || Status === 'DELETED' || Status === 'VOIDED') continue;
		counts.set(Reference, (counts.get(Reference) ?? 0) + 1);
	}
	return counts;
}
