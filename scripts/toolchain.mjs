/**
 * Everything that `npm run demo` and `npm test` need on a bare machine with Node 20: the project's
 * dependencies in the clone, and a real n8n with a Node for it in a cache outside the clone. Only
 * Node's own modules are used here, since nothing is installed yet when this runs.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
// By one name: a Node that lacks one of them must get as far as to say that it is too old.
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, CommandFailed, run } from './childProcess.mjs';
import { installEnvironment, settingsIn } from './installEnvironment.mjs';
import { whileLocked } from './installLock.mjs';
import {
	buildToolsProblem,
	missingBuildTools,
	needSpace,
	nodePackage,
	npmProblem,
} from './machine.mjs';
import { releaseNamed, satisfies, SQLITE3_VERSION } from './releases.mjs';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const windows = process.platform === 'win32';
const npm = windows ? 'npm.cmd' : 'npm';
const npmQuietly = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
/** npm waits 10 and 60 seconds before it asks again, and by then a person has gone. */
const npmPatience = [
	'--fetch-retries=2',
	'--fetch-retry-mintimeout=500',
	'--fetch-retry-maxtimeout=2000',
];

/** Measured on Linux: what is unpacked, and what npm keeps of it in its own cache. */
const PROJECT_BYTES = 1_200_000_000;
const N8N_BYTES = 4_500_000_000;

const PREBUILT_PATIENCE_MS = 20_000;

/** The release of n8n that is prepared when none is named: `KNACK_XERO_N8N`, else the newest. */
export function chosenRelease(env = process.env) {
	return releaseNamed(env.KNACK_XERO_N8N || undefined);
}

/**
 * Where n8n and its Node are kept: KNACK_XERO_CACHE, else below the user's cache folder.
 * @returns {{ root: string, node: string, sqlite3: string, n8n: string, durations: string }}
 */
export function cacheFolders(release = chosenRelease(), env = process.env) {
	const root = path.resolve(
		env.KNACK_XERO_CACHE ||
			path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'n8n-nodes-knack-xero'),
	);
	return {
		root,
		node: path.join(root, `node-${release.node}`),
		sqlite3: path.join(root, `sqlite3-${SQLITE3_VERSION}`),
		n8n: path.join(root, `n8n-${release.n8n}`),
		durations: path.join(root, 'durations.json'),
	};
}

/**
 * Adds the steps to a plan: `project`, `node`, `n8n` (and what n8n needs before it). With `n8nLater`
 * the machine is asked now for what n8n needs, though n8n itself comes with another plan.
 */
export function addToolchainSteps(
	plan,
	{ project = true, n8n = true, n8nLater = false, release = chosenRelease() } = {},
) {
	const folders = cacheFolders(release);
	plan.step('machine', {
		title: 'Network, disk and tools',
		seconds: 2,
		run: (tell) => checkMachine({ project, n8n: n8n || n8nLater, folders, tell }),
	});
	if (project) {
		plan.step('project', {
			title: "The project's dependencies",
			seconds: 60,
			after: ['machine'],
			run: (tell) => ensureProject(tell),
		});
	}
	if (!n8n) return;
	plan.step('node', {
		title: `Node ${release.engines} for n8n`,
		seconds: 10,
		after: ['machine'],
		run: (tell) => ensureNode(release, folders, tell),
	});
	plan.step('sqlite3', {
		title: "n8n's database, compiled if need be",
		seconds: 60,
		after: ['node'],
		run: (tell) => buildSqlite3(release, folders, tell),
	});
	plan.step('n8nDownload', {
		title: `n8n ${release.n8n}, more than 2,000 packages`,
		seconds: 220,
		after: ['node'],
		run: (tell) => downloadN8n(release, folders, tell),
	});
	plan.step('n8n', {
		title: "n8n's native modules",
		seconds: 5,
		after: ['sqlite3', 'n8nDownload'],
		run: (tell) => finishN8n(release, folders, tell),
	});
}

