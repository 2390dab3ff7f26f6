/** Brings the forms in workflows-examples/ up to what Map & Upsert to Xero draws now. */
import { build } from 'esbuild';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'build/exampleForms.cjs');

await build({
	entryPoints: [path.join(root, 'scripts/presentForms.ts')],
	outfile: bundle,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	external: ['n8n-workflow'],
	logLevel: 'warning',
});
const { withPresentForms } = createRequire(import.meta.url)(bundle);
const folder = path.join(root, 'workflows-examples');
for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json'))) {
	const file = path.join(folder, name);
	const before = await readFile(file, 'utf8');
	const after = withPresentForms(before);
	if (after !== before) await writeFile(file, after);
	console.log(`${name}: ${after === before ? 'as it was' : 'written anew'}`);
}
