import { comparePeers, type PeersJob } from './peers';

/** Runs in a process of its own: takes the job as JSON and prints the results as JSON. */
async function main(): Promise<void> {
	const job: PeersJob = JSON.parse(process.argv[2] ?? '{}');
	console.log(JSON.stringify(await comparePeers(job)));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
