import { parseArgs } from 'node:util';

import { prove } from './proof';

/** Runs the proof from the command line and prints its seeds and counts. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			runs: { type: 'string', default: '10000' },
			seed: { type: 'string', default: '1' },
		},
	});
	const runs = Number(values.runs);
	const firstSeed = Number(values.seed);
	const started = process.hrtime.bigint();
	const result = await prove({
		runs,
		firstSeed,
		onProgress: (done) => {
			if (done % 500 === 0) console.log(`${done} of ${runs} runs`);
		},
	});
	const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n);
	console.log(`Seeds ${firstSeed} to ${firstSeed + runs - 1}, in ${seconds} s`);
	console.log(
		`${result.kills} killed processes, ${result.lostAnswers} runs with lost answers, ${result.races} races of two workers`,
	);
	for (const [kind, count] of Object.entries(result.byKind)) console.log(`  ${count} × ${kind}`);
	result.failures.slice(0, 20).forEach((failure) => console.log(`WRONG ${failure}`));
	console.log(`${result.failures.length} wrong: duplicates, lost records or needless writes`);
	if (result.failures.length > 0) process.exitCode = 1;
}

void main();
