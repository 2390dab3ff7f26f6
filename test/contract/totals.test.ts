import { compareTotals } from '../prove/totals';
import { xeroInMemory } from '../support/xeroInMemory';

describe('predicted totals', () => {
	it('equal, to the smallest unit, what Xero computes for 2,000 random invoices', async () => {
		const world = await xeroInMemory();
		expect(world.settings.currencies.length).toBeGreaterThan(1);
		const { differences } = await compareTotals(world, 2_000, 1);
		expect(differences.slice(0, 5)).toEqual([]);
	}, 120_000);
});
