import { createSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import {
	allowAccess,
	connectServices,
	sandboxCredentials,
} from '../../scripts/realN8n/connectedN8n';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { until } from '../../scripts/realN8n/waiting';
import { unpaidInvoice } from '../support/unpaidInvoice';
import { quantile } from './quantile';

const KEY = 'bench-webhook-key';
const WEBHOOK_ID = '6f6a4d0e-5b3f-4a57-9d0c-3f6f5b1f9a20';
type Credentials = NonNullable<WorkflowFile['nodes'][number]['credentials']>;

const MINUTE_MS = 60_000;

export interface LiveJob {
	readonly runtime: Parameters<typeof N8nServer.start>[0]['runtime'];
	readonly tarball: string;
	readonly payments: number;
	readonly everyMs: number;
	/** What Xero Trigger is set to gather for; its own default unless told. */
	readonly gatherSeconds?: number;
}

export interface LiveResult {
	readonly payments: number;
	readonly seconds: number;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly maxMs: number;
	readonly executions: number;
	readonly failed: number;
	/** Deliveries of webhooks, and how long n8n took to answer them: a measure of its own load. */
	readonly deliveries: number;
	readonly deliveryP95Ms: number;
	readonly xeroCalls: number;
	readonly knackReads: number;
	readonly knackWrites: number;
	/** By tenths of the run, the median of the payments made then: a line that rises is a queue. */
	readonly mediansMs: readonly number[];
}

/**
 * Payments recorded in Xero one after the other, each told of by webhooks of a payment and of its
 * invoice, until all are in Knack through a real n8n: how long each took from its record in the one
 * to the write in the other.
 */
export async function paymentsThroughN8n(job: LiveJob): Promise<LiveResult> {
	const sandbox = createSandbox();
	const listening = await sandbox.listen(0);
	const n8n = await N8nServer.start({ runtime: job.runtime, tarball: job.tarball });
	try {
		const workflowId = await activeWorkflow(n8n, sandbox, listening.url, job.gatherSeconds);
		return await measure(n8n, sandbox, workflowId, job);
	} finally {
		await n8n.stop();
		await listening.close();
	}
}

async function activeWorkflow(
	n8n: N8nServer,
	sandbox: Sandbox,
	url: string,
	gatherSeconds: number | undefined,
): Promise<string> {
	const connections = await connectServices(n8n, url);
	const { xero } = sandboxCredentials(url);
	const signing = { ...xero, data: { ...xero.data, webhookSigningKey: KEY } };
	const credentialId = await n8n.rest.createCredential(signing);
	await n8n.rest.connectAccount(credentialId, allowAccess);
	const xeroSyncOAuth2Api = { id: credentialId, name: xero.name };
	const workflow = paymentsWorkflow(
		sandbox,
		{ ...connections, xeroSyncOAuth2Api },
		gatherSeconds === undefined ? {} : { gatherSeconds },
	);
	const id = await n8n.rest.createWorkflow(workflow);
	await n8n.activate(id);
	const { status } = await sandbox.xero.webhooks.register(
		`${n8n.url}/webhook/${WEBHOOK_ID}/xero`,
		KEY,
		['PAYMENT', 'INVOICE'],
	);
	if (status !== 'active') throw new Error(`The webhook is ${status}.`);
	return id;
}

function paymentsWorkflow(
	sandbox: Sandbox,
	credentials: Credentials & { readonly xeroSyncOAuth2Api: Credentials[string] },
	options: { readonly gatherSeconds?: number },
): WorkflowFile {
	const organisation = { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID };
	const key = (name: string): string => sandbox.knack.fieldKey('Orders', name);
	return {
		name: 'Write Xero payments to Knack at once',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: '0a1f1d4e-31c4-4c51-8f42-2b8f3c8b2b01',
				name: 'When Xero Changes',
				type: 'n8n-nodes-knack-xero.xeroTrigger',
				typeVersion: 1,
				position: [0, 0],
				webhookId: WEBHOOK_ID,
				parameters: { organisation, options },
				credentials: { xeroSyncOAuth2Api: credentials.xeroSyncOAuth2Api },
			},
			{
				id: '0a1f1d4e-31c4-4c51-8f42-2b8f3c8b2b02',
				name: 'Write the Payment Status',
				type: 'n8n-nodes-knack-xero.paymentStatusToKnack',
				typeVersion: 1,
				position: [240, 0],
				parameters: {
					organisation,
					table: { __rl: true, mode: 'list', value: sandbox.knack.schema('Orders').key },
					matchFields: { invoiceId: key('Xero Invoice ID') },
					fieldsToWrite: {
						paymentStatus: key('Payment Status'),
						amountDue: key('Amount Due'),
					},
				},
				credentials,
			},
		],
		connections: {
			'When Xero Changes': {
				main: [[{ node: 'Write the Payment Status', type: 'main', index: 0 }]],
			},
		},
	};
}

