/**
 * `npm run bench -- --start`: what the package adds to n8n's start, in starts without it, with
 * the smallest package and with it, and what its nodes take to load beside some of n8n's own. `--pairs=` for another number
 * than ten. Prints the figures, and writes them into docs/bench.md with `--write`.
 */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

import { machineWords, startSection, writeSection } from './benchPage.mjs';
import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';

/** What is promised over a package of one empty node: the median of the pairs. */
const MOST_MS = 100;
const MOST_MEGABYTES = 10;

const run = promisify(execFile);

export async function benchStart() {
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan);
	addPackageStep(plan);
	await plan.run();
	const given = process.argv.find((argument) => argument.startsWith('--pairs='));
	const job = { runtime: n8nRuntime(), tarball, pairs: Number(given?.slice(8) ?? 10) };
	const file = await bundleForNode('test/bench/startMain.ts');
	const [load = 0] = os.loadavg();
	const { stdout } = await run(process.execPath, [file, JSON.stringify(job)], { maxBuffer: 1e8 });
	const figures = JSON.parse(stdout.trim().split('\n').at(-1));
	const section = startSection({
		figures,
		most: { milliseconds: MOST_MS, megabytes: MOST_MEGABYTES },
		machine: machineWords(load),
	});
	console.log(section);
	if (process.argv.includes('--write')) {
		await writeSection('docs/bench.md', section);
		console.log('Wrote docs/bench.md.');
	}
	const { readyMs, processorMs, megabytes } = figures.addedToSmallest.median;
	const [ours] = figures.loading;
	if (
		Math.max(Math.min(readyMs, processorMs), ours.processorMs) > MOST_MS ||
		Math.max(megabytes, ours.heapMegabytes) > MOST_MEGABYTES
	) {
		console.error(`Over ${MOST_MS} ms or ${MOST_MEGABYTES} MB: n8n's start with the package`);
		process.exitCode = 1;
	}
}
