import { measureLedgers } from '../bench/calls';

describe('Calls for new orders that are recognised by reference', () => {
	it.each([
		['DRAFT', 0],
		// One more for all of them, since what Xero would take twice is approved when it is alone.
		['AUTHORISED', 1],
	] as const)('are few in a small ledger and in a large one: %s', async (status, approvals) => {
		const given = { orders: 120, customers: 60, status };
		const figures = await measureLedgers([1_500, 6_000], given);
		const [small, smallAgain, large, largeAgain] = figures.map(({ xero }) => xero);
		// 6 for the settings, 1 for contacts, 2 pages of invoices, 2 + 3 writes, 1 look for twins.
		expect(small).toBeLessThanOrEqual(15 + approvals);
		expect(smallAgain).toBeLessThanOrEqual(9);
		// Three questions of forty references each cost less than six pages.
		expect(large).toBeLessThanOrEqual(17 + approvals);
		expect(largeAgain).toBeLessThanOrEqual(11);
	});
});
