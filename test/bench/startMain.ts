import { measureStarts } from './start';
import type { StartJob } from './start';

/** Runs in a process of its own: takes the job as JSON and prints the figures as JSON. */
async function main(): Promise<void> {
	const job: StartJob = JSON.parse(process.argv[2] ?? '{}');
	console.log(JSON.stringify(await measureStarts(job)));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
