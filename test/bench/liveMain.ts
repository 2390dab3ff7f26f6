import { paymentsThroughN8n } from './live';
import type { LiveJob } from './live';

/** Runs in a process of its own: takes the job as JSON and prints the result as JSON. */
async function main(): Promise<void> {
	const job: LiveJob = JSON.parse(process.argv[2] ?? '{}');
	console.log(JSON.stringify(await paymentsThroughN8n(job)));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
