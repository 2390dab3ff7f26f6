import {
	measureLedgers,
	measurePayments,
	measureUpserts,
	NEW_CUSTOMERS,
	NEW_ORDERS,
} from './calls';

/** Counts the calls of each job and prints them as one line of JSON. */
async function main(): Promise<void> {
	const sizes = { orders: NEW_ORDERS, customers: NEW_CUSTOMERS };
	const figures = [
		...(await measureUpserts(1_000)),
		...(await measureLedgers([2_000, 50_000], { ...sizes, status: 'DRAFT' })),
		...(await measureLedgers([2_000, 50_000], { ...sizes, status: 'AUTHORISED' })),
		...(await measurePayments()),
	];
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
