/**
 * Replaces the compiled entries of lib/vendor by bundles that hold the packages they re-export, so
 * that the published package needs no run-time dependencies. Not minified: people read what they
 * trust with a ledger. Only the one that draws is, which would be a third of the download.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** They get figures to draw and give a drawing; nothing of a ledger goes through them. */
const MINIFIED = new Set(['charts.ts']);

/**
 * @param {string} root folder of the package
 * @returns {Promise<string[]>} names of the packages that were bundled
 */
export async function bundleVendor(root) {
	const source = path.join(root, 'lib/vendor');
	const target = path.join(root, 'dist/lib/vendor');
	const entries = (await readdir(source)).filter((name) => name.endsWith('.ts'));
	const bundle = async (names, minify) =>
		await build({
			entryPoints: names.map((name) => path.join(source, name)),
			outdir: target,
			absWorkingDir: root,
			allowOverwrite: true,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node20',
			external: ['n8n-workflow'],
			legalComments: 'inline',
			logLevel: 'warning',
			metafile: true,
			minify,
			treeShaking: true,
		});
	const readable = await bundle(
		entries.filter((name) => !MINIFIED.has(name)),
		false,
	);
	const minified = await bundle([...MINIFIED], true);
	const inputs = { ...readable.metafile.inputs, ...minified.metafile.inputs };
	const packages = bundledPackages(inputs);
	await writeFile(path.join(target, 'LICENSES.txt'), await licences(root, packages));
	return packages.map((folder) => path.relative(path.join(root, 'node_modules'), folder));
}

/** Folders of the packages whose code is in the bundles, in alphabetical order. */
function bundledPackages(inputs) {
	const folders = new Set();
	for (const file of Object.keys(inputs)) {
		const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
		if (folder) folders.add(path.resolve(folder));
	}
	return [...folders].sort();
}

async function licences(root, folders) {
	const parts = await Promise.all(
		folders.map(async (folder) => {
			const { name, version, license } = JSON.parse(
				await readFile(path.join(folder, 'package.json'), 'utf8'),
			);
			const text =
				(await firstOf(folder, ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license'])) ??
				`Licence: ${license}`;
			// The Apache licence asks that it goes along (4 d).
			const notice = await firstOf(folder, ['NOTICE', 'NOTICE.txt', 'NOTICE.md']);
			const texts = notice === undefined ? [text] : [text, 'NOTICE', notice];
			return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
		}),
	);
	const rule = `\n${'-'.repeat(78)}\n\n`;
	return `Code of these packages is part of the files in this folder.\n${rule}${parts.join(rule)}`;
}

/** The text of the first of these files that the folder has. */
async function firstOf(folder, names) {
	const file = names.map((name) => path.join(folder, name)).find(existsSync);
	return file && (await readFile(file, 'utf8')).trim();
}
