import { wholeNumber } from '../../parameters/kinds';
import { shownFor, type InsightOperation } from '../operation';

const DAYS = wholeNumber({
	displayName: 'Days of Invoices',
	name: 'invoiceDays',
	displayOptions: shownFor('daysToPay'),
	default: 365,
	least: 30,
	description:
		'Invoices of so many days up to the day are looked at. Longer is steadier, shorter shows how customers pay now.',
});

/** Days to Pay: how long each customer takes, and debtor days apart. */
export const DAYS_TO_PAY: InsightOperation = {
	value: 'daysToPay',
	resource: 'money',
	name: 'Days to Pay',
	description: 'How long each customer takes to pay, how late that is, and debtor days apart',
	action: 'Get how long customers take to pay',
	hasDay: true,
	needsKnack: false,
	parameters: [DAYS],
	prepare(read) {
		const days = read(DAYS);
		return async ({ books, day }) => {
			const { reckonDaysToPay } = await import('../../../insights/daysToPay/daysToPay');
			return await reckonDaysToPay(books, { day, days });
		};
	},
};
