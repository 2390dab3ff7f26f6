/**
 * Everything that `npm run demo` and `npm test` need on a bare machine with Node 20: the project's
 * dependencies in the clone, and a real n8n with a Node for it in a cache outside the clone. Only
 * Node's own modules are used here, since nothing is installed yet when this runs.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, run } from './childProcess.mjs';
import { whileLocked } from './installLock.mjs';

export const NODE_VERSION = '24.21.0';
export const N8N_VERSION = '2.41.1';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const npmQuietly = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/**
 * Where n8n and its Node are kept: KNACK_XERO_CACHE, else below the user's cache folder.
 * @returns {{ root: string, node: string, n8n: string, durations: string }}
 */
export function cacheFolders(env = process.env) {
	const root =
		env.KNACK_XERO_CACHE ??
		path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'n8n-nodes-knack-xero');
	return {
		root,
		node: path.join(root, `node-${NODE_VERSION}`),
		n8n: path.join(root, `n8n-${N8N_VERSION}`),
		durations: path.join(root, 'durations.json'),
	};
}

/** Adds the steps to a plan: `project`, `node`, `n8n` (and what n8n needs before it). */
export function addToolchainSteps(plan, { project = true, n8n = true } = {}) {
	const folders = cacheFolders();
	if (project) {
		plan.step('project', {
			title: "The project's dependencies",
			seconds: 60,
			run: (say) => ensureProject(say),
		});
	}
	if (!n8n) return;
	plan.step('node', {
		title: `Node ${NODE_VERSION} for n8n`,
		seconds: 10,
		run: (say) => ensureNode(folders, say),
	});
	plan.step('n8nDownload', {
		title: `n8n ${N8N_VERSION}, 2,370 packages`,
		seconds: 220,
		run: (say) => downloadN8n(folders, say),
	});
	plan.step('n8n', {
		title: "n8n's native modules",
		seconds: 60,
		after: ['node', 'n8nDownload'],
		run: (say) => buildN8n(folders, say),
	});
}

/** Path of the Node that n8n runs on, and of n8n's own start file. */
export function n8nRuntime() {
	const folders = cacheFolders();
	return {
		node: path.join(folders.node, 'node_modules/.bin/node'),
		n8n: path.join(folders.n8n, 'node_modules/n8n/bin/n8n'),
		modules: path.join(folders.n8n, 'node_modules'),
	};
}

async function ensureProject(say) {
	return await whileLocked(path.join(projectRoot, 'build/project.lock'), say, async () => {
		if (await projectIsInstalled()) return 'ready';
		const options = { cwd: projectRoot, quiet: true, onLine: say };
		// Scripts are not needed: what they would build is for n8n's servers, not for these tests.
		const flags = ['--ignore-scripts', ...npmQuietly];
		const { code } = await attempt(npm, ['ci', ...flags], options);
		// npm refuses a lock that another version of npm wrote when it lists other optional packages.
		if (code !== 0) await run(npm, ['install', '--no-save', ...flags], options);
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

async function ensureNode(folders, say) {
	const { node } = n8nRuntime();
	return await whileLocked(`${folders.node}.lock`, say, async () => {
		if (await answersVersion(node)) return 'ready';
		await rm(folders.node, { recursive: true, force: true });
		await startProject(folders.node, { node: NODE_VERSION });
		await run(npm, ['install', ...npmQuietly], { cwd: folders.node, quiet: true, onLine: say });
		if (!(await answersVersion(node))) {
			throw new Error(
				`The package node@${NODE_VERSION} gave no working Node for ${process.platform} on ${process.arch}.`,
			);
		}
		return undefined;
	});
}

async function answersVersion(node) {
	if (!existsSync(node)) return false;
	const { code, output } = await attempt(node, ['--version'], { quiet: true });
	return code === 0 && output.trim() === `v${NODE_VERSION}`;
}

/** The packages without their scripts: of the 16 that have some, n8n needs two, built after. */
async function downloadN8n(folders, say) {
	return await whileLocked(`${folders.n8n}.download.lock`, say, async () => {
		if (existsSync(readyMark(folders)) || existsSync(downloadedMark(folders))) return 'ready';
		// What an interrupted install left may be half written; npm's own cache has the downloads.
		await rm(folders.n8n, { recursive: true, force: true });
		await startProject(folders.n8n, { n8n: N8N_VERSION });
		await run(npm, ['install', '--ignore-scripts', '--legacy-peer-deps', ...npmQuietly], {
			cwd: folders.n8n,
			quiet: true,
			onLine: say,
		});
		await writeFile(downloadedMark(folders), '');
		return undefined;
	});
}

async function buildN8n(folders, say) {
	return await whileLocked(`${folders.n8n}.build.lock`, say, async () => {
		if (existsSync(readyMark(folders))) return 'ready';
		const { node } = n8nRuntime();
		const env = {
			...process.env,
			PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		};
		const headers = path.join(
			folders.node,
			`node_modules/node/node_modules/node-${process.platform}-${process.arch}`,
		);
		// Without it node-gyp would compile against the headers of the Node that started this.
		if (existsSync(path.join(headers, 'include/node/node.h'))) env.npm_config_nodedir = headers;
		await run(npm, ['rebuild', 'sqlite3', 'isolated-vm', '--no-progress'], {
			cwd: folders.n8n,
			env,
			quiet: true,
			onLine: say,
		}).catch((error) => {
			error.message +=
				'\n\nn8n needs sqlite3, which may have to be compiled: install a C++ compiler, make and Python 3 (Debian, Ubuntu: build-essential python3) and run this again.';
			throw error;
		});
		await run(node, ['-e', "require('sqlite3');require('isolated-vm')"], {
			cwd: folders.n8n,
			quiet: true,
		});
		await writeFile(readyMark(folders), '');
		return undefined;
	});
}

const readyMark = (folders) => path.join(folders.n8n, '.ready');
const downloadedMark = (folders) => path.join(folders.n8n, '.downloaded');

async function startProject(folder, dependencies) {
	await mkdir(folder, { recursive: true });
	const manifest = { name: 'n8n-runtime', private: true, dependencies };
	await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
}

async function readJson(file) {
	return await readFile(file, 'utf8').then(JSON.parse, () => undefined);
}
