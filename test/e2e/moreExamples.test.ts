/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { type Execution, outputItems, type WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { configured, ended, ExampleRig, examples, MINUTE } from './exampleRig';

/** As exampleWorkflows.test.ts, for the examples from 04 on. */
describe('the example workflows from 04 on', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;

	describe('04: a customer is entered or edited in Knack', () => {
		const EMAIL = 'hello@nettle-and-co.example.com';

		it(
			'is one contact in Xero and in HubSpot, and an edit brings both up to date',
			async () => {
				const contactsBefore = sandbox.xero.contacts().length;
				const workflowId = await rig.watch('04');
				enterCustomer();
				const first = await rig.lookAtOnce(workflowId, []);
				expect(ended(first)).toBe('success');
				expect(outputItems(first, 'List What Was Synced')).toEqual([
					expect.objectContaining({ Customer: 'Nettle & Co', Xero: 'created', HubSpot: 'created' }),
				]);
				expect(customer()).toMatchObject({
					'Xero Contact ID': String(xeroContact()?.ContactID),
					'Sync Message': '',
				});
				expect(rig.neighbours.hubSpotProperties.get(EMAIL)).toEqual({
					company: 'Nettle & Co',
					firstname: 'Ida',
					lastname: 'Nettle',
					phone: '01632 960199',
					address: '3 Hedge Row',
					city: 'Ludlow',
					zip: 'SY8 9ZZ',
					country: 'United Kingdom',
				});

				editCustomer({ Phone: '01632 960200' });
				const second = await rig.lookAtOnce(workflowId, [first.id]);
				// The ID that came back was no edit: only the telephone number started this run.
				expect((await rig.n8n.rest.executions(workflowId)).map(({ id }) => id)).toEqual([
					second.id,
					first.id,
				]);
				expect(outputItems(second, 'List What Was Synced')).toEqual([
					expect.objectContaining({ Xero: 'updated', HubSpot: 'updated' }),
				]);
				expect(sandbox.xero.contacts()).toHaveLength(contactsBefore + 1);
				expect(JSON.stringify(xeroContact()?.Phones)).toContain('01632 960200');
				expect(rig.neighbours.hubSpotContacts.size).toBe(1);
				expect(rig.neighbours.hubSpotProperties.get(EMAIL)).toMatchObject({
					phone: '01632 960200',
				});
			},
			2 * MINUTE,
		);

		it(
			'that Xero does not take says why in Knack, and HubSpot is not told',
			async () => {
				const workflowId = await rig.watch('04');
				const { id } = rig.shownWhere('Customers', 'Name', 'Dunmore Dental Practice');
				sandbox.knack.updateRecord('Customers', id ?? '', { Phone: '01632 960300' });
				const execution = await rig.lookAtOnce(workflowId, []);
				expect(ended(execution)).toBe('success');
				const [attention] = outputItems(execution, 'List What Needs Attention');
				expect(attention).toMatchObject({
					Customer: 'Dunmore Dental Practice',
					Reason: expect.stringMatching(/archived/i),
					Fix: expect.stringMatching(/\w/),
				});
				expect(
					rig.shownWhere('Customers', 'Name', 'Dunmore Dental Practice')['Sync Message'],
				).toContain(String(attention?.Reason));
				expect(rig.neighbours.hubSpotContacts.size).toBe(0);
			},
			MINUTE,
		);

		it(
			'is in Xero once though HubSpot fails; Knack says so, and the next edit sends it again',
			async () => {
				const contactsBefore = sandbox.xero.contacts().length;
				// The step tries three times before it gives up.
				rig.neighbours.failNext('api.hubapi.com', 500, 3);
				const workflowId = await rig.watch('04');
				enterCustomer();
				const first = await rig.lookAtOnce(workflowId, []);
				expect(ended(first)).toMatch(/^error: .*HubSpot did not take the contact of Nettle & Co/);
				expect(customer()['Sync Message']).toMatch(/HubSpot did not take this contact/);

				editCustomer({ Phone: '01632 960200' });
				const second = await rig.lookAtOnce(workflowId, [first.id]);
				expect(ended(second)).toBe('success');
				expect(customer()['Sync Message']).toBe('');
				expect(rig.neighbours.hubSpotContacts.size).toBe(1);
				expect(sandbox.xero.contacts()).toHaveLength(contactsBefore + 1);
			},
			2 * MINUTE,
		);

		function enterCustomer(): void {
			sandbox.knack.createRecord('Customers', {
				Name: 'Nettle & Co',
				'Customer Number': 'C-099',
				'Contact Person': { first: 'Ida', last: 'Nettle' },
				Email: { email: EMAIL },
				Phone: '01632 960199',
				Address: { street: '3 Hedge Row', city: 'Ludlow', zip: 'SY8 9ZZ' },
			});
		}

		function customer(): Record<string, string> {
			return rig.shownWhere('Customers', 'Name', 'Nettle & Co');
		}

		function editCustomer(values: Readonly<Record<string, unknown>>): void {
			sandbox.knack.updateRecord('Customers', customer().id ?? '', values);
		}

		function xeroContact() {
			return sandbox.xero.contacts().find(({ Name }) => Name === 'Nettle & Co');
		}
	});

	describe('05: a morning', () => {
		it(
			'is one message: what was paid, what is overdue, what is stuck and why',
			async () => {
				await withNews();
				const execution = await runDigest();
				expect(ended(execution)).toBe('success');
				expect(rig.neighbours.slackMessages).toHaveLength(1);
				const [{ channel, text } = { channel: '', text: '' }] = rig.neighbours.slackMessages;
				expect(channel).toBe('#accounts');
				expect(text).toMatch(
					/\*Paid \(1\)\*\n• Fernhill Primary School, INV-\d+: 200\.00 of 530\.70 GBP paid, 330\.70 due/,
				);
				expect(text).toMatch(/\*Overdue \(1\)\*\n• Fernhill Primary School, SO-1003: 330\.70 GBP/);
				expect(text).toMatch(/\*Stuck.*\(1\)\*\n• Greenway Café, SO-1005: .*429/);
				expect(rig.orderOf('Fernhill Primary School')).toMatchObject({
					'Payment Status': 'Partly paid',
					'Amount Due': '£330.70',
				});
			},
			2 * MINUTE,
		);

		it(
			'without news is told as such, or not at all where that is so configured',
			async () => {
				expect(ended(await runDigest())).toBe('success');
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringContaining('Nothing to report') },
				]);
				expect(ended(await runDigest(configured('Tell When There Is Nothing', false)))).toBe(
					'success',
				);
				expect(rig.neighbours.slackMessages).toHaveLength(1);
			},
			2 * MINUTE,
		);

		it(
			'that Slack does not take ends in red with the digest; Knack is right, nothing is posted',
			async () => {
				await withNews();
				rig.neighbours.failNext('slack.com', 500, 3);
				const execution = await runDigest();
				expect(ended(execution)).toMatch(/^error: .*could not be sent.*Fernhill Primary School/s);
				expect(rig.neighbours.slackMessages).toEqual([]);
				expect(rig.orderOf('Fernhill Primary School')['Payment Status']).toBe('Partly paid');
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			2 * MINUTE,
		);

		it(
			'of samples is never told',
			async () => {
				const execution = await runDigest((workflow) => {
					workflow.pinData = pinned('05');
				});
				expect(ended(execution)).toBe('success');
				expect(outputItems(execution, 'Write the Digest')[0]?.digest).toMatch(
					/Paid \(1\)[^]*Overdue \(1\)[^]*Stuck.*\(1\)/,
				);
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			MINUTE,
		);

		/** An invoice in part paid and overdue, and an order that Xero did not take. */
		async function withNews(): Promise<void> {
			await rig.whenCompleted('01', ['Fernhill Primary School', 'Greenway Café']);
			const { id, 'Invoice Number': invoiceNumber = '' } = rig.orderOf('Fernhill Primary School');
			sandbox.xero.approveInvoice(invoiceNumber);
			sandbox.xero.recordPayment({ invoiceNumber, amount: '200.00' });
			sandbox.knack.updateRecord('Orders', id ?? '', { 'Due Date': '01/11/2026' });
		}

		async function runDigest(adapt?: (workflow: WorkflowFile) => void): Promise<Execution> {
			const workflowId = await rig.importExample('05', adapt);
			return await rig.n8n.run(workflowId, 'Every Morning at Half Past Six', MINUTE);
		}
	});

	describe('06: an order that Xero did not take', () => {
		it(
			'is told once, mended, sent again by Retry, posted once, and told as settled',
			async () => {
				const { posting, review } = await stuckOrder();
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringMatching(/SO-1005.*Greenway Café.*429/s) },
				]);
				expect(rig.neighbours.slackMessages[0]?.text).toContain(`/orders/${order().id}|SO-1005>`);
				expect(order().Review).toBe('Waiting');
				await runReview(review);
				expect(rig.neighbours.slackMessages).toHaveLength(1);

				mend();
				sandbox.knack.updateRecord('Orders', order().id ?? '', { Review: 'Retry' });
				await rig.lookAtOnce(posting, await idsOf(posting));
				expect(sandbox.xero.invoices()).toHaveLength(1);
				await runReview(review);
				expect(rig.neighbours.slackMessages.slice(1)).toEqual([
					{
						channel: '#accounts',
						text: expect.stringContaining(`${order()['Invoice Number']} in Xero`),
					},
				]);
				expect(order().Review).toBe('');
				await runReview(review);
				expect(rig.neighbours.slackMessages).toHaveLength(2);
				expect(sandbox.xero.invoices()).toHaveLength(1);
			},
			3 * MINUTE,
		);

		it(
			'and does not after Retry either is told as still stuck, and waits again',
			async () => {
				const { posting, review } = await stuckOrder();
				sandbox.knack.updateRecord('Orders', order().id ?? '', { Review: 'Retry' });
				await rig.lookAtOnce(posting, await idsOf(posting));
				await runReview(review);
				expect(rig.neighbours.slackMessages[1]?.text).toMatch(/SO-1005.*is still not in Xero/);
				expect(order().Review).toBe('Waiting');
				expect(sandbox.xero.invoices()).toEqual([]);
			},
			2 * MINUTE,
		);

		it(
			'is told by the next run where Slack failed, and nothing is posted meanwhile',
			async () => {
				rig.neighbours.failNext('slack.com', 500, 3);
				await rig.whenCompleted('01', ['Greenway Café']);
				const review = await importReview();
				const failed = await rig.n8n.run(review, 'Every Quarter of an Hour', MINUTE);
				expect(ended(failed)).toMatch(/^error: .*review queue/i);
				expect(order().Review).toBe('');
				await runReview(review);
				expect(rig.neighbours.slackMessages).toHaveLength(1);
				expect(sandbox.xero.invoices()).toEqual([]);
			},
			2 * MINUTE,
		);

		it(
			'is not told where it is the sample',
			async () => {
				const review = await rig.importExample('06', (workflow) => {
					workflow.pinData = pinned('06');
				});
				await runReview(review);
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			MINUTE,
		);

		async function stuckOrder(): Promise<{ posting: string; review: string }> {
			const posting = await rig.watch('01');
			rig.complete('Greenway Café');
			await rig.lookAtOnce(posting, []);
			const review = await importReview();
			await runReview(review);
			return { posting, review };
		}

		/** Example 01 looks when the test says so, which saves the wait for its next poll. */
		async function importReview(): Promise<string> {
			return await rig.importExample('06', (workflow) => {
				for (const { type, parameters } of workflow.nodes) {
					if (type !== 'n8n-nodes-base.wait') continue;
					Object.assign(parameters, { amount: 1, unit: 'seconds' });
				}
			});
		}

		async function runReview(workflowId: string): Promise<void> {
			const execution = await rig.n8n.run(workflowId, 'Every Quarter of an Hour', MINUTE);
			expect(ended(execution)).toBe('success');
		}

		function order(): Record<string, string> {
			return rig.orderOf('Greenway Café');
		}

		function mend(): void {
			const { id } = rig.shownWhere('Order Lines', 'Description', 'Sundries');
			sandbox.knack.updateRecord('Order Lines', id ?? '', { 'Account Code': '200' });
		}
	});

	describe('07: another workflow fails', () => {
		it(
			'which is told with its step, the reason and the link to the execution',
			async () => {
				const errorWorkflow = await rig.importExample('07');
				await rig.n8n.activate(errorWorkflow);
				rig.neighbours.failNext('api.hubapi.com', 500, 3);
				const failing = await rig.importExample('04', (workflow) => {
					workflow.settings = { ...workflow.settings, errorWorkflow };
				});
				await rig.n8n.activate(failing);
				const { id } = rig.shownWhere('Customers', 'Name', 'Ashdown Kitchens Ltd');
				sandbox.knack.updateRecord('Customers', id ?? '', { Phone: '01632 960400' });
				const failed = await rig.lookAtOnce(failing, []);
				expect(ended(failed)).toMatch(/^error/);
				const told = await rig.n8n.nextExecution(errorWorkflow, [], MINUTE);
				expect(ended(told)).toBe('success');
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#accounts',
						text: expect.stringMatching(
							/Sync Knack customers.*Say That HubSpot Failed.*Ashdown Kitchens Ltd/s,
						),
					},
				]);
				expect(rig.neighbours.slackMessages[0]?.text).toContain(
					`/workflow/${failing}/executions/${failed.id}`,
				);
			},
			2 * MINUTE,
		);

		it(
			'at its trigger, where there is no execution, which is told with the fix',
			async () => {
				const errorWorkflow = await rig.importExample('07', (workflow) => {
					workflow.pinData = pinned('07');
				});
				expect(ended(await rig.n8n.run(errorWorkflow, 'When a Workflow Fails', MINUTE))).toBe(
					'success',
				);
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#accounts',
						text: expect.stringMatching(
							/could not be started by \*When an Order Is Completed\*.*What to do:.*no execution/s,
						),
					},
				]);
			},
			MINUTE,
		);
	});

	async function idsOf(workflowId: string): Promise<string[]> {
		return (await rig.n8n.rest.executions(workflowId)).map(({ id }) => id);
	}
});

function pinned(prefix: string): WorkflowFile['pinData'] {
	return [...examples].find(([name]) => name.startsWith(prefix))?.[1].pinData;
}
