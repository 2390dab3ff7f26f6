import { rename } from 'node:fs/promises';
import path from 'node:path';

import { projectRoot } from './toolchain.mjs';

/**
 * Makes one file that the Node at hand runs from a TypeScript entry; packages stay outside of it.
 * @param {string} entry path from the root, such as `sandbox/main.ts`
 * @returns {Promise<string>} path of the file
 */
export async function bundleForNode(entry) {
	// Not at the top: this module is loaded before the project's dependencies are installed.
	const { build } = await import('esbuild');
	const outfile = path.join(projectRoot, 'build', `${entry.replace(/\.ts$/, '')}.cjs`);
	// Under a name of its own first: another process may be about to start what is there.
	const made = outfile.replace(/\.cjs$/, `.${process.pid}.cjs`);
	await build({
		entryPoints: [path.join(projectRoot, entry)],
		outfile: made,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		packages: 'external',
		sourcemap: 'inline',
		logLevel: 'warning',
	});
	await rename(made, outfile);
	return outfile;
}
