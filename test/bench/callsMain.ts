import { measureLedgers, measurePayments, measureUpserts } from './calls';

/** Counts the calls of each job and prints them as one line of JSON. */
async function main(): Promise<void> {
	const figures = [
		...(await measureUpserts(1_000)),
		...(await measureLedgers([2_000, 50_000])),
		...(await measurePayments()),
	];
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