/** Path of the Node that n8n runs on, and of n8n's own start file. */
export function n8nRuntime(release = chosenRelease()) {
	const folders = cacheFolders(release);
	return {
		node: fittingNodeOnPath(release) ?? fetchedNode(folders),
		n8n: path.join(folders.n8n, 'node_modules/n8n/bin/n8n'),
		modules: path.join(folders.n8n, 'node_modules'),
	};
}

/** What can be known before anything is downloaded, so that nobody waits for a failure. */
async function checkMachine({ project, n8n, folders, tell }) {
	const wanted = {
		project: project && !(await projectIsInstalled()),
		n8n: n8n && !existsSync(readyMark(folders)),
	};
	if (!wanted.project && !wanted.n8n) return 'ready';
	await fs.mkdir(folders.root, { recursive: true });
	const there = async (folder) => {
		const { bavail, bsize } = await fs.statfs(folder);
		return bavail * bsize;
	};
	if (wanted.project) {
		needSpace('This', projectRoot, await there(projectRoot), PROJECT_BYTES, '');
	}
	if (wanted.n8n && !existsSync(downloadedMark(folders))) {
		const elsewhere = ', or set KNACK_XERO_CACHE to a folder on another disk';
		needSpace('n8n', folders.root, await there(folders.root), N8N_BYTES, elsewhere);
	}
	// Any small package will do: the question is whether there is a registry.
	const { code, output } = await attempt(
		npm,
		['view', 'node-gyp', 'version', '--prefer-online', '--fetch-retries=0', '--fetch-timeout=8000'],
		{ cwd: os.tmpdir(), env: environmentOfInstalls(), quiet: true, signal: tell.signal },
	);
	const problem = code === 0 ? undefined : npmProblem(output, folders.root);
	if (problem) throw problem;
	if (wanted.n8n) await ensureSqlite3CanBeHad(folders, tell);
	return undefined;
}

async function ensureProject(tell) {
	return await whileLocked(path.join(projectRoot, 'build/project.lock'), told(tell), async () => {
		if (await projectIsInstalled()) return 'ready';
		// Scripts are not needed: what they would build is for n8n's servers, not for these tests.
		await runNpm(['ci', '--ignore-scripts', '--include=dev'], projectRoot, process.env, tell);
		if (!(await projectIsInstalled())) {
			throw new Error('npm installed other versions than package-lock.json names.');
		}
		return undefined;
	});
}

/** Whether every package of the lock that is not optional is there in its version. */
async function projectIsInstalled() {
	const wanted = await readJson(path.join(projectRoot, 'package-lock.json'));
	const found = await readJson(path.join(projectRoot, 'node_modules/.package-lock.json'));
	if (!wanted?.packages || !found?.packages) return false;
	return Object.entries(wanted.packages).every(([folder, entry]) => {
		if (folder === '' || entry.optional || entry.devOptional || entry.link) return true;
		return found.packages[folder]?.version === entry.version;
	});
}

async function ensureNode(release, folders, tell) {
	if (fittingNodeOnPath(release)) return 'ready';
	return await whileLocked(`${folders.node}.lock`, told(tell), async () => {
		const node = fetchedNode(folders);
		if (fits(node, release)) return 'ready';
		const name = nodePackage(thisMachine(), release);
		await fs.rm(folders.node, { recursive: true, force: true });
		await startProject(folders.node, {
			dependencies: { [NODE_ALIAS]: `npm:${name}@${release.node}` },
		});
		await runNpm(['install', '--ignore-scripts'], folders.node, environmentOfInstalls(), tell);
		if (!fits(node, release)) {
			throw new Error(`The package ${name}@${release.node} has no Node ${release.engines} in it.`);
		}
		return undefined;
	});
}

/**
 * Without a compiler n8n's database has to be had ready-made, and that is known by fetching it.
 * @throws {SetUpProblem} when it cannot be had at all
 */
