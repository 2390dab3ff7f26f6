/**
 * `npm run bench -- --live`: how long a payment takes from Xero to Knack, and an order from Knack to
 * Xero, through a real n8n with webhooks, at 10 a second. `--payments=`, `--orders=`, `--every=`
 * (milliseconds) and `--gather=` (seconds, Xero Trigger's own setting) try other loads. Prints the
 * figures, and writes them into docs/bench-live.md with `--write`.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { benchLivePage, inSeconds, machineWords } from './benchPage.mjs';
import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime, projectRoot } from './toolchain.mjs';

/** What is promised at 95 of a hundred. */
const MOST_MS = { payments: 5_000, orders: 3_000 };

const FIRST_EXAMPLE = 'workflows-examples/01-order-to-invoice.json';

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
	const shared = { runtime: n8nRuntime(), tarball, everyMs: numberOf('every', 100) };
	const jobs = {
		payments: {
			...shared,
			payments: numberOf('payments', 200),
			gatherSeconds: numberOf('gather', undefined),
		},
		orders: {
			...shared,
			orders: numberOf('orders', 60),
			example: JSON.parse(await readFile(path.join(projectRoot, FIRST_EXAMPLE), 'utf8')),
		},
	};
	const file = await bundleForNode('test/bench/liveMain.ts');
	const [load = 0] = os.loadavg();
	const { stdout } = await run(process.execPath, [file, JSON.stringify(jobs)], { maxBuffer: 1e8 });
	const { payments, orders } = JSON.parse(stdout.trim().split('\n').at(-1));
	console.log(
		[
			`One every ${shared.everyMs} ms, on ${machineWords(load)}:`,
			`${payments.payments} payments from Xero to Knack: p50 ${inSeconds(payments.p50Ms)}, p95 ${inSeconds(payments.p95Ms)}, at most ${inSeconds(payments.maxMs)}; the last was there after ${payments.seconds} s.`,
			`  Medians along the run: ${payments.mediansMs.map(inSeconds).join(', ')}.`,
			`  ${payments.deliveries} deliveries of webhooks, answered by n8n within ${inSeconds(payments.deliveryP95Ms)} at p95.`,
			`  ${payments.executions} executions, ${payments.failed} of them failed; ${payments.xeroCalls} Xero calls, ${payments.knackReads} reads and ${payments.knackWrites} writes in Knack.`,
			`${orders.orders} orders from Knack to Xero: p50 ${inSeconds(orders.p50Ms)}, p95 ${inSeconds(orders.p95Ms)}, at most ${inSeconds(orders.maxMs)}; ${orders.invoices} invoices.`,
			`  ${orders.executions} executions, ${orders.failed} of them failed; ${orders.xeroCalls} Xero calls, ${orders.knackCalls} Knack calls.`,
		].join('\n'),
	);
	if (process.argv.includes('--write')) {
		await writeFile(
			path.join(projectRoot, 'docs/bench-live.md'),
			benchLivePage({
				payments,
				orders,
				most: MOST_MS,
				everyMs: shared.everyMs,
				machine: machineWords(load),
			}),
		);
		console.log('Wrote docs/bench-live.md.');
	}
	for (const [name, { p95Ms, failed }] of Object.entries({ payments, orders })) {
		if (p95Ms <= MOST_MS[name] && failed === 0) continue;
		console.error(`${name}: over ${inSeconds(MOST_MS[name])} at p95, or an execution failed`);
		process.exitCode = 1;
	}
	if (orders.invoices !== orders.orders) {
		console.error('There is not exactly one invoice for each order');
		process.exitCode = 1;
	}
}
