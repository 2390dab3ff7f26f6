import { compareTotals } from '../prove/totals';

describe('predicted totals', () => {
	it('equal, to the smallest unit, what Xero computes for 2,800 random documents of every type', async () => {
		const { differences, byType, currencies, posted } = await compareTotals(2_800, 1);
		expect(differences.slice(0, 5)).toEqual([]);
		expect(Object.values(byType)).toEqual([400, 400, 400, 400, 400, 400, 400]);
		expect(currencies).toEqual(expect.arrayContaining(['GBP', 'EUR', 'JPY']));
		expect(posted).toBeGreaterThan(2_700);
	}, 120_000);
});