async function ensureSqlite3CanBeHad(folders, tell) {
	const env = environmentOfInstalls();
	const missing = missingBuildTools((program) => isOnPath(program, env));
	if (missing.length === 0) return;
	await whileLocked(`${folders.sqlite3}.lock`, told(tell), async () => {
		const binary = sqlite3Binary(folders.sqlite3);
		if (existsSync(binary)) return;
		await fetchSqlite3(folders, env, tell);
		const prebuildInstall = path.join(folders.sqlite3, 'node_modules/prebuild-install/bin.js');
		const { code } = await attempt(process.execPath, [prebuildInstall, '-r', 'napi'], {
			cwd: path.join(folders.sqlite3, 'node_modules/sqlite3'),
			env,
			quiet: true,
			signal: tell.signal,
			timeoutMs: PREBUILT_PATIENCE_MS,
		});
		if (code !== 0 || !existsSync(binary)) throw buildToolsProblem(missing, process.platform);
	});
}

/** sqlite3 by itself, some megabytes, and not built yet. */
async function fetchSqlite3(folders, env, tell) {
	if (existsSync(path.join(folders.sqlite3, 'node_modules/.package-lock.json'))) return;
	await fs.rm(folders.sqlite3, { recursive: true, force: true });
	await startProject(folders.sqlite3, {
		dependencies: { sqlite3: SQLITE3_VERSION },
		allowScripts: { sqlite3: true },
	});
	await runNpm(['install', '--ignore-scripts'], folders.sqlite3, env, tell);
}

async function buildSqlite3(release, folders, tell) {
	return await whileLocked(`${folders.sqlite3}.lock`, told(tell), async () => {
		const binary = sqlite3Binary(folders.sqlite3);
		if (existsSync(binary) || existsSync(readyMark(folders))) return 'ready';
		const env = environmentOfInstalls(release);
		await fetchSqlite3(folders, env, tell);
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folders.sqlite3, env, tell);
		return undefined;
	});
}

/** The packages without their scripts: of the 16 that have some, n8n needs two, built by themselves. */
async function downloadN8n(release, folders, tell) {
	return await whileLocked(`${folders.n8n}.download.lock`, told(tell), async () => {
		if (existsSync(readyMark(folders)) || existsSync(downloadedMark(folders))) return 'ready';
		if (existsSync(folders.n8n)) {
			tell.note(
				'an earlier download did not get to its end; it starts anew with what npm has kept',
			);
			// Out of the way at once: to remove it may take as long as to make it.
			await fs.rename(folders.n8n, `${folders.n8n}.old-${process.pid}`);
		}
		const removed = removeOldDownloads(folders);
		await startProject(folders.n8n, {
			dependencies: { n8n: release.n8n },
			overrides: release.overrides,
			allowScripts: { 'isolated-vm': true },
		});
		const flags = ['install', '--ignore-scripts', '--legacy-peer-deps', '--omit=dev'];
		await runNpm(flags, folders.n8n, environmentOfInstalls(release), tell);
		await assertAsExpected(release, folders);
		await fs.writeFile(downloadedMark(folders), '');
		await removed;
		return undefined;
	});
}

/** Only room is lost when one of them stays: the next download tries again. */
async function removeOldDownloads(folders) {
	const name = `${path.basename(folders.n8n)}.old-`;
	const old = (await fs.readdir(folders.root)).filter((entry) => entry.startsWith(name));
	const remove = (entry) => fs.rm(path.join(folders.root, entry), { recursive: true, force: true });
	await Promise.allSettled(old.map(remove));
}

/** What `releases.mjs` says of this n8n must be what it says itself. */
async function assertAsExpected(release, folders) {
	const manifestOf = (name) =>
		readJson(path.join(folders.n8n, 'node_modules', name, 'package.json'));
	const [n8n, sqlite3] = await Promise.all(['n8n', 'sqlite3'].map(manifestOf));
	const found = { n8n: n8n?.version, engines: n8n?.engines?.node, sqlite3: sqlite3?.version };
	const wanted = { n8n: release.n8n, engines: release.engines, sqlite3: SQLITE3_VERSION };
	for (const name of Object.keys(wanted)) {
		if (found[name] !== wanted[name]) {
			throw new Error(`n8n ${release.n8n}: ${name} is ${found[name]}, and not ${wanted[name]}`);
		}
	}
}

