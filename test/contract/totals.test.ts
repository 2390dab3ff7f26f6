import { compareTotals } from '../prove/totals';
import { xeroInMemory } from '../support/xeroInMemory';

describe('predicted totals', () => {
	it('equal, to the smallest unit, what Xero computes for 2,400 random documents of every type', async () => {
		const world = await xeroInMemory();
		expect(world.settings.currencies.length).toBeGreaterThan(1);
		const { differences, byType, posted } = await compareTotals(world, 2_400, 1);
		expect(differences.slice(0, 5)).toEqual([]);
		expect(Object.values(byType)).toEqual([400, 400, 400, 400, 400, 400]);
		expect(posted).toBeGreaterThan(2_300);
	}, 120_000);
});
