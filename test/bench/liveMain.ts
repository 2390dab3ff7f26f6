import { paymentsThroughN8n } from './live';
import type { LiveJob } from './live';
import { ordersThroughN8n } from './liveOrders';
import type { LiveOrdersJob } from './liveOrders';

interface LiveJobs {
	readonly payments: LiveJob;
	readonly orders: LiveOrdersJob;
}

/** Runs in a process of its own: takes the jobs as JSON and prints the results as JSON. */
async function main(): Promise<void> {
	const jobs: LiveJobs = JSON.parse(process.argv[2] ?? '{}');
	// One after the other: what runs beside would be measured too.
	const payments = await paymentsThroughN8n(jobs.payments);
	const orders = await ordersThroughN8n(jobs.orders);
	console.log(JSON.stringify({ payments, orders }));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