async function finishN8n(release, folders, tell) {
	return await whileLocked(`${folders.n8n}.build.lock`, told(tell), async () => {
		if (existsSync(readyMark(folders))) return 'ready';
		const { node, modules } = n8nRuntime(release);
		const target = sqlite3Binary(folders.n8n);
		await fs.mkdir(path.dirname(target), { recursive: true });
		await fs.copyFile(sqlite3Binary(folders.sqlite3), target);
		const needed = ['sqlite3'];
		if (existsSync(path.join(modules, 'isolated-vm'))) {
			needed.push('isolated-vm');
			const flags = ['rebuild', 'isolated-vm', '--ignore-scripts=false'];
			await runNpm(flags, folders.n8n, environmentOfInstalls(release), tell);
		}
		await run(node, ['-e', needed.map((name) => `require('${name}')`).join(';')], {
			cwd: folders.n8n,
			quiet: true,
			signal: tell.signal,
		});
		await fs.writeFile(readyMark(folders), '');
		return undefined;
	});
}

const readyMark = (folders) => path.join(folders.n8n, '.ready');
const downloadedMark = (folders) => path.join(folders.n8n, '.downloaded');
const sqlite3Binary = (folder) =>
	path.join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node');

/** @throws {SetUpProblem} for a failure that a person can mend */
async function runNpm(args, folder, env, tell) {
	try {
		await run(npm, [...args, ...npmQuietly, ...npmPatience], {
			cwd: folder,
			env,
			quiet: true,
			onLine: tell.detail,
			signal: tell.signal,
		});
	} catch (error) {
		const problem = error instanceof CommandFailed ? npmProblem(error.output, folder) : undefined;
		throw problem ?? error;
	}
}

/** For installs outside the project; with a release for those that build for n8n's Node. */
function environmentOfInstalls(release) {
	const projectSettings = settingsIn(readFileSync(path.join(projectRoot, '.npmrc'), 'utf8'));
	if (!release) return installEnvironment(process.env, projectSettings);
	const node = path.dirname(n8nRuntime(release).node);
	const prefix = windows ? node : path.dirname(node);
	const headers = existsSync(path.join(prefix, 'include/node/node.h')) ? prefix : undefined;
	return installEnvironment(process.env, projectSettings, { node, headers });
}

const told = ({ note }) => ({
	onWait: (holder) => note(`process ${holder} is doing this already; waiting for it`),
	onTakeOver: () => note('an earlier run was ended in the middle of this; going on from there'),
});

const thisMachine = () => ({
	platform: process.platform,
	arch: process.arch,
	musl:
		process.platform === 'linux' &&
		process.report.getReport().header.glibcVersionRuntime === undefined,
});

/** The platform's package of Node under one name, whatever it is called in the registry. */
const NODE_ALIAS = 'node-of-n8n';

function fetchedNode(folders) {
	return path.join(folders.node, 'node_modules', NODE_ALIAS, 'bin', windows ? 'node.exe' : 'node');
}

const versions = new Map();

/** @returns whether there is a Node at this path that n8n takes */
function fits(node, { engines }) {
	if (!existsSync(node)) return false;
	const version =
		versions.get(node) ?? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
	// One that cannot be started today may have been replaced tomorrow.
	if (version) versions.set(node, version);
	return satisfies(version, engines);
}

/** @returns {string | undefined} the first Node on PATH that n8n takes */
function fittingNodeOnPath(release) {
	const name = windows ? 'node.exe' : 'node';
	return [process.execPath, ...searchPath().map((folder) => path.join(folder, name))].find((node) =>
		fits(node, release),
	);
}

const searchPath = (env = process.env) => (env.PATH ?? '').split(path.delimiter).filter(Boolean);

function isOnPath(program, env) {
	return searchPath(env).some((folder) => {
		try {
			accessSync(path.join(folder, windows ? `${program}.exe` : program), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

async function startProject(folder, manifest) {
	await fs.mkdir(folder, { recursive: true });
	const text = JSON.stringify({ name: 'n8n-runtime', private: true, ...manifest }, null, '\t');
	await fs.writeFile(path.join(folder, 'package.json'), `${text}\n`);
}

async function readJson(file) {
	return await fs.readFile(file, 'utf8').then(JSON.parse, () => undefined);
}
