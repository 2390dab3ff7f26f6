import path from 'node:path';
import { z } from 'zod';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { type Connections, connectServices } from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, nodeOfType, readWorkflows } from '../../scripts/realN8n/exampleWorkflows';
import { type Execution, outputItems, type WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { until } from '../../scripts/realN8n/waiting';
import { prepared, root } from '../support/prepared';

const UPSERT = 'n8n-nodes-knack-xero.mapUpsertToXero';
const TRIGGER = 'n8n-nodes-knack-xero.knackTrigger';

/** Customers of the seed: 35 are in Xero under their name, 5 only with another case. */
const SEED = {
	orders: 200,
	customers: 120,
	linesPerOrder: 3,
	existingInXero: 35,
	existingDifferentCase: 5,
} as const;

const MINUTES = 60_000;

describe('the main job, by the first example as it is shipped', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let example: WorkflowFile;

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

	/** The same example over a fresh seed; orders are completed while the workflow is watching. */
	async function completeOrders(): Promise<{
		execution: Execution;
		workflowId: string;
		connections: Connections;
	}> {
		// A reset forgets consents too, so the account is connected anew.
		sandbox.reset('empty');
		const connections = await connectServices(n8n, listening.url);
		// A watched table without records: the trigger's first look finds nothing.
		seedCompletedOrders(sandbox, { orders: 0, customers: 0 });
		const workflowId = await importWorkflow(n8n.rest, example, connections);
		await n8n.activate(workflowId);
		await n8n.rest.deactivate(workflowId);
		seedCompletedOrders(sandbox, SEED);
		sandbox.journal.clear();
		await n8n.activate(workflowId);
		const execution = await n8n.nextExecution(workflowId, [], 4 * MINUTES);
		await n8n.rest.deactivate(workflowId);
		return { execution, workflowId, connections };
	}

	function synced(execution: Execution, output = 0) {
		return outputItems(execution, nodeOfType(example, UPSERT).name, output);
	}

	describe('200 completed orders of 3 lines for 120 customers, 40 of them in Xero', () => {
		let execution: Execution;
		let workflowId: string;
		let connections: Connections;
		let firstJournal: { writes: number; reads: number };

		beforeAll(async () => {
			({ execution, workflowId, connections } = await completeOrders());
			firstJournal = xeroCalls(sandbox);
		}, 6 * MINUTES);

		it('gives 200 outcomes, each created', () => {
			expect(execution.data?.resultData.error).toBeUndefined();
			expect(execution.status).toBe('success');
			expect(synced(execution, 1)).toEqual([]);
			expect(synced(execution)).toHaveLength(SEED.orders);
			expect(new Set(synced(execution).map(({ outcome }) => outcome))).toEqual(
				new Set(['created']),
			);
		});

		it('gives 200 invoices whose totals are right to the cent', () => {
			const expected = expectedInvoices(sandbox);
			expect(expected.size).toBe(SEED.orders);
			const posted = postedInvoices(sandbox);
			expect(posted).toHaveLength(SEED.orders);
			const byReference = new Map(posted.map((invoice) => [invoice.key, invoice.amounts]));
			expect(Object.fromEntries(byReference)).toEqual(Object.fromEntries(expected));
		});

		it('makes no second contact for anybody', () => {
			const names = sandbox.xero.contacts().map(({ Name }) => String(Name).toLowerCase());
			expect(names).toHaveLength(SEED.customers);
			expect(new Set(names).size).toBe(SEED.customers);
		});

		it('writes the id, number and link of each invoice to its order in Knack', () => {
			const numbers = new Set(sandbox.xero.invoices().map(({ InvoiceNumber }) => InvoiceNumber));
			for (const id of sandbox.knack.recordIds('Orders')) {
				const order = sandbox.knack.shown('Orders', id);
				expect(numbers.has(order['Invoice Number'] ?? '')).toBe(true);
				expect(order['Xero Invoice ID']).toMatch(/^[0-9a-f-]{36}$/);
				expect(JSON.stringify(sandbox.knack.record('Orders', id))).toContain(
					`/invoicing/view/${order['Xero Invoice ID']}`,
				);
			}
		});

		it('takes at most 12 writes and 20 reads of Xero', () => {
			expect(firstJournal.writes).toBeLessThanOrEqual(12);
			expect(firstJournal.reads).toBeLessThanOrEqual(20);
		});

		it(
			'writes nothing anywhere when all records of the table are sent again',
			async () => {
				const everything = await importWorkflow(n8n.rest, example, connections, (workflow) => {
					Object.assign(nodeOfType(workflow, TRIGGER).parameters, {
						options: { startFrom: 'all' },
					});
				});
				sandbox.journal.clear();
				await n8n.activate(everything);
				const again = await n8n.nextExecution(everything, [], 4 * MINUTES);
				await n8n.rest.deactivate(everything);
				expect(again.status).toBe('success');
				expect(outcomes(synced(again))).toEqual(['unchanged']);
				expect(synced(again)).toHaveLength(SEED.orders);
				const { writes, reads } = xeroCalls(sandbox);
				expect(writes).toBe(0);
				expect(reads).toBeLessThanOrEqual(20);
				expect(sandbox.journal.filter({ service: 'knack', kind: 'write' })).toHaveLength(0);
			},
			5 * MINUTES,
		);

		it(
			'writes nothing to Xero when the same items come again, as they were before',
			async () => {
				const trigger = nodeOfType(example, TRIGGER);
				const sameAgain = outputItems(execution, trigger.name).map((json) => ({ json }));
				expect(sameAgain).toHaveLength(SEED.orders);
				const before = sandbox.xero.invoices().map(({ UpdatedDateUTC }) => UpdatedDateUTC);
				const manual = await importWorkflow(n8n.rest, example, connections, (workflow) => {
					workflow.pinData = { [trigger.name]: sameAgain };
				});
				sandbox.journal.clear();
				const again = await n8n.run(manual, trigger.name, 4 * MINUTES);
				expect(again.status).toBe('success');
				expect(outcomes(synced(again))).toEqual(['unchanged']);
				expect(synced(again)).toHaveLength(SEED.orders);
				const { writes, reads } = xeroCalls(sandbox);
				expect(writes).toBe(0);
				expect(reads).toBeLessThanOrEqual(20);
				expect(sandbox.xero.invoices().map(({ UpdatedDateUTC }) => UpdatedDateUTC)).toEqual(before);
			},
			5 * MINUTES,
		);

		it(
			'brings no order back as a new event because of what was written to it',
			async () => {
				const before = await n8n.rest.executions(workflowId);
				expect(before).toHaveLength(1);
				sandbox.journal.clear();
				await n8n.activate(workflowId);
				await until('the trigger has looked', MINUTES, async () =>
					Promise.resolve(sandbox.journal.filter({ service: 'knack', kind: 'read' }).length > 0),
				);
				// n8n lists an execution when it has ended.
				await n8n.settle(workflowId);
				expect(await n8n.rest.executions(workflowId)).toHaveLength(1);
			},
			2 * MINUTES,
		);
	});

	describe('an access token that expires in the middle', () => {
		it(
			'is refreshed once; nothing is lost and nothing comes twice',
			async () => {
				let expired = false;
				const stopListening = sandbox.journal.onEntry((entry) => {
					const isInvoiceWrite =
						entry.service === 'xero' && entry.kind === 'write' && /\/Invoices/.test(entry.path);
					if (!isInvoiceWrite || expired) return;
					expired = true;
					sandbox.xero.expireAccessTokens();
				});
				const { execution } = await completeOrders();
				stopListening();
				expect(expired).toBe(true);
				expect(execution.status).toBe('success');
				expect(synced(execution)).toHaveLength(SEED.orders);
				expect(synced(execution, 1)).toEqual([]);
				const refreshes = sandbox.journal.filter({ path: /\/connect\/token$/ });
				expect(refreshes.map(({ status }) => status)).toEqual([200]);
				const posted = postedInvoices(sandbox);
				const byReference = new Map(posted.map((invoice) => [invoice.key, invoice.amounts]));
				expect(posted).toHaveLength(SEED.orders);
				expect(Object.fromEntries(byReference)).toEqual(
					Object.fromEntries(expectedInvoices(sandbox)),
				);
				expect(sandbox.xero.contacts()).toHaveLength(SEED.customers);
			},
			8 * MINUTES,
		);
	});
});

