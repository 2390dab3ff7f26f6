import { SANDBOX_WEBHOOK_SECRET } from '../../sandbox/credentialValues';
import { createSandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { letKnackCall } from '../../scripts/realN8n/instantStarts';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { completeOrders, importFirstExample } from '../support/instantOrders';
import { quantile } from './quantile';

export interface LiveOrdersJob {
	readonly runtime: Parameters<typeof N8nServer.start>[0]['runtime'];
	readonly tarball: string;
	/** The first example workflow. */
	readonly example: WorkflowFile;
	readonly orders: number;
	readonly everyMs: number;
}

export interface LiveOrdersResult {
	readonly orders: number;
	readonly invoices: number;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly maxMs: number;
	readonly executions: number;
	readonly failed: number;
	readonly xeroCalls: number;
	readonly knackCalls: number;
}

/**
 * Orders completed in Knack one after the other, each told of by a Flow, until all are invoices in
 * Xero through a real n8n: how long each took from the one to the other. What is written back to
 * Knack makes the Flow call as well.
 */
export async function ordersThroughN8n(job: LiveOrdersJob): Promise<LiveOrdersResult> {
	const sandbox = createSandbox({ seed: 'empty' });
	const listening = await sandbox.listen(0);
	const n8n = await N8nServer.start({ runtime: job.runtime, tarball: job.tarball });
	try {
		const seeded = seedCompletedOrders(sandbox, { orders: job.orders + 1, customers: 20 });
		for (const id of seeded.orderIds) sandbox.knack.updateRecord('Orders', id, { Status: 'New' });
		const [first = '', ...others] = seeded.orderIds;
		const workflowId = await importFirstExample(n8n, listening.url, job.example, {
			instant: true,
			webhookSecret: SANDBOX_WEBHOOK_SECRET,
		});
		await n8n.activate(workflowId);
		letKnackCall(sandbox, n8n.url, job.example);
		// What n8n loads for its first execution only is not a matter of orders.
		await completeOrders(sandbox, [first], 0);
		await new Promise((resolve) => setTimeout(resolve, 5_000));

		const before = sandbox.journal.filter({}).at(-1)?.id ?? 0;
		const tookMs = await completeOrders(sandbox, others, job.everyMs);
		const executions = await n8n.rest.executions(workflowId);
		const calls = (service: 'xero' | 'knack'): number =>
			sandbox.journal.filter({ service, afterId: before }).length;
		return {
			orders: job.orders,
			invoices: sandbox.xero.invoices().length - 1,
			p50Ms: quantile(tookMs, 0.5),
			p95Ms: quantile(tookMs, 0.95),
			maxMs: quantile(tookMs, 1),
			executions: executions.length - 1,
			failed: executions.filter(({ status }) => status === 'error').length,
			xeroCalls: calls('xero'),
			knackCalls: calls('knack'),
		};
	} finally {
		await n8n.stop();
		await listening.close();
	}
}
