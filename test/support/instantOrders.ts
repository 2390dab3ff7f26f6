import type { Sandbox } from '../../sandbox/sandbox';
import { connectServices, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, nodeOfType } from '../../scripts/realN8n/exampleWorkflows';
import { productionUrl } from '../../scripts/realN8n/instantStarts';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import type { N8nServer } from '../../scripts/realN8n/n8nServer';
import { until } from '../../scripts/realN8n/waiting';

const TRIGGER = 'n8n-nodes-knack-xero.knackTrigger';
const MINUTE_MS = 60_000;

/**
 * The first example, started instantly or not, with a secret in its Knack credential or none.
 * @param services address of the sandbox
 * @returns the workflow's id
 */
export async function importFirstExample(
	n8n: N8nServer,
	services: string,
	example: WorkflowFile,
	{ instant, webhookSecret }: { readonly instant: boolean; readonly webhookSecret: string },
): Promise<string> {
	const connections = await connectServices(n8n, services);
	const { knack } = sandboxCredentials(services);
	const data = { ...knack.data, webhookSecret };
	const id = await n8n.rest.createCredential({ ...knack, data });
	const all = { ...connections, knackApi: { id, name: knack.name } };
	return await importWorkflow(n8n.rest, example, all, (file) => {
		Object.assign(nodeOfType(file, TRIGGER).parameters, { instant });
	});
}

/** One call as a Knack Flow makes it; n8n's status. */
export async function callAsFlow(
	n8n: N8nServer,
	example: WorkflowFile,
	recordId: string,
	secret: string,
): Promise<number> {
	const answer = await fetch(productionUrl(n8n.url, example, 'knackTrigger', 'knack'), {
		method: 'POST',
		body: JSON.stringify({ recordId }),
		headers: { 'content-type': 'application/json', 'x-knack-xero-secret': secret },
	});
	await answer.arrayBuffer();
	return answer.status;
}

/**
 * Completes the orders one after the other, and waits until each has its invoice in Xero and knows
 * it in Knack.
 * @returns milliseconds from the completion in Knack to the invoice in Xero, by order
 */
export async function completeOrders(
	sandbox: Sandbox,
	orderIds: readonly string[],
	everyMs: number,
): Promise<number[]> {
	const completedAt: number[] = [];
	const tookMs = new Map<string, number>();
	const numbers = orderIds.map((id) => String(sandbox.knack.shown('Orders', id)['Order Number']));
	const startedAt = performance.now();
	const completing = (async () => {
		for (const [index, order] of orderIds.entries()) {
			const due = startedAt + index * everyMs;
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
			sandbox.knack.updateRecord('Orders', order, { Status: 'Completed' });
			completedAt.push(performance.now());
		}
	})();
	await until('every order has its invoice', 3 * MINUTE_MS, async () => {
		await Promise.resolve();
		const references = new Set(sandbox.xero.invoices().map(({ Reference }) => Reference));
		for (const [index, at] of completedAt.entries()) {
			const number = numbers[index] ?? '';
			if (!tookMs.has(number) && references.has(number)) {
				tookMs.set(number, performance.now() - at);
			}
		}
		return tookMs.size === orderIds.length ? true : undefined;
	});
	await completing;
	await until('every order knows its invoice', MINUTE_MS, async () => {
		await Promise.resolve();
		const known = orderIds.filter(
			(order) => sandbox.knack.shown('Orders', order)['Xero Invoice ID'] !== '',
		);
		return known.length === orderIds.length ? true : undefined;
	});
	await sandbox.knack.flows.settled();
	return [...tookMs.values()];
}
