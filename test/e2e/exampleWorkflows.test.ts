/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { DateTime } from 'luxon';
import { nodeOfType } from '../../scripts/realN8n/exampleWorkflows';
import { outputItems } from '../../scripts/realN8n/n8nRest';
import { until } from '../../scripts/realN8n/waiting';
import { configured, ended, ExampleRig, examples, MINUTE, SCHEDULE } from './exampleRig';
import { importWarnings } from './importWarnings';

/**
 * Each example as it is shipped, in a real n8n, against the sandbox's seed; HubSpot and Slack under
 * their production addresses, answered by a proxy on this machine. Those from 04 on are run in
 * moreExamples.test.ts.
 */
describe('the example workflows', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;

	it(
		'are imported without a warning, and inactive',
		async () => {
			const { rest } = rig.n8n;
			const nodeTypes = await rest.nodeTypes();
			for (const name of examples.keys()) {
				expect([name, examples.get(name)?.active]).toEqual([name, false]);
				const stored = await rest.workflow(await rig.importExample(name));
				expect([name, importWarnings(stored, nodeTypes)]).toEqual([name, []]);
				expect([name, stored.active]).toEqual([name, false]);
			}
		},
		MINUTE,
	);

	/** Waits until an order shows this, and gives the order. */
	const orderShows = async (field: string, value: RegExp) =>
		await until(`the order shows ${String(value)} as ${field}`, MINUTE, async () => {
			const order = rig.orderOf('Fernhill Primary School');
			return await Promise.resolve(value.test(order[field] ?? '') ? order : undefined);
		});

	describe('01: an order is completed', () => {
		it(
			'is in Xero once when Knack calls, also twice, and the next poll finds nothing more',
			async () => {
				const workflowId = await rig.watchWithFlow('01', configured('Days to Pay', '14'));
				sandbox.knack.setFlags({ flowDelivery: 'twice' });
				rig.complete('Fernhill Primary School');
				const execution = await rig.n8n.nextExecution(workflowId, [], MINUTE);
				expect([ended(execution), execution.mode]).toEqual(['success', 'webhook']);
				expect(outputItems(execution, 'List What Was Posted')).toHaveLength(1);
				await orderShows('Invoice Number', /INV/);
				await sandbox.knack.flows.settled();
				// A poll comes with each activation; only the second order is news to it.
				await rig.n8n.rest.deactivate(workflowId);
				sandbox.knack.setFlags({ flowDelivery: 'never' });
				const { id = '', 'Order Date': ordered = '' } = rig.orderOf('Harbour View Guest House');
				sandbox.knack.updateRecord('Orders', id, { 'Due Date': '' });
				rig.complete('Harbour View Guest House');
				await rig.n8n.activate(workflowId);
				const polled = await rig.n8n.nextExecution(workflowId, [execution.id], MINUTE);
				expect(outputItems(polled, 'List What Was Posted')).toHaveLength(1);
				const references = sandbox.xero.invoices().map(({ Reference }) => Reference);
				expect(new Set(references).size).toBe(2);
				expect(references).toHaveLength(2);
				// Without a due date it is to be paid after the days that Configure Me names.
				const dueDate = DateTime.fromFormat(ordered, 'dd/MM/yyyy').plus({ days: 14 });
				expect(sandbox.xero.invoices().map((one) => one.DueDateString)).toContain(
					`${dueDate.toISODate()}T00:00:00`,
				);
			},
			2 * MINUTE,
		);

		it(
			'becomes an invoice in Xero, whose number, status and link come back',
			async () => {
				const execution = await rig.whenCompleted('01', ['Fernhill Primary School']);
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
				const order = rig.orderOf('Fernhill Primary School');
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
				const execution = await rig.whenCompleted('01', [
					'Greenway Café',
					'Fernhill Primary School',
				]);
				expect(ended(execution)).toBe('success');
				expect(outputItems(execution, 'List What Was Posted')).toHaveLength(1);
				const [attention] = outputItems(execution, 'List What Needs Attention');
				expect(attention).toMatchObject({ Order: 'SO-1005', Outcome: 'blocked' });
				expect(String(attention?.Reason)).toMatch(/429|tax/i);
				expect(String(attention?.Fix)).not.toBe('');
				expect(rig.orderOf('Greenway Café')['Sync Message']).toContain(String(attention?.Reason));
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			MINUTE,
		);

		it(
			'goes again by itself when the trouble was mended in Knack',
			async () => {
				const workflowId = await rig.watch('01');
				rig.complete('Greenway Café');
				const first = await rig.lookAtOnce(workflowId, []);
				expect(sandbox.xero.invoices()).toEqual([]);
				const wrong = sandbox.knack
					.recordIds('Order Lines')
					.find((id) => sandbox.knack.shown('Order Lines', id).Description === 'Sundries');
				if (!wrong) throw new Error('The seed has no line for sundries');
				sandbox.knack.updateRecord('Order Lines', wrong, { 'Account Code': '200' });
				await rig.lookAtOnce(workflowId, [first.id]);
				expect(sandbox.xero.invoices()).toHaveLength(1);
				expect(rig.orderOf('Greenway Café')).toMatchObject({
					'Invoice Number': expect.stringMatching(/INV/),
					'Sync Message': '',
				});
			},
			2 * MINUTE,
		);
	});

	describe('02: a payment in Xero', () => {
		/** An order whose approved invoice waits for its payment. @returns the invoice's number */
		async function invoiced(): Promise<string> {
			await rig.whenCompleted('01', ['Fernhill Primary School']);
			const number = rig.orderOf('Fernhill Primary School')['Invoice Number'] ?? '';
			sandbox.xero.approveInvoice(number);
			return number;
		}

		/** What a round, run by hand, wrote to Knack. */
		async function writtenByRound(workflowId: string) {
			const before = sandbox.journal.filter({}).at(-1)?.id ?? 0;
			const round = await rig.n8n.run(workflowId, 'Every Ten Minutes');
			expect(ended(round)).toBe('success');
			return sandbox.journal.filter({ service: 'knack', kind: 'write', afterId: before });
		}

		it(
			'is on the order when Xero calls, and told once; the next round finds nothing to do',
			async () => {
				const number = await invoiced();
				const workflowId = await rig.watchWithWebhook('02');
				sandbox.xero.recordPayment({ invoiceNumber: number });
				const order = await orderShows('Payment Status', /^Paid$/);
				expect(order).toMatchObject({ 'Amount Paid': '£530.70', 'Amount Due': '£0.00' });
				await until('fulfilment is told', MINUTE, async () =>
					Promise.resolve(rig.neighbours.slackMessages.length > 0),
				);
				expect(await writtenByRound(workflowId)).toEqual([]);
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#fulfilment',
						text: expect.stringContaining('Fernhill Primary School has paid'),
					},
				]);
				const modes = (await rig.n8n.rest.executions(workflowId)).map(({ mode }) => mode);
				expect(modes).toContain('webhook');
				expect(modes).not.toContain('trigger');
			},
			2 * MINUTE,
		);

		it(
			'is on the order though Slack fails; the red run keeps what was to be told, and nothing is written again',
			async () => {
				const number = await invoiced();
				const workflowId = await rig.watchWithWebhook('02');
				rig.neighbours.failNext('slack.com', 500, 3);
				sandbox.xero.recordPayment({ invoiceNumber: number });
				await orderShows('Payment Status', /^Paid$/);
				const failed = await until('the run that told nobody is red', MINUTE, async () =>
					(await rig.n8n.rest.executions(workflowId)).find(({ status }) => status === 'error'),
				);
				const run = await rig.n8n.finished(failed.id);
				expect(ended(run)).toMatch(/Slack.*up to date.*input of the Slack step/);
				expect(outputItems(run, 'Has It Just Been Paid?')).toEqual([
					expect.objectContaining({ summary: expect.stringContaining(number) }),
				]);
				expect(await writtenByRound(workflowId)).toEqual([]);
				expect(rig.orderOf('Fernhill Primary School')['Payment Status']).toBe('Paid');
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			2 * MINUTE,
		);

		it(
			'that Knack does not take when Xero calls is on the order with the next round',
			async () => {
				const number = await invoiced();
				const workflowId = await rig.watchWithWebhook('02');
				sandbox.faults.add({
					service: 'knack',
					kind: 'status',
					method: 'PUT',
					status: 400,
					body: JSON.stringify({ errors: [{ message: 'Knack takes nothing today' }] }),
					times: 100,
				});
				sandbox.xero.recordPayment({ invoiceNumber: number });
				await rig.n8n.nextExecution(workflowId, [], MINUTE);
				expect(rig.orderOf('Fernhill Primary School')['Payment Status']).not.toBe('Paid');
				sandbox.faults.clear();
				expect(await writtenByRound(workflowId)).not.toEqual([]);
				expect(rig.orderOf('Fernhill Primary School')['Payment Status']).toBe('Paid');
				await until('fulfilment is told', MINUTE, async () =>
					Promise.resolve(rig.neighbours.slackMessages.length > 0),
				);
			},
			2 * MINUTE,
		);

		it(
			'needs no address that Xero reaches: with the trigger off the rounds do all, and tell once',
			async () => {
				const number = await invoiced();
				const workflowId = await rig.importExample('02', (workflow) => {
					// Off as the note says; without a credential it could not be activated otherwise.
					const trigger = nodeOfType(workflow, 'n8n-nodes-knack-xero.xeroTrigger');
					trigger.disabled = true;
					delete trigger.credentials;
					for (const node of workflow.nodes) {
						if (node.type !== SCHEDULE) continue;
						node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 5 }] };
					}
				});
				await rig.n8n.activate(workflowId);
				await until('the invoice is told as unpaid', MINUTE, async () =>
					Promise.resolve(rig.orderOf('Fernhill Primary School')['Payment Status'] === 'Unpaid'),
				);
				sandbox.xero.recordPayment({ invoiceNumber: number, amount: '200.00' });
				await until('the part payment is told', MINUTE, async () =>
					Promise.resolve(
						rig.orderOf('Fernhill Primary School')['Payment Status'] === 'Partly paid',
					),
				);
				expect(rig.neighbours.slackMessages).toEqual([]);
				sandbox.xero.recordPayment({ invoiceNumber: number });
				await until('the last payment is told', MINUTE, async () =>
					Promise.resolve(rig.orderOf('Fernhill Primary School')['Payment Status'] === 'Paid'),
				);
				expect(rig.orderOf('Fernhill Primary School')).toMatchObject({
					'Amount Paid': '£530.70',
					'Amount Due': '£0.00',
				});
				await until('fulfilment is told', MINUTE, async () =>
					Promise.resolve(rig.neighbours.slackMessages.length > 0),
				);
				// Two more looks of the schedule find nothing new to tell.
				const before = (await rig.n8n.rest.executions(workflowId)).length;
				await until('the schedule has run on', MINUTE, async () => {
					return (await rig.n8n.rest.executions(workflowId)).length >= before + 2;
				});
				expect(rig.neighbours.slackMessages).toEqual([
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
			'becomes an invoice, a note on the contact in HubSpot and a message in Slack when Knack calls',
			async () => {
				const workflowId = await rig.watchWithFlow('03');
				rig.complete('Fernhill Primary School');
				const execution = await rig.n8n.nextExecution(workflowId, [], MINUTE);
				expect([ended(execution), execution.mode]).toEqual(['success', 'webhook']);
				const order = rig.orderOf('Fernhill Primary School');
				expect(order).toMatchObject({ 'Sync Message': '' });
				const number = order['Invoice Number'] ?? '';
				expect([number, rig.neighbours.slackMessages]).toEqual([
					expect.stringMatching(/INV/),
					[{ channel: '#fulfilment', text: expect.stringContaining(number) }],
				]);
				const contactId = rig.neighbours.hubSpotContacts.get(
					'accounts@fernhill-school.example.com',
				);
				expect(rig.neighbours.hubSpotNotes).toEqual([
					{ contactIds: [contactId], body: expect.stringContaining(number) },
				]);
			},
			MINUTE,
		);

		it(
			'is invoiced once though HubSpot fails, and accounts are told',
			async () => {
				// The step tries three times before it gives up.
				rig.neighbours.failNext('api.hubapi.com', 500, 3);
				const execution = await rig.whenCompleted('03', ['Fernhill Primary School']);
				expect(ended(execution)).toBe('success');
				expect(sandbox.xero.invoices()).toHaveLength(1);
				expect(rig.neighbours.hubSpotNotes).toEqual([]);
				expect(rig.neighbours.slackMessages.map(({ channel }) => channel).sort()).toEqual([
					'#accounts',
					'#fulfilment',
				]);
			},
			MINUTE,
		);

		it(
			'is invoiced once though Slack fails, also when the execution is run again',
			async () => {
				rig.neighbours.failNext('slack.com', 500, 3);
				const workflowId = await rig.watchWithFlow('03');
				sandbox.knack.setFlags({ flowDelivery: 'twice' });
				rig.complete('Fernhill Primary School');
				const failed = await rig.n8n.nextExecution(workflowId, [], MINUTE);
				expect(failed.status).toBe('error');
				expect(ended(failed)).toMatch(/Slack/);
				expect(sandbox.xero.invoices()).toHaveLength(1);
				await rig.n8n.rest.call('POST', `/rest/executions/${failed.id}/retry`, {
					loadWorkflow: false,
				});
				await rig.n8n.nextExecution(workflowId, [failed.id], MINUTE);
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			2 * MINUTE,
		);

		it(
			'that cannot be invoiced is told to accounts, with what to do',
			async () => {
				await rig.whenCompleted('03', ['Greenway Café']);
				expect(sandbox.xero.invoices()).toEqual([]);
				expect(rig.neighbours.hubSpotNotes).toEqual([]);
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringMatching(/429|tax/i) },
				]);
			},
			MINUTE,
		);
	});
});
