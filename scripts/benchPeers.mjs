/**
 * `npm run bench -- --peers`: the same 1,000 orders of 500 customers through this package, through
 * n8n's own Xero node and through HTTP Request in a loop, each twice, in one real n8n with Xero's
 * limits. Takes an hour; `--orders=` for fewer. Prints the table, and writes it with its chart into
 * docs/bench.md with `--write`.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { machineWords, writeSection } from './benchPage.mjs';
import { PEERS_CHART, peersChart, peersSection } from './benchPeersPage.mjs';
import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime, projectRoot } from './toolchain.mjs';

const run = promisify(execFile);

/** What is promised of this package for 1,000 orders. */
const MOST_CALLS = { first: 45, again: 12 };

export async function benchPeers() {
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan);
	addPackageStep(plan);
	await plan.run();
	const given = process.argv.find((argument) => argument.startsWith('--orders='));
	const orders = Number(given?.slice(9) ?? 1_000);
	const job = { runtime: n8nRuntime(), tarball, orders, customers: Math.ceil(orders / 2) };
	const file = await bundleForNode('test/bench/peersMain.ts');
	const [load = 0] = os.loadavg();
	const { stdout } = await run(process.execPath, [file, JSON.stringify(job)], { maxBuffer: 1e8 });
	const peers = JSON.parse(stdout.trim().split('\n').at(-1));
	const section = peersSection({ peers, orders, machine: machineWords(load) });
	console.log(section);
	if (process.argv.includes('--write')) {
		await writeSection('docs/bench.md', section);
		await writeFile(path.join(projectRoot, 'docs', PEERS_CHART), peersChart({ peers, orders }));
		console.log('Wrote docs/bench.md and its chart.');
	}
	const [ours] = peers;
	const isOver = ours.first.calls > MOST_CALLS.first || ours.again.calls > MOST_CALLS.again;
	if (ours.doubles > 0 || ours.needAPerson > 0 || isOver) {
		console.error(
			`This package: doubles, orders that needed a person, or over ${MOST_CALLS.first} and ${MOST_CALLS.again} calls`,
		);
		process.exitCode = 1;
	}
}