function xeroCalls(sandbox: Sandbox): { writes: number; reads: number } {
	const calls = sandbox.journal.filter({
		service: 'xero',
		path: /\/(api|projects)\.xro\/|\/connections/,
	});
	return {
		writes: calls.filter(({ kind }) => kind === 'write').length,
		reads: calls.filter(({ kind }) => kind === 'read').length,
	};
}

/** The different outcomes among items. */
function outcomes(items: ReadonlyArray<Record<string, unknown>>): unknown[] {
	return [...new Set(items.map(({ outcome }) => outcome))];
}

interface Amounts {
	/** Pence. */
	readonly subTotal: bigint;
	readonly tax: bigint;
	readonly total: bigint;
	readonly lines: number;
}

const invoiceSchema = z.object({
	InvoiceNumber: z.string(),
	Reference: z.string().default(''),
	SubTotal: z.number(),
	TotalTax: z.number(),
	Total: z.number(),
	LineItems: z.array(z.unknown()),
});

/** What is in Xero, by the number of the order that it is for. */
function postedInvoices(sandbox: Sandbox): Array<{ key: string; amounts: Amounts }> {
	const orderOf = new Map(
		sandbox.knack.recordIds('Orders').map((id) => {
			const order = sandbox.knack.shown('Orders', id);
			return [order['Invoice Number'] ?? '', order['Order Number'] ?? ''] as const;
		}),
	);
	return sandbox.xero.invoices().map((element) => {
		const invoice = invoiceSchema.parse(element);
		return {
			key: orderOf.get(invoice.InvoiceNumber) ?? `no order for ${invoice.InvoiceNumber}`,
			amounts: {
				subTotal: pence(String(invoice.SubTotal)),
				tax: pence(String(invoice.TotalTax)),
				total: pence(String(invoice.Total)),
				lines: invoice.LineItems.length,
			},
		};
	});
}

/**
 * What each order comes to, worked out from Knack's records with whole pence: quantity times price,
 * and 20% VAT on each line, halves rounded up, as Xero rounds.
 */
function expectedInvoices(sandbox: Sandbox): Map<string, Amounts> {
	const expected = new Map<string, Amounts>();
	for (const id of sandbox.knack.recordIds('Order Lines')) {
		const line = sandbox.knack.shown('Order Lines', id);
		const order = line.Order ?? '';
		const net = BigInt(line.Quantity ?? '') * pence(line['Unit Price'] ?? '');
		const tax = (net * 20n + 50n) / 100n;
		const sofar = expected.get(order) ?? { subTotal: 0n, tax: 0n, total: 0n, lines: 0 };
		expected.set(order, {
			subTotal: sofar.subTotal + net,
			tax: sofar.tax + tax,
			total: sofar.total + net + tax,
			lines: sofar.lines + 1,
		});
	}
	return expected;
}

/** "£1,234.5" as 123450. */
function pence(amount: string): bigint {
	const [whole = '0', fraction = ''] = amount.replace(/[^\d.]/g, '').split('.');
	return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}
