import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { installPackage } from '../../scripts/realN8n/communityPackage';
import { freePort } from '../../scripts/realN8n/freePort';
import { inheritedEnvironment, n8nEnvironment } from '../../scripts/realN8n/n8nEnvironment';
import { until } from '../../scripts/realN8n/waiting';
import { endWithThisProcess } from '../../scripts/realN8n/watchdog';
import { quantile } from './quantile';

export interface StartJob {
	/** Paths of the Node that runs n8n, of n8n's start file and of its packages. */
	readonly runtime: { node: string; n8n: string; modules: string };
	readonly tarball: string;
	/** How often n8n is started each way: without the package, with the smallest one, and with it. */
	readonly pairs: number;
}

/** What one start took, or what the package added to it. */
interface StartCost {
	/** Milliseconds until n8n answers. */
	readyMs: number;
	/** Milliseconds of processor until a second after. */
	processorMs: number;
	/** Megabytes that it holds then, garbage collected: what is resident differs from start to start. */
	megabytes: number;
}

/** Of differences between neighbouring starts: the median, and the quartiles for how sure it is. */
interface Spread {
	readonly low: StartCost;
	readonly median: StartCost;
	readonly high: StartCost;
}

export interface StartFigures {
	readonly pairs: number;
	readonly without: StartCost;
	/** With a community package of one empty node: what n8n itself does once it has any. */
	readonly smallest: StartCost;
	readonly with: StartCost;
	/** What the package adds to n8n's start, and to its start with the smallest package. */
	readonly added: Spread;
	readonly addedToSmallest: Spread;
	readonly loading: readonly LoadingCost[];
}

interface LoadingCost {
	readonly what: string;
	readonly processorMs: number;
	readonly heapMegabytes: number;
	readonly modules: number;
}

const PATIENCE_MS = 180_000;
const ASK_EVERY_MS = 20;

/** n8n does more once it answers; both ways are measured the same while after. */
const SETTLE_MS = 1_000;

const LOADINGS = 5;

const WAYS = ['without', 'smallest', 'with'] as const;
type Way = (typeof WAYS)[number];

/** Any community package costs this: n8n goes through all nodes and writes their types once more. */
const SMALLEST = {
	name: 'n8n-nodes-empty',
	version: '1.0.0',
	n8n: { n8nNodesApiVersion: 1, nodes: ['Empty.node.js'], credentials: [] },
};
const EMPTY_NODE = `
exports.Empty = class {
	description = {
		displayName: 'Empty', name: 'empty', group: ['transform'], version: 1, description: 'Empty',
		defaults: { name: 'Empty' }, inputs: ['main'], outputs: ['main'], properties: [],
	};
};
`;

/** Nodes of n8n's own that talk to one service as well, for comparison. */
const BUILT_IN = {
	'Google Sheets, built into n8n': 'Google/Sheet/GoogleSheets.node.js',
	'HubSpot, built into n8n': 'Hubspot/Hubspot.node.js',
	'Xero, built into n8n': 'Xero/Xero.node.js',
};

/** In n8n's process: says what it has used so far, when it is asked. */
const PROBE = `
process.on('SIGUSR2', () => {
	const { user, system } = process.cpuUsage();
	global.gc();
	global.gc();
	const { heapUsed, external } = process.memoryUsage();
	const file = process.env.START_COST_FILE;
	const answer = { processorMs: (user + system) / 1e3, megabytes: (heapUsed + external) / 1e6 };
	require('node:fs').writeFileSync(file + '.part', JSON.stringify(answer));
	require('node:fs').renameSync(file + '.part', file);
});
`;

/** In a process of its own, which has loaded what n8n has anyway: makes classes as n8n does. */
const LOADING = `
const path = require('node:path');
require('n8n-core');
const loaded = () => Object.keys(require.cache).length;
global.gc();
const before = { cpu: process.cpuUsage(), heap: process.memoryUsage().heapUsed, modules: loaded() };
const kept = process.argv.slice(2).map((file) => new (require(file)[path.basename(file).split('.')[0]])());
const { user, system } = process.cpuUsage(before.cpu);
global.gc();
const heapMegabytes = (process.memoryUsage().heapUsed - before.heap) / 1e6;
console.log(JSON.stringify({ kept: kept.length, processorMs: (user + system) / 1e3, heapMegabytes, modules: loaded() - before.modules }));
process.exit(0);
`;

