/**
 * `npm run bench -- --year`: a year of a million orders, as Knack Trigger polls it: what it remembers,
 * holds in memory and asks of Knack, quarter by quarter. `--orders=` and `--minutes=` (between polls)
 * for another year. Prints the figures, and writes them into docs/bench.md with `--write`.
 */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

import { machineWords, writeSection, yearSection } from './benchPage.mjs';
import { bundleForNode } from './bundleForNode.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders } from './toolchain.mjs';

/** From the first quarter to the last, what is in use may grow by so much, for the noise in it. */
const MOST_GROWTH = 1.2;

const run = promisify(execFile);

export async function benchYear() {
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan, { n8n: false });
	await plan.run();
	const file = await bundleForNode('test/bench/knackYearMain.ts');
	const chosen = process.argv.filter((argument) => /^--(orders|minutes)=\d+$/.test(argument));
	const [load = 0] = os.loadavg();
	const parameters = ['--expose-gc', file, ...chosen];
	const { stdout } = await run(process.execPath, parameters, { maxBuffer: 1e8 });
	const figures = JSON.parse(stdout.trim().split('\n').at(-1));
	const section = yearSection({ figures, machine: machineWords(load) });
	console.log(section);
	if (process.argv.includes('--write')) {
		await writeSection('docs/bench.md', section);
		console.log('Wrote docs/bench.md.');
	}
	for (const { trigger, quarters, missed, twice } of figures) {
		const [first] = quarters;
		const last = quarters.at(-1);
		const grown = ['calls', 'stateCharacters', 'heapMegabytes'].filter(
			(what) => last[what] > first[what] * MOST_GROWTH,
		);
		if (grown.length === 0 && missed === 0 && twice === 0) continue;
		console.error(
			`${trigger}: grown ${grown.join(', ') || 'nothing'}, missed ${missed}, twice ${twice}`,
		);
		process.exitCode = 1;
	}
}
