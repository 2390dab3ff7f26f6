import type { IDataObject } from 'n8n-workflow';
import { XeroInsights } from '../../nodes/XeroInsights/XeroInsights.node';
import { unpaidInvoice } from '../support/unpaidInvoice';
import { xeroInMemory } from '../support/xeroInMemory';
import { createHarness, ours, type Harness } from './harness';

// Xero's minute may be spent by the runs before.
jest.setTimeout(120_000);

/** A table of records that are in step or not. It is there before anything reads the app: that is kept a while. */
function addOrdersOfHealth({ knack }: Harness['sandbox']): void {
	knack.addTable({
		name: 'Orders of Health',
		fields: [
			{ name: 'Xero ID', type: 'short_text' },
			{ name: 'Sync Message', type: 'short_text' },
			{ name: 'Worth', type: 'currency' },
		],
	});
	knack.seedRecords('Orders of Health', [
		{ 'Xero ID': '', 'Sync Message': 'No account.', Worth: '25' },
	]);
}

/** The seeded books of the sandbox, looked at through the node. */
describe('Xero Insights', () => {
	let harness: Harness;

	beforeAll(async () => {
		harness = await createHarness({
			nodes: { xeroInsights: new XeroInsights() },
			sandbox: { seed: 'empty' },
			scope:
				'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings accounting.reports.balancesheet.read projects.read',
		});
		unpaidInvoice(harness.sandbox);
		addOrdersOfHealth(harness.sandbox);
	}, 300_000);

	afterAll(async () => await harness.close());

	const run = async (
		parameters: Record<string, unknown>,
		input = [{}],
		onError?: 'continueRegularOutput',
	) =>
		await harness.engine.runNode(
			{
				name: 'Insights',
				...(onError && { onError }),
				type: ours('xeroInsights'),
				parameters: { resource: 'money', operation: 'receivables', ...parameters },
				credentials: harness.xero,
			},
			input,
		);

	/** With no credential at all. */
	const onePage = async (parameters: Record<string, unknown>, input: IDataObject[]) =>
		await harness.engine.runNode(
			{
				name: 'Page',
				type: ours('xeroInsights'),
				parameters: { resource: 'report', operation: 'onePage', ...parameters },
			},
			input,
		);

	it('gives a row for each contact, its sentence first, tied to the balance sheet', async () => {
		const { output, error } = await run({});
		expect(error).toBeUndefined();
		const items = output[0] ?? [];
		expect(items.length).toBeGreaterThan(0);
		for (const { json, pairedItem } of items) {
			expect(Object.keys(json)[0]).toBe('summary');
			expect(json).toMatchObject({ insight: { operation: 'receivables', tie: 'agrees' } });
			expect(pairedItem).toEqual({ item: 0 });
		}
	});

	it('gives one item with all of it where that is asked for', async () => {
		const { output } = await run({ operation: 'payables', output: 'one' });
		expect(output[0]).toHaveLength(1);
		expect(output[0]?.[0]?.json).toMatchObject({
			summary: expect.stringContaining('Suppliers are owed'),
			tie: expect.arrayContaining([
				expect.objectContaining({ state: 'agrees', difference: '0.00' }),
			]),
		});
	});

	it('gives one report for all input items, a chart that n8n shows, and a text', async () => {
		const report = await run({ output: 'report' }, [{}, {}]);
		expect(report.error).toBeUndefined();
		expect(report.output[0]).toHaveLength(1);
		const [{ json, binary, pairedItem } = {}] = report.output[0] ?? [];
		expect(json?.['html']).toContain('difference 0.00');
		expect(binary?.['report']).toMatchObject({ mimeType: 'text/html' });
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }]);

		const chart = await run({ output: 'chart', barColumns: 'Balance, Late' });
		expect(chart.error).toBeUndefined();
		expect(chart.output[0]?.[0]?.binary?.['chart']).toMatchObject({ mimeType: 'image/svg+xml' });

		const slack = await run({ output: 'slackText', slackAmounts: false });
		expect(slack.output[0]?.[0]?.json['text']).toContain('*Receivables');
		expect(JSON.stringify(slack.output[0]?.[0]?.json)).not.toMatch(/[0-9][.][0-9]{2}/);
	});

	it('makes one page of what earlier steps gave, without asking Xero', async () => {
		const given: IDataObject[] = [];
		for (const operation of ['receivables', 'payables']) {
			const { output } = await run({ operation, output: 'one' });
			given.push({ ...output[0]?.[0]?.json });
		}
		harness.sandbox.journal.clear();
		const page = await onePage({ pageTitle: 'Monday Page' }, given);
		expect(page.error).toBeUndefined();
		expect(page.output[0]).toHaveLength(1);
		const [{ json, binary, pairedItem } = {}] = page.output[0] ?? [];
		expect(Object.keys(json ?? {})[0]).toBe('summary');
		expect(json).toMatchObject({
			title: expect.stringMatching(/^Monday Page, ./),
			tie: 'agrees',
			failed: 0,
			parts: [{ title: 'Receivables' }, { title: 'Payables' }],
			html: expect.stringMatching(/<h2.*Receivables<.*difference 0\.00.*<h2.*Payables</s),
			text: expect.stringMatching(/^\*Monday Page, .*\*Receivables\*.*\*Payables\*/s),
		});
		expect(binary?.['report']).toMatchObject({ mimeType: 'text/html' });
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(harness.sandbox.journal.filter({})).toEqual([]);

		const silent = await onePage({ pageAmounts: false }, given);
		expect(silent.output[0]?.[0]?.json['title']).toMatch(/^Xero Insights, ./);
		expect(silent.output[0]?.[0]?.json['text']).not.toMatch(/[0-9][.][0-9]{2}/);
	});

	it('refuses for the page what is no insight, by its number', async () => {
		const rows = await run({});
		const { error } = await onePage({}, [{ ...rows.output[0]?.[0]?.json }]);
		expect(error?.message).toBe(
			'Item 1 of the input is a single row of Receivables, not the whole.',
		);
		expect(error?.description).toContain('Set Output of the step that it comes from to One Item');
		expect((await onePage({}, [{}])).error?.message).toContain('is not of Xero Insights');
	});

	it('says on the page which part could not be worked out, where the step before goes on', async () => {
		const failed = await run(
			{ resource: 'jobs', operation: 'jobProfitability', output: 'one' },
			[{}],
			'continueRegularOutput',
		);
		expect(failed.error).toBeUndefined();
		const page = await onePage({}, [{ ...failed.output[0]?.[0]?.json }]);
		expect(page.error).toBeUndefined();
		expect(page.output[0]?.[0]?.json).toMatchObject({
			failed: 1,
			parts: [
				{
					title: 'Job Profitability',
					problem: expect.stringContaining('Xero has 2 tracking categories'),
				},
			],
			html: expect.stringContaining('This could not be worked out.'),
		});
	});

	it('refuses a column that cannot be drawn by its name', async () => {
		const { error } = await run({ output: 'chart', barColumns: 'Contact' });
		expect(error?.message).toContain('The column Contact has no figures to draw');
	});

	it('writes the rows into a Knack table, and nothing the second time', async () => {
		harness.sandbox.knack.addTable({
			name: 'Dashboard',
			fields: [
				{ name: 'Key', type: 'short_text' },
				{ name: 'Contact', type: 'short_text' },
				{ name: 'Balance', type: 'currency' },
			],
		});
		const parameters = {
			resource: 'money',
			operation: 'receivables',
			output: 'one',
			writeKnackTable: true,
			knackTable: { __rl: true, mode: 'id', value: 'Dashboard' },
		};
		const write = async () => {
			const node = { name: 'Insights', type: ours('xeroInsights'), parameters };
			const { output, error } = await harness.engine.runNode(
				{ ...node, credentials: harness.both },
				[{}],
			);
			expect(error).toBeUndefined();
			return output[0]?.[0]?.json['knack'];
		};
		const count = async () => harness.sandbox.knack.recordIds('Dashboard').length;
		expect(await write()).toMatchObject({ table: 'Dashboard', failed: 0, unchanged: 0 });
		const rows = await count();
		expect(rows).toBeGreaterThan(0);
		expect(await write()).toMatchObject({ created: 0, updated: 0, unchanged: rows });
	});

	it('takes the fields of Sync Health from lists of its table, and names that were typed', async () => {
		const { knack } = harness.sandbox;
		const key = (name: string) => knack.fieldKey('Orders of Health', name);
		const healthTable = { __rl: true, mode: 'id', value: 'Orders of Health' };
		const offered = async (list: 'getHealthAmountFields' | 'getHealthFields') => {
			const context = harness.engine.loadOptionsContext({
				name: 'Step',
				type: ours('xeroInsights'),
				credentials: harness.both,
				parameters: { resource: 'sync', operation: 'syncHealth', healthTable },
			});
			const options = await new XeroInsights().methods.loadOptions[list].call(context);
			return options.map(({ value }) => value);
		};
		expect(await offered('getHealthAmountFields')).toEqual([key('Worth')]);
		expect(await offered('getHealthFields')).toEqual(
			expect.arrayContaining([key('Xero ID'), key('Sync Message'), key('Worth')]),
		);
		for (const amountField of ['Worth', key('Worth')]) {
			const { output, error } = await harness.engine.runNode(
				{
					name: 'Health',
					type: ours('xeroInsights'),
					parameters: {
						resource: 'sync',
						operation: 'syncHealth',
						healthTable,
						healthFields: { amountField, xeroIdField: 'Xero ID' },
					},
					credentials: harness.both,
				},
				[{}],
			);
			expect(error).toBeUndefined();
			const held = output[0]?.find(({ json }) => json.name === 'Held');
			expect(held?.json).toMatchObject({ records: 1, amount: '25.00' });
		}
	});

	it('says what to choose where the jobs of several tracking categories are not told apart', async () => {
		const { error } = await run({ resource: 'jobs', operation: 'jobProfitability' });
		expect(error?.message).toContain('Xero has 2 tracking categories');
	});

	it('gives jobs by project, as rows and drawn', async () => {
		const { sandbox } = harness;
		const [contact] = sandbox.xero.person.seedContacts([{ name: 'Kitchen customer' }]);
		const { client } = await xeroInMemory(sandbox);
		await client.write({
			method: 'POST',
			path: '/Projects',
			body: { contactId: contact?.contactId, name: 'Kitchen', estimateAmount: 900 },
			api: 'projects',
			idempotencyKey: 'kitchen',
		});
		const byProject = { resource: 'jobs', operation: 'jobProfitability', jobsBy: 'project' };
		const { output, error } = await run(byProject);
		expect(error).toBeUndefined();
		expect(output[0]?.map(({ json }) => json)).toMatchObject([
			{ job: 'Kitchen', contact: 'Kitchen customer', estimate: '900.00', revenue: '0.00' },
		]);
		for (const form of ['report', 'chart', 'slackText']) {
			const drawn = await run({ ...byProject, output: form });
			expect(drawn.error).toBeUndefined();
			expect(JSON.stringify(drawn.output[0]?.[0]?.json)).toContain('1 project: GBP 0.00 invoiced');
		}
		// Xero's minute may be spent by the runs before.
	}, 120_000);

	it('gives jobs, statements and who is on stop with their settings as the panel has them', async () => {
		const jobs = await run({
			resource: 'jobs',
			operation: 'jobProfitability',
			trackingCategory: 'Job',
			output: 'one',
		});
		expect(jobs.error).toBeUndefined();
		expect(jobs.output[0]?.[0]?.json).toMatchObject({ operation: 'jobProfitability' });
		const statements = await run({ operation: 'customerStatement' });
		expect(statements.error).toBeUndefined();
		expect(statements.output[0]?.[0]?.json).toMatchObject({
			html: expect.stringContaining('Statement of account'),
		});
		// n8n itself says what is required before anything runs.
		await expect(run({ operation: 'onStop' })).rejects.toThrow('"Table of Customers" is required');
		await expect(run({ resource: 'jobs', operation: 'tieOut' })).rejects.toThrow(
			'"Table" is required',
		);
	});
});
