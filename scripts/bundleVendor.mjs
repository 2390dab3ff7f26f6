/**
 * Replaces the compiled entries of lib/vendor by bundles that hold the packages they re-export, so
 * that the published package needs no run-time dependencies. Not minified: people read what they
 * trust with a ledger.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} root folder of the package
 * @returns {Promise<string[]>} names of the packages that were bundled
 */
export async function bundleVendor(root) {
	const source = path.join(root, 'lib/vendor');
	const target = path.join(root, 'dist/lib/vendor');
	const entries = (await readdir(source)).filter((name) => name.endsWith('.ts'));
	const { metafile } = await build({
		entryPoints: entries.map((name) => path.join(source, name)),
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
		minify: false,
		treeShaking: true,
		plugins: [withoutUnusedEntities],
	});
	const packages = bundledPackages(metafile);
	await writeFile(path.join(target, 'LICENSES.txt'), await licences(root, packages));
	return packages.map((folder) => path.relative(path.join(root, 'node_modules'), folder));
}

/**
 * The tables of `entities` stand in modules of their own, and nothing here calls those for writing HTML,
 * nor those for reading it in the older of two versions. The folder that is bundled does not say that
 * they may be left out.
 */
const withoutUnusedEntities = {
	name: 'without unused entities',
	setup({ onResolve, resolve }) {
		onResolve({ filter: /^entities$|encode|escape|decode/ }, async (wanted) => {
			const isOfEntities = wanted.path === 'entities' || wanted.importer.includes('/entities/');
			if (!isOfEntities || wanted.pluginData === 'resolved') return undefined;
			const { kind, importer, resolveDir } = wanted;
			const found = await resolve(wanted.path, {
				kind,
				importer,
				resolveDir,
				pluginData: 'resolved',
			});
			return found.errors.length > 0
				? { errors: found.errors }
				: { path: found.path, sideEffects: false };
		});
	},
};

/** Folders of the packages whose code is in the bundles, in alphabetical order. */
function bundledPackages(metafile) {
	const folders = new Set();
	for (const file of Object.keys(metafile.inputs)) {
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
			const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license']
				.map((candidate) => path.join(folder, candidate))
				.find(existsSync);
			const text = file ? (await readFile(file, 'utf8')).trim() : `Licence: ${license}`;
			return `${name} ${version} (${license})\n\n${text}\n`;
		}),
	);
	const rule = `\n${'-'.repeat(78)}\n\n`;
	return `Code of these packages is part of the files in this folder.\n${rule}${parts.join(rule)}`;
}
