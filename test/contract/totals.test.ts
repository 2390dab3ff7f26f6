import { compareTotals } from '../prove/totals';

describe('predicted totals', () => {
	it('equal, to the smallest unit, what Xero computes for 3,200 random documents of every type', async () => {
		const { differences, byType, currencies, posted } = await compareTotals(3_200, 1);
		expect(differences.slice(0, 5)).toEqual([]);
		expect(Object.values(byType)).toEqual([400, 400, 400, 400, 400, 400, 400, 400]);
		expect(currencies).toEqual(expect.arrayContaining(['GBP', 'EUR', 'JPY']));
		expect(posted).toBeGreaterThan(3_050);
	}, 120_000);
});
