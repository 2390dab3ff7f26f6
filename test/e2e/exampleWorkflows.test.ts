/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { type Connections, connectServices } from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, readWorkflows } from '../../scripts/realN8n/exampleWorkflows';
import { type Execution, outputItems, type WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer, until } from '../../scripts/realN8n/n8nServer';
import type { Neighbours } from '../../scripts/realN8n/neighbours';
import { prepared, root } from '../support/prepared';

declare const startNeighbours: () => Promise<Neighbours>;

const MINUTE = 60_000;
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/**
 * Each example as it is shipped, in a real n8n, against the sandbox's seed; HubSpot and Slack under
 * their production addresses, answered by a proxy on this machine.
 */
describe('the example workflows', () => {
	const examples = readWorkflows(path.join(root, 'workflows-examples'));
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let neighbours: Neighbours;
	let n8n: N8nServer;
	let connections: Connections;
	const imported: string[] = [];

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		neighbours = await startNeighbours();
		n8n = await N8nServer.start({ runtime, tarball, env: neighbours.env });
	}, 10 * MINUTE);

	beforeEach(async () => {
		sandbox.reset();
		neighbours.forget();
		connections = {
			...(await connectServices(n8n, listening.url)),
			slackApi: await tokenCredential('slackApi', 'accessToken'),
			hubspotAppToken: await tokenCredential('hubspotAppToken', 'appToken'),
		};
	}, MINUTE);

	afterEach(async () => {
		for (const id of imported.splice(0)) await n8n.rest.deactivate(id);
		expect(neighbours.strangers).toEqual([]);
	});

	afterAll(async () => {
		await n8n?.stop();
		await neighbours?.stop();
		await listening?.close();
	}, MINUTE);

	it('are three, and inactive until somebody activates them', () => {
		expect([...examples.keys()].map((name) => name.slice(0, 2))).toEqual(['01', '02', '03']);
		for (const workflow of examples.values()) expect(workflow.active).toBe(false);
	});

	describe('01: an order is completed', () => {
		it(
			'becomes an invoice in Xero, whose number, status and link come back',
			async () => {
				const execution = await whenCompleted('01', ['Fernhill Primary School']);
				expect(ended(execution)).toBe('success');
				expect(outputItems(execution, 'List What Was Posted')).toEqual([
					expect.objectContaining({
						Outcome: 'created',
						Customer: 'Fernhill Primary School',
						Total: '530.70 GBP',
					}),
				]);
				const [invoice] = sandbox.xero.invoices();
				expect(invoice).toMatchObject({ Status: 'DRAFT', Total: 530.7, Reference: 'SO-1003' });
				const order = orderOf('Fernhill Primary School');
				expect(order).toMatchObject({
					'Invoice Number': String(invoice?.InvoiceNumber),
					'Xero Invoice ID': String(invoice?.InvoiceID),
					'Invoice Status': 'Draft',
					'Sync Message': '',
				});
				expect(JSON.stringify(sandbox.knack.record('Orders', order.id ?? ''))).toContain(
					`"https://go.xero.com/app/!DmT7r/invoicing/view/${String(invoice?.InvoiceID)}"`,
				);
			},
			MINUTE,
		);

		it(
			'with trouble stays out of Xero and says why, on the order too; the others go on',
			async () => {
				const execution = await whenCompleted('01', ['Greenway Café', 'Fernhill Primary School']);
				expect(ended(execution)).toBe('success');
				expect(outputItems(execution, 'List What Was Posted')).toHaveLength(1);
				const [attention] = outputItems(execution, 'List What Needs Attention');
				expect(attention).toMatchObject({ Order: 'SO-1005', Outcome: 'blocked' });
				expect(String(attention?.Reason)).toMatch(/429|tax/i);
				expect(String(attention?.Fix)).not.toBe('');
				expect(orderOf('Greenway Café')['Sync Message']).toContain(String(attention?.Reason));
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			MINUTE,
		);

		it(
			'goes again by itself when the trouble was mended in Knack',
			async () => {
				const workflowId = await watch('01');
				complete('Greenway Café');
				const first = await lookAtOnce(workflowId, []);
				expect(sandbox.xero.invoices()).toEqual([]);
				const wrong = sandbox.knack
					.recordIds('Order Lines')
					.find((id) => sandbox.knack.shown('Order Lines', id).Description === 'Sundries');
				if (!wrong) throw new Error('The seed has no line for sundries');
				sandbox.knack.updateRecord('Order Lines', wrong, { 'Account Code': '200' });
				await lookAtOnce(workflowId, [first.id]);
				expect(sandbox.xero.invoices()).toHaveLength(1);
				expect(orderOf('Greenway Café')).toMatchObject({
					'Invoice Number': expect.stringMatching(/INV/),
					'Sync Message': '',
				});
			},
			2 * MINUTE,
		);
	});

	describe('02: a payment in Xero', () => {
		it(
			'puts the status and the amounts on the order and tells fulfilment once',
			async () => {
				await whenCompleted('01', ['Fernhill Primary School']);
				const number = orderOf('Fernhill Primary School')['Invoice Number'] ?? '';
				sandbox.xero.approveInvoice(number);
				const workflowId = await importExample('02', (workflow) => {
					for (const node of workflow.nodes) {
						if (node.type !== SCHEDULE) continue;
						node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 5 }] };
					}
				});
				await n8n.activate(workflowId);
				await until('the invoice is told as unpaid', MINUTE, async () =>
					Promise.resolve(orderOf('Fernhill Primary School')['Payment Status'] === 'Unpaid'),
				);
				sandbox.xero.recordPayment({ invoiceNumber: number, amount: '200.00' });
				await until('the part payment is told', MINUTE, async () =>
					Promise.resolve(orderOf('Fernhill Primary School')['Payment Status'] === 'Partly paid'),
				);
				expect(neighbours.slackMessages).toEqual([]);
				sandbox.xero.recordPayment({ invoiceNumber: number });
				await until('the last payment is told', MINUTE, async () =>
					Promise.resolve(orderOf('Fernhill Primary School')['Payment Status'] === 'Paid'),
				);
				expect(orderOf('Fernhill Primary School')).toMatchObject({
					'Amount Paid': '£530.70',
					'Amount Due': '£0.00',
				});
				await until('fulfilment is told', MINUTE, async () =>
					Promise.resolve(neighbours.slackMessages.length > 0),
				);
				// Two more looks of the schedule find nothing new to tell.
				const before = (await n8n.rest.executions(workflowId)).length;
				await until('the schedule has run on', MINUTE, async () => {
					return (await n8n.rest.executions(workflowId)).length >= before + 2;
				});
				expect(neighbours.slackMessages).toEqual([
					{
						channel: '#fulfilment',
						text: expect.stringContaining('Fernhill Primary School has paid'),
					},
				]);
			},
			3 * MINUTE,
		);
	});

	describe('03: an order is completed', () => {
		it(
			'becomes an invoice, a note on the contact in HubSpot and a message in Slack',
			async () => {
				const execution = await whenCompleted('03', ['Fernhill Primary School']);
				expect(ended(execution)).toBe('success');
				const number = orderOf('Fernhill Primary School')['Invoice Number'] ?? 'no number';
				const contactId = neighbours.hubSpotContacts.get('accounts@fernhill-school.example.com');
				expect(neighbours.hubSpotNotes).toEqual([
					{ contactIds: [contactId], body: expect.stringContaining(number) },
				]);
				expect(neighbours.slackMessages).toEqual([
					{ channel: '#fulfilment', text: expect.stringContaining(number) },
				]);
			},
			MINUTE,
		);

		it(
			'is invoiced once though HubSpot fails, and accounts are told',
			async () => {
				// The step tries three times before it gives up.
				neighbours.failNext('api.hubapi.com', 500, 3);
				const execution = await whenCompleted('03', ['Fernhill Primary School']);
				expect(ended(execution)).toBe('success');
				expect(sandbox.xero.invoices()).toHaveLength(1);
				expect(neighbours.hubSpotNotes).toEqual([]);
				expect(neighbours.slackMessages.map(({ channel }) => channel).sort()).toEqual([
					'#accounts',
					'#fulfilment',
				]);
			},
			MINUTE,
		);

		it(
			'is invoiced once though Slack fails, also when the execution is run again',
			async () => {
				neighbours.failNext('slack.com', 500, 3);
				const workflowId = await watch('03');
				complete('Fernhill Primary School');
				const failed = await lookAtOnce(workflowId, []);
				expect(failed.status).toBe('error');
				expect(ended(failed)).toMatch(/Slack/);
				expect(sandbox.xero.invoices()).toHaveLength(1);
				await n8n.rest.call('POST', `/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
				await n8n.nextExecution(workflowId, [failed.id], MINUTE);
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			2 * MINUTE,
		);

		it(
			'that cannot be invoiced is told to accounts, with what to do',
			async () => {
				await whenCompleted('03', ['Greenway Café']);
				expect(sandbox.xero.invoices()).toEqual([]);
				expect(neighbours.hubSpotNotes).toEqual([]);
				expect(neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringMatching(/429|tax/i) },
				]);
			},
			MINUTE,
		);
	});

	// --- what a person does ---------------------------------------------------------------------

	async function tokenCredential(type: string, field: string) {
		const data = { [field]: `not-real-${randomUUID()}` };
		return { id: await n8n.rest.createCredential({ name: type, type, data }), name: type };
	}

	async function importExample(
		prefix: string,
		adapt?: (workflow: WorkflowFile) => void,
	): Promise<string> {
		const found = [...examples].find(([name]) => name.startsWith(prefix));
		if (!found) throw new Error(`There is no example ${prefix}`);
		const id = await importWorkflow(n8n.rest, found[1], connections, adapt);
		imported.push(id);
		return id;
	}

	/** Imports and activates an example that watches orders; what is completed already is past. */
	async function watch(prefix: string): Promise<string> {
		const id = await importExample(prefix);
		await n8n.activate(id);
		return id;
	}

	function orderOf(customer: string): Record<string, string> {
		const orders = sandbox.knack.recordIds('Orders').map((id) => sandbox.knack.shown('Orders', id));
		const order = orders.find(({ Customer }) => Customer === customer);
		if (!order) throw new Error(`The seed has no order of ${customer}`);
		return order;
	}

	function complete(customer: string): void {
		sandbox.knack.updateRecord('Orders', orderOf(customer).id ?? '', { Status: 'Completed' });
	}

	/** n8n looks when a workflow is activated, which saves waiting for the next interval. */
	async function lookAgain(workflowId: string): Promise<void> {
		await n8n.rest.deactivate(workflowId);
		await n8n.activate(workflowId);
	}

	async function lookAtOnce(workflowId: string, known: readonly string[]): Promise<Execution> {
		await lookAgain(workflowId);
		return await n8n.nextExecution(workflowId, known, MINUTE);
	}

	/** Completes orders while an example watches, and gives its execution. */
	async function whenCompleted(prefix: string, customers: readonly string[]): Promise<Execution> {
		const workflowId = await watch(prefix);
		for (const customer of customers) complete(customer);
		return await lookAtOnce(workflowId, []);
	}
});

/** "success", or what went wrong. */
function ended({ status, data }: Execution): string {
	return status === 'success' ? status : `${status}: ${data?.resultData.error?.message ?? ''}`;
}
