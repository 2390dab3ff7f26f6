/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../sandbox/xero/json';
import { SCOPE_FOR_INSIGHTS } from '../../scripts/realN8n/exampleWorkflows';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { configured, ended, ExampleRig, MINUTE } from './exampleRig';

const COUNTER = 'J1004 Reception counter';

/** As exampleWorkflows.test.ts, for the examples that look at the whole. */
describe('the example workflows of figures and differences', () => {
	const rig = ExampleRig.forThisFile(SCOPE_FOR_INSIGHTS);
	const { sandbox } = rig;

	describe('13: the Monday page', () => {
		const MONDAY = 'Every Monday at Seven';

		it(
			'goes out once by e-mail, with what each part agrees to, and in short to Slack',
			async () => {
				saved(sale('INV-9101', '2000.00'));
				saved({ ...sale('INV-9102', '310.00'), Contact: { Name: 'Moss & Daughters' } });
				retained('INV-9103', '1000.00', '50.00');

				// Known by the number, since Xero takes no such name.
				const { id } = rig.shownWhere('Customers', 'Name', 'Ashdown Kitchens Ltd');
				sandbox.knack.updateRecord('Customers', id ?? '', { Name: 'Ashdown <b>Kitchens</b>' });
				sandbox.journal.clear();
				const workflowId = await rig.importExample('13', onStopBy({ contact: 'Customer Number' }));
				expect(ended(await rig.n8n.run(workflowId, MONDAY, 5 * MINUTE))).toBe('success');
				expect(writes('xero')).toEqual([]);
				expect(writes('knack')).toEqual([]);

				expect(rig.mailbox.mails).toHaveLength(1);
				const [mail] = rig.mailbox.mails;
				expect(mail).toMatchObject({
					from: 'n8n@example.com',
					to: ['accounts@example.com'],
					subject: expect.stringMatching(/^Monday Page, .+, \d{4}-\d\d-\d\d$/),
					files: [expect.stringMatching(/^insights-.*\.html$/)],
				});
				const html = mail?.html ?? '';
				const headings = [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, words]) => words);
				expect(headings).toEqual([
					'Receivables',
					'On Stop',
					'Customer Statement',
					'Cash Forecast',
					'Tie-Out',
				]);
				expect(debtors()).toBe('GBP 3,260.00');
				expect(html).toContain(`${debtors()} agrees to Accounts Receivable`);
				expect(html).toMatch(
					/GBP 50\.00 agrees to Retentions Receivable \(615\).*difference 0\.00/,
				);
				expect(html).toContain('GBP 2,000.00 is over the limit of GBP 1,500.00.');
				expect(html).toContain('Moss &amp; Daughters');
				expect(html).toContain('Ashdown &lt;b&gt;Kitchens&lt;/b&gt;');
				expect(html).not.toContain('<b>');
				expect(html).not.toContain('Statement of account');
				expect(html).toContain('Monday Page, Demo Trade Ltd</h1>');

				expect(rig.neighbours.slackMessages).toHaveLength(1);
				const [message] = rig.neighbours.slackMessages;
				expect(message?.channel).toBe('#accounts');
				expect(message?.text).toMatch(/^\*Monday Page, .*\*Receivables\*.*\*Tie-Out\*/s);
				expect(message?.text).toContain('difference 0.00');
			},
			7 * MINUTE,
		);

		it(
			'says which part is missing and that the mail failed, and has no amount in Slack where none is wanted',
			async () => {
				saved({ ...sale('INV-9102', '310.00'), Contact: { Name: 'Moss & Daughters' } });
				const workflowId = await rig.importExample('13', (workflow) => {
					configured('Amounts in Slack', false)(workflow);
					onStopBy({ unbilled: 'Nowhere' })(workflow);
				});
				// n8n tries three times.
				rig.mailbox.refuseNext(3);
				const said = ended(await rig.n8n.run(workflowId, MONDAY, 5 * MINUTE));
				expect(said).toMatch(
					/^error: The Monday page: 1 of the parts could not be worked out: On Stop/,
				);
				expect(said).toContain('The page could not be sent by e-mail');
				expect(rig.mailbox.mails).toEqual([]);
				expect(rig.neighbours.slackMessages).toHaveLength(1);
				const text = rig.neighbours.slackMessages[0]?.text ?? '';
				expect(text).toContain('*On Stop*\n✗ This could not be worked out.');
				expect(text).toContain(':warning: The page could not be sent by e-mail');
				expect(text).toContain('Moss &amp; Daughters');
				expect(text).not.toMatch(/\d\.\d\d/);
				expect(writes('xero')).toEqual([]);
			},
			7 * MINUTE,
		);

		/** Chooses further fields of customers, as a person would. */
		function onStopBy(fields: Record<string, string>): (workflow: WorkflowFile) => void {
			return ({ nodes }) => {
				const step = nodes.find(({ name }) => name === 'Who Is on Stop');
				if (!step) throw new Error('There is no such step');
				step.parameters.customerFields = { limit: 'Credit Limit', ...fields };
			};
		}

		/** What is due on approved invoices in the sandbox's Xero. */
		function debtors(): string {
			const open = sandbox.xero.person
				.invoices()
				.filter(({ Type, Status }) => Type === 'ACCREC' && Status === 'AUTHORISED');
			const pence = open.reduce(
				(sum, { AmountDue }) => sum + Math.round(Number(AmountDue) * 100),
				0,
			);
			return `GBP ${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`;
		}

		/** An invoice of which a part is kept back, with its claim in Knack. */
		function retained(number: string, amount: string, kept: string): void {
			const invoice = sale(number, amount);
			const line = (account: string, price: string) => ({
				Description: 'Work',
				Quantity: 1,
				UnitAmount: price,
				AccountCode: account,
				TaxType: 'NONE',
			});
			saved({
				...invoice,
				Contact: { Name: 'Eastgate Housing Association' },
				LineItems: [line('200', amount), line('615', `-${kept}`)],
			});
			const job = rig.shownWhere('Jobs', 'Job Name', 'Six flats at Mill Lane').id;
			sandbox.knack.createRecord('Claims', { Job: [job], Retention: kept });
		}
	});

	describe('14: the job dashboard', () => {
		it(
			'has each job with its budget, and the second run writes nothing',
			async () => {
				addJobOption(COUNTER);
				saved({ ...sale('INV-9001', '2000.00', COUNTER) });
				saved({ ...purchase('B-9001', '1500.00', COUNTER) });
				saved({ ...purchase('B-9002', '80.00') });
				const workflowId = await rig.importExample('14');
				expect(ended(await rig.n8n.run(workflowId, 'Every Morning at Six'))).toBe('success');
				expect(rig.shownWhere('Job Dashboard', 'Job', COUNTER)).toMatchObject({
					Revenue: '£2,000.00',
					Costs: '£1,500.00',
					Margin: '£500.00',
					Budget: '£1,400.00',
					'Over Budget': '£100.00',
					Key: expect.stringMatching(/^[0-9a-f-]{36}$/),
				});
				expect(rig.shownWhere('Job Dashboard', 'Job', 'No Job')).toMatchObject({
					Costs: '£80.00',
				});
				expect(writes('xero')).toEqual([]);
				expect(rig.neighbours.slackMessages).toEqual([]);

				sandbox.journal.clear();
				expect(ended(await rig.n8n.run(workflowId, 'Every Morning at Six'))).toBe('success');
				expect(writes('knack')).toEqual([]);
				expect(writes('xero')).toEqual([]);

				saved({ ...purchase('B-9003', '20.00') });
				sandbox.journal.clear();
				expect(ended(await rig.n8n.run(workflowId, 'Every Morning at Six'))).toBe('success');
				expect(writes('knack')).toHaveLength(1);
				expect(rig.shownWhere('Job Dashboard', 'Job', 'No Job')).toMatchObject({
					Costs: '£100.00',
				});
			},
			4 * MINUTE,
		);
	});

	describe('15: the nightly comparison', () => {
		const CUSTOMER = 'Fernhill Primary School';
		const NIGHT = 'Every Night';
		const HOUR = 'Every Hour';

		it(
			'lists what differs, and carries out what was ticked in the next hour',
			async () => {
				await rig.whenCompleted('01', [CUSTOMER]);
				const { 'Invoice Number': number = '', 'Due Date': due } = rig.orderOf(CUSTOMER);
				expect(number).not.toBe('');
				sandbox.xero.person.editInvoice(number, { DueDate: '2027-02-15' });
				sandbox.journal.clear();

				const workflowId = await rig.importExample('15');
				expect(ended(await rig.n8n.run(workflowId, NIGHT))).toBe('success');
				expect(writes('xero')).toEqual([]);
				expect(rig.orderOf(CUSTOMER)['Due Date']).toBe(due);
				const row = dates();
				expect(row).toMatchObject({
					State: 'Open',
					Way: '',
					'In Xero': expect.stringContaining('2027-02-15'),
				});
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringMatching(/wait for a tick.*2027-02-15/s) },
				]);

				// Another night without news, and an hour without a tick.
				sandbox.journal.clear();
				expect(ended(await rig.n8n.run(workflowId, NIGHT))).toBe('success');
				expect(writes('knack')).toEqual([]);
				sandbox.journal.clear();
				expect(ended(await rig.n8n.run(workflowId, HOUR))).toBe('success');
				expect(sandbox.journal.filter({ service: 'xero' })).toEqual([]);

				tick(row.id, "Take Xero's");
				expect(ended(await rig.n8n.run(workflowId, HOUR))).toBe('success');
				expect(rig.orderOf(CUSTOMER)['Due Date']).toBe('15/02/2027');
				expect(dates()).toMatchObject({ State: 'Carried Out', 'Decided By': 'Ida Berg' });
				expect(writes('xero')).toEqual([]);
				expect(rig.neighbours.slackMessages).toHaveLength(2);
			},
			4 * MINUTE,
		);

		function dates(): Record<string, string> {
			return rig.shownWhere('Differences', 'Kind', 'Dates');
		}

		function tick(id: string | undefined, way: string): void {
			const decided = { Way: way, 'Decided By': 'Ida Berg' };
			sandbox.knack.updateRecord('Differences', id ?? '', decided);
		}
	});

	describe('16: a week beside another tool', () => {
		const CUSTOMER = 'Fernhill Primary School';
		const MONDAY = 'Every Monday at Eight';

		it(
			'tells what the other tool has doubled, missed and set otherwise, and writes nothing',
			async () => {
				rig.complete(CUSTOMER);
				const { 'Order Number': reference = '', 'Order Date': shown = '' } = rig.orderOf(CUSTOMER);
				const day = shown.split('/').reverse().join('-');
				const line = (Description: string, Quantity: number, UnitAmount: string) => {
					return { Description, Quantity, UnitAmount, AccountCode: '260', TaxType: 'OUTPUT2' };
				};
				const zapped = {
					Type: 'ACCREC',
					Contact: { Name: CUSTOMER },
					Reference: reference,
					Date: day,
					DueDate: day,
					Status: 'AUTHORISED',
					LineItems: [
						line('Reading corner shelving', 6, '42.25'),
						{ ...line('Installation, half day', 1, '160'), AccountCode: '210' },
						{ ...line('Picture books, used', 30, '1.15'), TaxType: 'ZERORATEDOUTPUT' },
					],
				};
				saved(zapped);
				saved(zapped);
				saved({ ...sale('BY-HAND', '77.00'), Date: day });
				sandbox.journal.clear();

				const adapted = configured('Days to Look At', 60);
				const workflowId = await rig.importExample('16', adapted);
				expect(ended(await rig.n8n.run(workflowId, MONDAY))).toBe('success');
				expect(writes('xero')).toEqual([]);
				expect(writes('knack')).toEqual([]);
				expect(rig.neighbours.slackMessages).toHaveLength(1);
				const [message] = rig.neighbours.slackMessages;
				expect(message?.channel).toBe('#accounts');
				const text = message?.text ?? '';
				expect(text).toMatch(/Of \d+ sales invoices of .*1 only theirs.*1 doubled by them/);
				expect(text).toMatch(/Fields that differ: .*Account \(\d\)/);
				expect(text).toContain(`${reference}: doubled by them. One record is in Xero 2 times`);
				expect(text).toContain('BY-HAND: only theirs.');

				expect(ended(await rig.n8n.run(workflowId, MONDAY))).toBe('success');
				expect(rig.neighbours.slackMessages[1]?.text).toBe(text);
			},
			4 * MINUTE,
		);
	});

	/** A person adds an option of the tracking category of jobs in Xero. */
	function addJobOption(name: string): void {
		const { trackingCategories } = sandbox.xero.organisation();
		const held = trackingCategories.find((category) => category.name === 'Job');
		if (!held) throw new Error('There is no tracking category Job');
		const option = { trackingOptionId: randomUUID(), name, status: 'ACTIVE' as const };
		trackingCategories.put(held.trackingCategoryId, {
			...held,
			options: [...held.options, option],
		});
	}

	function saved(invoice: JsonObject): void {
		sandbox.xero.person.saveInvoice(invoice);
	}

	function writes(service: 'knack' | 'xero') {
		return sandbox.journal.filter({ service, kind: 'write', path: /\/records|\.xro\// });
	}
});

function sale(number: string, amount: string, job?: string): JsonObject {
	return document('ACCREC', number, { amount, account: '200', job });
}

function purchase(number: string, amount: string, job?: string): JsonObject {
	return document('ACCPAY', number, { amount, account: '310', job });
}

/** An approved one without tax, due long ago. */
function document(
	type: 'ACCREC' | 'ACCPAY',
	number: string,
	{ amount, account, job }: { amount: string; account: string; job: string | undefined },
): JsonObject {
	return {
		Type: type,
		InvoiceNumber: number,
		Contact: { Name: type === 'ACCREC' ? 'Ashdown Kitchens Ltd' : 'Larkhill Timber' },
		Date: '2026-10-05',
		DueDate: '2026-10-20',
		Status: 'AUTHORISED',
		LineAmountTypes: 'Exclusive',
		LineItems: [
			{
				Description: 'Work',
				Quantity: 1,
				UnitAmount: amount,
				AccountCode: account,
				TaxType: 'NONE',
				...(job === undefined ? {} : { Tracking: [{ Name: 'Job', Option: job }] }),
			},
		],
	};
}
