import { measureFirstOrders, measureLedgers, measureSingly } from '../bench/calls';

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

describe('Calls for records that come one by one, to two workers', () => {
	it.each([
		['DRAFT', 'after'],
		['DRAFT', 'beside'],
		['AUTHORISED', 'after'],
		['AUTHORISED', 'beside'],
	] as const)(
		'are within 1.2 times by reference of those by number: %s, the second worker %s the first',
		async (status, second) => {
			const by = async (key: 'reference' | 'invoiceNumber') =>
				await measureSingly({ key, status, second, orders: 10 });
			const [byReference, byNumber] = [await by('reference'), await by('invoiceNumber')];
			expect(byReference / byNumber).toBeLessThanOrEqual(1.2);
		},
	);
});

describe('Calls for the first orders of a new customer, each by itself and all at once', () => {
	it('are within 1.5 times by reference of those by number', async () => {
		const by = async (key: 'reference' | 'invoiceNumber') =>
			await measureFirstOrders({ key, orders: 8 });
		const [byReference, byNumber] = [await by('reference'), await by('invoiceNumber')];
		expect(byReference / byNumber).toBeLessThanOrEqual(1.5);
	});
});
