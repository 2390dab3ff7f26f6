import path from 'node:path';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { connectServices, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, nodeOfType, readWorkflows } from '../../scripts/realN8n/exampleWorkflows';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer, until } from '../../scripts/realN8n/n8nServer';
import { prepared, root } from '../support/prepared';

const TRIGGER = 'n8n-nodes-knack-xero.knackTrigger';
const HEADER = 'x-knack-xero-secret';
const SECRET = 'the-long-secret-of-this-flow';
const WEBHOOK_ID = '0d0f8f0a-54a9-4f0b-8e2c-7d8c5b1f3b42';
const MINUTES = 60_000;

/** Ten a second for six seconds. */
const ORDERS = 60;
const BETWEEN_MS = 100;

describe('Knack Trigger started by a Knack Flow, in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let example: WorkflowFile;
	const url = (): string => `${n8n.url}/webhook/${WEBHOOK_ID}/knack`;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		const found = [...readWorkflows(path.join(root, 'workflows-examples'))].find(([name]) =>
			name.startsWith('01'),
		);
		if (!found) throw new Error('There is no first example');
		example = found[1];
		sandbox = createSandbox({ seed: 'empty' });
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
	}, 10 * MINUTES);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, MINUTES);

	/** The first example, started instantly or not, with a secret in its Knack credential or none. */
	async function workflow(instant: boolean, webhookSecret: string): Promise<string> {
		const connections = await connectServices(n8n, listening.url);
		const { knack } = sandboxCredentials(listening.url);
		const data = { ...knack.data, webhookSecret };
		const id = await n8n.rest.createCredential({ ...knack, data });
		const all = { ...connections, knackApi: { id, name: knack.name } };
		return await importWorkflow(n8n.rest, example, all, (file) => {
			const trigger = nodeOfType(file, TRIGGER);
			Object.assign(trigger, { webhookId: WEBHOOK_ID });
			Object.assign(trigger.parameters, { instant });
		});
	}

	const call = async (recordId: string, secret: string): Promise<number> => {
		const answer = await fetch(url(), {
			method: 'POST',
			body: JSON.stringify({ recordId }),
			headers: { 'content-type': 'application/json', [HEADER]: secret },
		});
		await answer.arrayBuffer();
		return answer.status;
	};

	it(
		'refuses to be activated without a secret, and opens no address when it only polls',
		async () => {
			const { orderIds } = seedCompletedOrders(sandbox, { orders: 1 });
			const without = await workflow(true, '');
			await expect(n8n.activate(without)).rejects.toThrow(
				/no webhook secret.*Webhook Secret.*Start Instantly off/,
			);
			const polling = await workflow(false, SECRET);
			await n8n.activate(polling);
			expect(await call(orderIds[0] ?? '', SECRET)).toBe(404);
			await n8n.rest.deactivate(polling);
			expect(n8n.log()).not.toMatch(/webhook path could be found|httpMethod is not defined/);
		},
		4 * MINUTES,
	);

	it(
		'makes one invoice of each of ten orders a second, within seconds',
		async () => {
			const { orderIds } = seedCompletedOrders(sandbox, { orders: ORDERS, customers: 20 });
			for (const id of orderIds) sandbox.knack.updateRecord('Orders', id, { Status: 'New' });
			const numberOf = new Map(
				orderIds.map((id) => [id, String(sandbox.knack.shown('Orders', id)['Order Number'])]),
			);
			const id = await workflow(true, SECRET);
			await n8n.activate(id);
			expect(await call(orderIds[0] ?? '', 'forged')).toBe(401);
			sandbox.knack.addFlow({
				table: 'Orders',
				event: 'updated',
				url: url(),
				headers: { [HEADER]: SECRET },
				bodyTemplate: { recordId: '{{record.id}}' },
			});
			sandbox.journal.clear();

			const completedAt = new Map<string, number>();
			const tookMs = new Map<string, number>();
			const completing = (async () => {
				for (const order of orderIds) {
					sandbox.knack.updateRecord('Orders', order, { Status: 'Completed' });
					completedAt.set(order, performance.now());
					await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
				}
			})();
			await until('every order has its invoice', 3 * MINUTES, async () => {
				const references = new Set(sandbox.xero.invoices().map(({ Reference }) => Reference));
				for (const [order, at] of completedAt) {
					if (!tookMs.has(order) && references.has(numberOf.get(order) ?? '')) {
						tookMs.set(order, performance.now() - at);
					}
				}
				return await Promise.resolve(tookMs.size === ORDERS ? true : undefined);
			});
			await completing;
			await until('every order knows its invoice', MINUTES, async () => {
				const known = orderIds.filter((order) => {
					return sandbox.knack.shown('Orders', order)['Xero Invoice ID'] !== '';
				});
				return await Promise.resolve(known.length === ORDERS ? true : undefined);
			});
			await sandbox.knack.flows.settled();

			const references = sandbox.xero.invoices().map(({ Reference }) => String(Reference));
			expect(references.sort()).toEqual([...numberOf.values()].sort());
			const executions = await n8n.rest.executions(id);
			expect(executions.filter(({ status }) => status === 'error')).toEqual([]);
			const sorted = [...tookMs.values()].sort((a, b) => a - b);
			const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Infinity;
			const calls = (service: 'knack' | 'xero'): number =>
				sandbox.journal.filter({ service }).length;
			process.stdout.write(
				`Knack order to Xero invoice, ${ORDERS} at 10 a second: p50 ${Math.round(at(0.5))} ms, p95 ${Math.round(at(0.95))} ms, ${executions.length} executions, ${calls('knack')} Knack calls, ${calls('xero')} Xero calls\n`,
			);
			// Three seconds are the aim; a loaded machine gets many times that here.
			expect(at(0.95)).toBeLessThan(90_000);
			await n8n.rest.deactivate(id);
		},
		8 * MINUTES,
	);
});
