import { XeroInsights } from '../../nodes/XeroInsights/XeroInsights.node';
import { unpaidInvoice } from '../support/unpaidInvoice';
import { createHarness, ours, type Harness } from './harness';

/** The seeded books of the sandbox, looked at through the node. */
describe('Xero Insights', () => {
	let harness: Harness;

	beforeAll(async () => {
		harness = await createHarness({
			nodes: { xeroInsights: new XeroInsights() },
			sandbox: { seed: 'empty' },
			scope:
				'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings accounting.reports.balancesheet.read',
		});
		unpaidInvoice(harness.sandbox);
	}, 300_000);

	afterAll(async () => await harness.close());

	const run = async (parameters: Record<string, unknown>, input = [{}]) =>
		await harness.engine.runNode(
			{
				name: 'Insights',
				type: ours('xeroInsights'),
				parameters: { resource: 'money', operation: 'receivables', ...parameters },
				credentials: harness.xero,
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
});
