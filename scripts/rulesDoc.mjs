/** Writes docs/rules.md from the registry in lib/issueCodes. */
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'build/rulesPage.cjs');

await build({
	entryPoints: [path.join(root, 'scripts/rulesPage.ts')],
	outfile: bundle,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	logLevel: 'warning',
});
const { rulesPage } = createRequire(import.meta.url)(bundle);
await writeFile(path.join(root, 'docs/rules.md'), rulesPage());
console.log('Wrote docs/rules.md.');
