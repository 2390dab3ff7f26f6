/**
 * `npm run bench -- --live`: how long a payment takes from Xero to Knack through a real n8n, with
 * webhooks, at 10 payments a second. `--payments=`, `--every=` (milliseconds) and `--gather=`
 * (seconds, Xero Trigger's own setting) try other loads.
 */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';

/** What is promised. */
const MOST_P95_MS = 5_000;

const run = promisify(execFile);

/** @param {string} name @param {number | undefined} fallback */
function numberOf(name, fallback) {
	const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
	return given === undefined ? fallback : Number(given.slice(name.length + 3));
}

export async function benchLive() {
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan);
	addPackageStep(plan);
	await plan.run();
	const job = {
		runtime: n8nRuntime(),
		tarball,
		payments: numberOf('payments', 200),
		everyMs: numberOf('every', 100),
		gatherSeconds: numberOf('gather', undefined),
	};
	const file = await bundleForNode('test/bench/liveMain.ts');
	const [load = 0] = os.loadavg();
	const { stdout } = await run(process.execPath, [file, JSON.stringify(job)], { maxBuffer: 1e8 });
	const result = JSON.parse(stdout.trim().split('\n').at(-1));
	const inSeconds = (milliseconds) => `${(milliseconds / 1_000).toFixed(1)} s`;
	console.log(
		[
			`${result.payments} payments, one every ${job.everyMs} ms, on ${os.availableParallelism()} cores at a load of ${load.toFixed(1)}:`,
			`from Xero to Knack p50 ${inSeconds(result.p50Ms)}, p95 ${inSeconds(result.p95Ms)}, at most ${inSeconds(result.maxMs)}; the last was there after ${result.seconds} s.`,
			`Medians along the run: ${result.mediansMs.map(inSeconds).join(', ')}.`,
			`${result.deliveries} deliveries of webhooks, answered by n8n within ${inSeconds(result.deliveryP95Ms)} at p95.`,
			`${result.executions} executions, ${result.failed} of them failed; ${result.xeroCalls} Xero calls, ${result.knackReads} reads and ${result.knackWrites} writes in Knack.`,
		].join('\n'),
	);
	if (result.p95Ms > MOST_P95_MS || result.failed > 0) {
		console.error(`Over ${inSeconds(MOST_P95_MS)} at p95, or an execution failed`);
		process.exitCode = 1;
	}
}