async function measure(
	n8n: N8nServer,
	sandbox: Sandbox,
	workflowId: string,
	{ payments, everyMs }: LiveJob,
): Promise<LiveResult> {
	const { webhooks } = sandbox.xero;
	const quiet = webhooks.faults;
	await firstPayment(sandbox);
	webhooks.faults = { ...quiet, paused: true };
	const invoices = Array.from({ length: payments }, () => unpaidInvoice(sandbox));
	const orders = sandbox.knack.importRecords(
		'Orders',
		invoices.map((id) => ({ Status: 'Invoiced', 'Xero Invoice ID': id })),
	);
	webhooks.forget();
	webhooks.faults = { ...quiet, paused: false };

	const before = sandbox.journal.filter({}).at(-1)?.id ?? 0;
	const startedAt = sandbox.clock.now();
	const paidAt: number[] = [];
	for (const [index, invoiceId] of invoices.entries()) {
		const due = startedAt + index * everyMs;
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - sandbox.clock.now())));
		sandbox.xero.recordPayment({ invoiceId });
		paidAt.push(sandbox.clock.now());
	}
	const writtenAt = (): Map<string, number> =>
		new Map(
			sandbox.journal
				.filter({ service: 'knack', kind: 'write', status: 200, afterId: before })
				.reverse()
				.map(({ path, at }) => [path.split('/').at(-1) ?? '', at]),
		);
	await until('every payment is in Knack', 3 * MINUTE_MS, async () => {
		await Promise.resolve();
		return writtenAt().size >= payments;
	});
	const written = writtenAt();
	const tookMs = orders.map((order, index) => (written.get(order) ?? NaN) - (paidAt[index] ?? 0));
	const executions = await n8n.rest.executions(workflowId);
	const deliveries = sandbox.journal
		.filter({ service: 'webhook', afterId: before })
		.map(({ durationMs }) => durationMs);
	const calls = (service: 'xero' | 'knack', kind: 'read' | 'write'): number =>
		sandbox.journal.filter({ service, kind, afterId: before }).length;
	const tenth = Math.max(1, Math.ceil(payments / 10));
	return {
		payments,
		seconds: Math.round((Math.max(...written.values()) - startedAt) / 100) / 10,
		p50Ms: quantile(tookMs, 0.5),
		p95Ms: quantile(tookMs, 0.95),
		maxMs: quantile(tookMs, 1),
		executions: executions.length,
		failed: executions.filter(({ status }) => status === 'error').length,
		deliveries: deliveries.length,
		deliveryP95Ms: quantile(deliveries, 0.95),
		xeroCalls: calls('xero', 'read'),
		knackReads: calls('knack', 'read'),
		knackWrites: calls('knack', 'write'),
		mediansMs: Array.from({ length: Math.ceil(payments / tenth) }, (_, part) =>
			quantile(tookMs.slice(part * tenth, (part + 1) * tenth), 0.5),
		),
	};
}

/** What n8n loads for its first execution only is not a matter of payments. */
async function firstPayment(sandbox: Sandbox): Promise<void> {
	const invoiceId = unpaidInvoice(sandbox);
	sandbox.knack.importRecords('Orders', [{ Status: 'Invoiced', 'Xero Invoice ID': invoiceId }]);
	sandbox.xero.recordPayment({ invoiceId });
	await until('the first payment is in Knack', MINUTE_MS, async () => {
		await Promise.resolve();
		return sandbox.journal
			.filter({ service: 'knack', kind: 'write', status: 200 })
			.some(({ requestBody }) => JSON.stringify(requestBody).includes('Paid'));
	});
	// Events that are still on their way, and what they make n8n do.
	await new Promise((resolve) => setTimeout(resolve, 5_000));
}
