/** @jest-environment ./test/support/neighboursEnvironment.ts */
import type { Execution, WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { z } from 'zod';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { ended, ExampleRig, MINUTE, SCHEDULE } from './exampleRig';

/** The switches of *Configure Me*; with both off a night is a preview. */
const LINK = 'Link What Is in Xero Already';
const POST = 'Post Invoices';

const assigned = z.object({
	assignments: z.object({
		assignments: z.array(z.object({ name: z.string(), value: z.unknown() }).passthrough()),
	}),
});

describe('the example workflows for a first load and for jobs', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;

	describe('08: old orders', () => {
		const OLD = 120;
		const PORTION = 50;

		it(
			'are previewed first: counted, and nothing is written anywhere',
			async () => {
				seedOldOrders();
				const workflowId = await rig.importExample('08');
				expect(ended(await night(workflowId))).toBe('success');
				expect(writes('xero')).toBe(0);
				expect(writes('knack')).toBe(0);
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#accounts',
						text: expect.stringContaining(
							'Preview of 122 old orders: 122 would be new invoices, 0 in Xero already',
						),
					},
				]);
			},
			2 * MINUTE,
		);

		it(
			'go over night by night in portions, past a spent day, until each has one invoice',
			async () => {
				seedOldOrders();
				const workflowId = await rig.importExample('08', configured({ [POST]: true }));
				await night(workflowId);
				expect(invoicesByReference().size).toBe(PORTION);
				expect(lastMessage()).toContain('Old orders: 50 posted');
				expect(lastMessage()).toContain('72 left.');

				spendTheDay();
				expect(ended(await night(workflowId))).toBe('success');
				expect(invoicesByReference().size).toBe(PORTION);
				expect(lastMessage()).toMatch(/0 posted.* 50 not reached: .*used up for today/);

				beginAnotherDay();
				await night(workflowId);
				await night(workflowId);
				expect(lastMessage()).toContain(' 0 left.');
				const invoices = invoicesByReference();
				expect(invoices.size).toBe(OLD + 2);
				expect([...invoices.values()].filter((count) => count !== 1)).toEqual([]);
				const done = await night(workflowId);
				expect(ended(done)).toBe('success');
				expect(sandbox.xero.invoices()).toHaveLength(OLD + 2);
			},
			4 * MINUTE,
		);

		it(
			'in trouble hold up none of the others, and wait until somebody has mended them',
			async () => {
				const { orderIds, lineIds } = seedOldOrders();
				// An expense account with a sales tax, on the lines of the first ten.
				const wrong = lineIds.slice(0, 30);
				for (const id of wrong) {
					sandbox.knack.updateRecord('Order Lines', id, { 'Account Code': '429' });
				}
				const workflowId = await rig.importExample('08', configured({ [POST]: true }));
				await night(workflowId);
				expect(lastMessage()).toContain('Old orders: 40 posted');
				expect(lastMessage()).toContain('10 need attention, 82 left.');
				await night(workflowId);
				expect(lastMessage()).toContain('Old orders: 50 posted');
				expect(lastMessage()).toContain('32 left, 10 of them waiting for a person.');
				const [first = ''] = orderIds;
				expect(sandbox.knack.shown('Orders', first)['Sync Message']).toMatch(/tax/i);
				for (const id of wrong) {
					sandbox.knack.updateRecord('Order Lines', id, { 'Account Code': '200' });
				}
				sandbox.knack.updateRecord('Orders', first, { 'Sync Message': '' });
				await night(workflowId);
				expect(lastMessage()).toContain('Old orders: 23 posted');
				expect(sandbox.knack.shown('Orders', first)['Xero Invoice ID']).not.toBe('');
			},
			3 * MINUTE,
		);

		it(
			'that Zapier has posted are adopted, and what is uncertain is not posted beside it',
			async () => {
				const { orderIds } = seedOldOrders();
				const zapier = orderIds.slice(0, 10);
				zapier.forEach((id, index) => postedByZapier(id, index === 9 ? 1 : 0));
				const workflowId = await rig.importExample('08', configured({ [LINK]: true }));
				sandbox.journal.clear();
				expect(ended(await night(workflowId))).toBe('success');
				expect(writes('xero')).toBe(0);
				expect(lastMessage()).toContain('9 of 122 found in Xero and linked, 1 not certain');
				expect(sandbox.knack.shown('Orders', zapier[0] ?? '')['Invoice Number']).toBe('ZAP-1');
				const post = await rig.importExample(
					'08',
					configured({ [POST]: true, 'Orders per Night': 500 }),
				);
				await night(post);
				expect(lastMessage()).toContain('Old orders: 112 posted');
				expect(lastMessage()).toContain('1 left, 1 of them waiting for a person.');
				expect(sandbox.xero.invoices()).toHaveLength(OLD + 2);
			},
			3 * MINUTE,
		);

		it(
			'stay where they are when both switches are on',
			async () => {
				const workflowId = await rig.importExample(
					'08',
					configured({ [LINK]: true, [POST]: true }),
				);
				expect(ended(await night(workflowId))).toMatch(/both switches .* are on\. First link/);
				expect(writes('xero')).toBe(0);
				expect(writes('knack')).toBe(0);
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			MINUTE,
		);

		/** As another tool does it: the same lines, a number and words of its own. */
		function postedByZapier(orderId: string, oneDearer: number): void {
			const order = sandbox.knack.shown('Orders', orderId);
			const lines = sandbox.knack
				.recordIds('Order Lines')
				.map((id) => sandbox.knack.shown('Order Lines', id))
				.filter(({ Order }) => Order === order['Order Number']);
			const isoDay = (british = '') => british.split('/').reverse().join('-');
			sandbox.xero.person.saveInvoice({
				Type: 'ACCREC',
				Contact: { Name: String(order.Customer) },
				Date: isoDay(order['Order Date']),
				DueDate: isoDay(order['Due Date']),
				Status: 'AUTHORISED',
				InvoiceNumber: `ZAP-${sandbox.xero.invoices().length + 1}`,
				Reference: `Order ${String(order['Order Number'])}`,
				LineItems: lines.map((line) => ({
					Description: String(line.Description),
					Quantity: Number(line.Quantity),
					UnitAmount: Number(line['Unit Price']?.replace('£', '')) + oneDearer,
					AccountCode: '200',
					TaxType: 'OUTPUT2',
				})),
			});
		}

		/** Beside the two that the sandbox has. */
		function seedOldOrders() {
			return seedCompletedOrders(sandbox, { orders: OLD, customers: 12, existingInXero: 6 });
		}

		function configured(values: Record<string, unknown>): (workflow: WorkflowFile) => void {
			const wanted: Record<string, unknown> = { 'Orders per Night': PORTION, ...values };
			return (workflow) => {
				const node = workflow.nodes.find(({ name }) => name === 'Configure Me');
				const { assignments } = assigned.parse(node?.parameters);
				for (const each of assignments.assignments) each.value = wanted[each.name] ?? each.value;
				Object.assign(node?.parameters ?? {}, { assignments });
			};
		}

		async function night(workflowId: string): Promise<Execution> {
			return await rig.n8n.run(workflowId, 'Every Night');
		}

		function invoicesByReference(): ReadonlyMap<unknown, number> {
			const counts = new Map<unknown, number>();
			for (const { Reference } of sandbox.xero.invoices()) {
				counts.set(Reference, (counts.get(Reference) ?? 0) + 1);
			}
			return counts;
		}

		function lastMessage(): string {
			return rig.neighbours.slackMessages.at(-1)?.text ?? '';
		}

		function spendTheDay(): void {
			sandbox.xero.configure({ dayLimit: 0 });
		}

		function beginAnotherDay(): void {
			sandbox.xero.configure({ dayLimit: 5_000 });
		}
	});

	describe('09: a job', () => {
		const COUNTER = 'Reception counter';
		const WINDOWS = 'Sash windows';

		it(
			'that starts becomes a project with its tasks and approved hours, and their ids come back',
			async () => {
				const workflowId = await watchJobs();
				move(COUNTER, 'In Progress');
				expect(ended(await lookAgain(workflowId))).toBe('success');
				const [project] = ledger().projects.all();
				expect(project).toMatchObject({ name: 'J1004 Reception counter', status: 'INPROGRESS' });
				expect(jobOf(COUNTER)['Xero Project ID']).toBe(project?.projectId);
				expect(sandbox.xero.contacts()).toContainEqual(
					expect.objectContaining({
						ContactID: project?.contactId,
						Name: 'Inkwell Print Studio',
						EmailAddress: 'accounts@inkwell-print.example.com',
					}),
				);
				expect(ended(await hourly(workflowId))).toBe('success');
				expect(
					ledger()
						.tasks.all()
						.map(({ name, chargeType, rate }) => [name, chargeType, rate.toFixed(2)]),
				).toEqual([
					['Survey and drawings', 'FIXED', '180.00'],
					['Joinery', 'TIME', '48.00'],
					['Clearing up', 'NON_CHARGEABLE', '0.00'],
				]);
				expect(hoursInXero()).toEqual([
					['T301 Carcass', 450],
					['T302 Counter top', 375],
				]);
				expect(sheetOf('T301')['Xero Time Entry ID']).toBe(
					ledger().timeEntries.all()[0]?.timeEntryId,
				);
				expect(sheetOf('T303')['Xero Time Entry ID']).toBe('');
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			2 * MINUTE,
		);

		it(
			'that has not started has its approved hours wait, and they go when it has',
			async () => {
				const workflowId = await watchJobs();
				expect(ended(await hourly(workflowId))).toBe('success');
				expect(writes('xero')).toBe(0);
				expect(sheetOf('T301')['Sync Message']).toBe('');
				move(COUNTER, 'In Progress');
				await lookAgain(workflowId);
				await hourly(workflowId);
				expect(hoursInXero()).toHaveLength(2);
			},
			2 * MINUTE,
		);

		it(
			'that is finished becomes one invoice of its approved hours and fixed prices, and the team hears of it',
			async () => {
				const workflowId = await watchJobs();
				move(COUNTER, 'Finished');
				expect(ended(await lookAgain(workflowId))).toBe('success');
				const [invoice] = sandbox.xero.invoices();
				// 180.00, and 13.75 hours at 48.00, and the tax on both.
				expect(invoice).toMatchObject({ Status: 'DRAFT', Total: 1008, Reference: 'J1004' });
				expect(jobOf(COUNTER)).toMatchObject({
					'Invoice Number': String(invoice?.InvoiceNumber),
					'Xero Invoice ID': String(invoice?.InvoiceID),
					'Invoice Status': 'Draft',
				});
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#jobs',
						text: expect.stringContaining('J1004 Reception counter of Inkwell Print Studio'),
					},
				]);
			},
			MINUTE,
		);

		it(
			'is in Xero once, though Knack has forgotten every id and all of it comes again',
			async () => {
				const workflowId = await watchJobs();
				const wholeJob = async () => {
					move(COUNTER, 'New');
					await rig.n8n.rest.deactivate(workflowId);
					await rig.n8n.activate(workflowId);
					move(COUNTER, 'In Progress');
					await lookAgain(workflowId);
					await hourly(workflowId);
					move(COUNTER, 'Finished');
					return await lookAgain(workflowId);
				};
				await wholeJob();
				const before = { written: writes('xero'), told: rig.neighbours.slackMessages.length };
				expect(before).toMatchObject({ told: 1 });
				forgetIds('Jobs', 'Xero Project ID', 'Xero Invoice ID', 'Invoice Number');
				forgetIds('Job Tasks', 'Xero Task ID');
				forgetIds('Timesheets', 'Xero Time Entry ID');
				expect(ended(await wholeJob())).toBe('success');
				expect(sheetOf('T302')['Xero Time Entry ID']).not.toBe('');
				expect(jobOf(COUNTER)['Xero Invoice ID']).not.toBe('');
				expect({ written: writes('xero'), told: rig.neighbours.slackMessages.length }).toEqual(
					before,
				);
			},
			3 * MINUTE,
		);

		it(
			'with hours of somebody whom Xero does not know: accounts hears of it once, and they go when that was mended',
			async () => {
				const workflowId = await watchJobs();
				move(WINDOWS, 'In Progress');
				await lookAgain(workflowId);
				await hourly(workflowId);
				await hourly(workflowId);
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringContaining('sam.hill@example.com') },
				]);
				expect(sheetOf('T304')['Sync Message']).toContain('sam.hill@example.com');
				sandbox.knack.updateRecord('Timesheets', sheetOf('T304').id ?? '', {
					Person: { email: 'kit.marlow@example.com' },
				});
				await hourly(workflowId);
				expect(hoursInXero()).toEqual([['T304 Front bay', 240]]);
				expect(sheetOf('T304')['Sync Message']).toBe('');
			},
			3 * MINUTE,
		);

		it(
			'has corrected hours go again, into the same entry, when their id is emptied',
			async () => {
				const workflowId = await watchJobs();
				move(COUNTER, 'In Progress');
				await lookAgain(workflowId);
				await hourly(workflowId);
				sandbox.knack.updateRecord('Timesheets', sheetOf('T301').id ?? '', {
					Hours: '8',
					'Xero Time Entry ID': '',
				});
				await hourly(workflowId);
				expect(hoursInXero()).toEqual([
					['T301 Carcass', 480],
					['T302 Counter top', 375],
				]);
			},
			2 * MINUTE,
		);

		it(
			'becomes a tracking option where Xero Projects is not used',
			async () => {
				const projectSteps = [
					'Create or Update the Contact',
					'Take the Job with Its Contact',
					'Create or Update the Project',
				];
				const workflowId = await watchJobs((workflow) => {
					for (const node of workflow.nodes) {
						if (node.name === 'Create or Update the Tracking Option') node.disabled = false;
						if (projectSteps.includes(node.name)) node.disabled = true;
					}
				});
				move(COUNTER, 'In Progress');
				expect(ended(await lookAgain(workflowId))).toBe('success');
				const [category] = ledger().trackingCategories.all();
				expect(category?.options.map(({ name }) => name)).toContain('J1004 Reception counter');
				expect(ledger().projects.all()).toEqual([]);
			},
			MINUTE,
		);

		/** The example as imported, active; its hourly round is started by hand. */
		async function watchJobs(adapt?: (workflow: WorkflowFile) => void): Promise<string> {
			const id = await rig.importExample('09', (workflow) => {
				for (const node of workflow.nodes) {
					if (node.type !== SCHEDULE) continue;
					node.parameters.rule = { interval: [{ field: 'months', monthsInterval: 12 }] };
				}
				adapt?.(workflow);
			});
			await rig.n8n.activate(id);
			return id;
		}

		async function lookAgain(workflowId: string): Promise<Execution> {
			const known = await rig.n8n.rest.executions(workflowId);
			return await rig.lookAtOnce(
				workflowId,
				known.map(({ id }) => id),
			);
		}

		async function hourly(workflowId: string): Promise<Execution> {
			return await rig.n8n.run(workflowId, 'Every Hour');
		}

		function jobOf(name: string): Record<string, string> {
			return rig.shownWhere('Jobs', 'Job Name', name);
		}

		function move(name: string, status: string): void {
			sandbox.knack.updateRecord('Jobs', jobOf(name).id ?? '', { Status: status });
		}

		function sheetOf(number: string): Record<string, string> {
			return rig.shownWhere('Timesheets', 'Timesheet Number', number);
		}

		function forgetIds(table: string, ...fields: readonly string[]): void {
			const blank = Object.fromEntries(fields.map((field) => [field, '']));
			for (const id of sandbox.knack.recordIds(table)) sandbox.knack.updateRecord(table, id, blank);
		}

		function hoursInXero(): Array<[string | undefined, number]> {
			return ledger()
				.timeEntries.all()
				.map(({ description, durationMinutes }) => [description, durationMinutes]);
		}
	});

	function ledger() {
		return sandbox.xero.organisation();
	}

	function writes(service: 'knack' | 'xero'): number {
		return sandbox.journal.filter({ service, kind: 'write' }).length;
	}
});
