/** Builds the package and packs it the way it is published, when something changed since. */
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './childProcess.mjs';
import { whileLocked } from './installLock.mjs';
import { projectRoot } from './toolchain.mjs';

const SOURCES = [
	'credentials',
	'icons',
	'lib',
	'nodes',
	'scripts/build.mjs',
	'scripts/bundleVendor.mjs',
	'scripts/freezeDescriptions.mjs',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'README.md',
	'LICENSE',
];

const folder = path.join(projectRoot, 'build/package');

/** Where the packed package is after the step. */
export const tarball = path.join(folder, 'n8n-nodes-knack-xero.tgz');

export function addPackageStep(plan, after = ['project']) {
	plan.step('package', {
		title: 'The package, built and packed',
		seconds: 15,
		after,
		run: (tell) => ensurePackage(tell),
	});
}

async function ensurePackage({ detail, note, signal }) {
	const onWait = (holder) => note(`process ${holder} is doing this already; waiting for it`);
	return await whileLocked(path.join(projectRoot, 'build/package.lock'), { onWait }, async () => {
		const stamp = path.join(folder, '.stamp');
		const newest = String(await newestChange());
		if (
			(await readFile(stamp, 'utf8').catch(() => '')) === newest &&
			(await stat(tarball).catch(() => undefined))
		) {
			return 'ready';
		}
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		const options = { cwd: projectRoot, quiet: true, onLine: detail, signal };
		await run(process.execPath, ['scripts/build.mjs'], options);
		await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], options);
		const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
		await rename(path.join(folder, packed), tarball);
		await writeFile(stamp, newest);
		return undefined;
	});
}

/** When a source was last changed, added or removed: folders count as well as files. */
async function newestChange() {
	let newest = 0;
	const look = async (entry) => {
		const found = await stat(entry).catch(() => undefined);
		if (!found) return;
		newest = Math.max(newest, found.mtimeMs);
		if (!found.isDirectory()) return;
		await Promise.all((await readdir(entry)).map((name) => look(path.join(entry, name))));
	};
	await Promise.all(SOURCES.map((source) => look(path.join(projectRoot, source))));
	return newest;
}
