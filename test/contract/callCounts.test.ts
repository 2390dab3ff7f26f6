import { measureLedgers } from '../bench/calls';

describe('Calls for new orders that are recognised by reference', () => {
	it('are few in a small ledger and in a large one, and fewer the next time', async () => {
		const figures = await measureLedgers([1_500, 6_000], 120, 60);
		const [small, smallAgain, large, largeAgain] = figures.map(({ xero }) => xero);
		// 6 for the settings, 1 for contacts, 2 pages of invoices, 2 + 3 writes, 1 look for twins.
		expect(small).toBeLessThanOrEqual(15);
		expect(smallAgain).toBeLessThanOrEqual(9);
		// Three questions of forty references each cost less than six pages.
		expect(large).toBeLessThanOrEqual(17);
		expect(largeAgain).toBeLessThanOrEqual(11);
	});
});
