/** Writes the Knack starter's CSV files and the tables of docs/knack-starter.md from the sandbox. */
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'build/knackStarterFiles.cjs');

await build({
	entryPoints: [path.join(root, 'scripts/knackStarterFiles.ts')],
	outfile: bundle,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	logLevel: 'warning',
});
const { starterTables, withStarterTables } = createRequire(import.meta.url)(bundle);
const folder = path.join(root, 'workflows-examples/knack-starter');
await mkdir(folder, { recursive: true });
for (const { fileName, csv } of starterTables()) {
	await writeFile(path.join(folder, fileName), csv);
}
const page = path.join(root, 'docs/knack-starter.md');
await writeFile(page, withStarterTables(await readFile(page, 'utf8')));
console.log('Wrote workflows-examples/knack-starter and docs/knack-starter.md.');