const probed = z.object({ processorMs: z.number(), megabytes: z.number() });
const loadingAnswer = z.object({
	processorMs: z.number(),
	heapMegabytes: z.number(),
	modules: z.number(),
});
const manifestShape = z.object({
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

export async function measureStarts({ runtime, tarball, pairs }: StartJob): Promise<StartFigures> {
	const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-start-'));
	try {
		const users = WAYS.map((way) => path.join(folder, way));
		for (const user of users) mkdirSync(path.join(user, '.n8n'), { recursive: true });
		writeSmallestPackage(path.join(folder, 'smallest'));
		const installed = await installPackage(tarball, path.join(folder, 'with'));
		// The first start of each makes its database and warms the file cache: not counted.
		for (const user of users) await measureStart(runtime, user);
		const starts: Array<Record<Way, StartCost>> = [];
		for (let round = 0; round < pairs; round += 1) {
			const costs = new Map<Way, StartCost>();
			for (const way of turnAbout(round)) {
				costs.set(way, await measureStart(runtime, path.join(folder, way)));
			}
			starts.push(ofEachWay((way) => costOf(costs, way)));
		}
		return {
			pairs,
			...ofEachWay((way) =>
				quantiles(
					starts.map((start) => start[way]),
					0.5,
				),
			),
			added: spread(starts, 'without'),
			addedToSmallest: spread(starts, 'smallest'),
			loading: await measureLoadings(runtime, installed, folder),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Turn about, so that a machine that grows busier does not count against one of them. */
function turnAbout(round: number): Way[] {
	const first = round % WAYS.length;
	return [...WAYS.slice(first), ...WAYS.slice(0, first)];
}

function costOf(costs: ReadonlyMap<Way, StartCost>, way: Way): StartCost {
	const cost = costs.get(way);
	if (cost === undefined) throw new Error(`n8n was not started ${way} the package`);
	return cost;
}

function ofEachWay(cost: (way: Way) => StartCost): Record<Way, StartCost> {
	return { without: cost('without'), smallest: cost('smallest'), with: cost('with') };
}

function spread(starts: ReadonlyArray<Record<Way, StartCost>>, base: Way): Spread {
	const added = starts.map((start) => ofEach((key) => start.with[key] - start[base][key]));
	return {
		low: quantiles(added, 0.25),
		median: quantiles(added, 0.5),
		high: quantiles(added, 0.75),
	};
}

function writeSmallestPackage(userFolder: string): void {
	const folder = path.join(userFolder, '.n8n/nodes/node_modules', SMALLEST.name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(SMALLEST));
	writeFileSync(path.join(folder, 'Empty.node.js'), EMPTY_NODE);
}

function ofEach(figure: (key: keyof StartCost) => number): StartCost {
	return {
		readyMs: figure('readyMs'),
		processorMs: figure('processorMs'),
		megabytes: figure('megabytes'),
	};
}

function quantiles(costs: readonly StartCost[], share: number): StartCost {
	return ofEach((key) =>
		quantile(
			costs.map((cost) => cost[key]),
			share,
		),
	);
}

async function measureStart(
	{ node, n8n }: StartJob['runtime'],
	userFolder: string,
): Promise<StartCost> {
	const [port, brokerPort] = [await freePort(), await freePort()];
	const probe = path.join(userFolder, 'probe.cjs');
	const answerFile = path.join(userFolder, 'cost.json');
	writeFileSync(probe, PROBE);
	rmSync(answerFile, { force: true });
	const startedMs = performance.now();
	const child = spawn(node, ['--expose-gc', '--require', probe, n8n, 'start'], {
		cwd: userFolder,
		env: {
			...inheritedEnvironment(node),
			...n8nEnvironment(userFolder, port, brokerPort),
			START_COST_FILE: answerFile,
		},
		stdio: 'ignore',
	});
	const ended = new Promise((resolve) => child.once('close', resolve));
	if (child.pid !== undefined) endWithThisProcess(child.pid, userFolder);
	try {
		for (const address of ['healthz/readiness', 'rest/settings']) {
			await until(
				`n8n answers at ${address}`,
				PATIENCE_MS,
				async () => {
					if (child.exitCode !== null) throw new Error(`n8n ended with code ${child.exitCode}`);
					const answer = await fetch(`http://127.0.0.1:${port}/${address}`).catch(() => undefined);
					return answer?.ok === true;
				},
				ASK_EVERY_MS,
			);
		}
		const readyMs = performance.now() - startedMs;
		await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
		child.kill('SIGUSR2');
		await until('n8n says what it used', PATIENCE_MS, async () => existsSync(answerFile));
		return { readyMs, ...probed.parse(JSON.parse(readFileSync(answerFile, 'utf8'))) };
	} finally {
		// In peace: after an unclean end, n8n's next start waits on purpose.
		child.kill('SIGTERM');
		const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
		await ended;
		clearTimeout(patience);
	}
}

async function measureLoadings(
	{ node, modules }: StartJob['runtime'],
	installed: string,
	folder: string,
): Promise<LoadingCost[]> {
	const script = path.join(folder, 'loading.cjs');
	writeFileSync(script, LOADING);
	const manifest = manifestShape.parse(
		JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')),
	);
	const { nodes, credentials } = manifest.n8n;
	const subjects = {
		'This package: its nodes and credentials': [...nodes, ...credentials].map((file) =>
			path.join(installed, file),
		),
		...Object.fromEntries(
			Object.entries(BUILT_IN).map(([what, file]) => [
				what,
				[path.join(modules, 'n8n-nodes-base/dist/nodes', file)],
			]),
		),
	};
	const costs: LoadingCost[] = [];
	for (const [what, files] of Object.entries(subjects)) {
		const runs: Array<z.infer<typeof loadingAnswer>> = [];
		for (let run = 0; run < LOADINGS; run += 1) {
			const { stdout } = await promisify(execFile)(node, ['--expose-gc', script, ...files], {
				env: { ...inheritedEnvironment(node), NODE_PATH: modules },
			});
			runs.push(loadingAnswer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')));
		}
		const tenths = runs.map(({ heapMegabytes }) => heapMegabytes * 10);
		costs.push({
			what,
			processorMs: quantile(
				runs.map(({ processorMs }) => processorMs),
				0.5,
			),
			heapMegabytes: quantile(tenths, 0.5) / 10,
			modules: runs[0]?.modules ?? 0,
		});
	}
	return costs;
}
