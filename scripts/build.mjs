/**
 * `npm run build`: what n8n's own tool builds, with the vendor bundles in place, the forms as plain
 * values, and trimmed.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleVendor } from './bundleVendor.mjs';
import { run } from './childProcess.mjs';
import { freezeDescriptions } from './freezeDescriptions.mjs';
import { program } from './program.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

/** Only these belong to the published package; n8n's tool copies every image of the repository. */
const PUBLISHED = new Set(['credentials', 'icons', 'lib', 'nodes']);

/** What is left of a module of types alone: nothing loads it. */
const NOTHING = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

/** What TypeScript writes anew into each file that loads another one on call, some 1,500 characters. */
const LONG_IMPORT = /^var __createBinding = [^]*?^var __importStar = [^]*?^\}\)\(\);$/m;
const SHORT_IMPORT =
	'var __importStar = (mod) => mod && mod.__esModule ? mod : Object.assign({}, mod, { default: mod });';

await program(async () => {
	await run(
		process.execPath,
		[path.join(root, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs'), 'build'],
		{
			cwd: root,
			quiet: !process.stdout.isTTY,
		},
	);
	const bundled = await bundleVendor(root);
	await freezeDescriptions(root);
	await trim();
	const files = await filesUnder(dist);
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
	const total = sizes.reduce((sum, size) => sum + size, 0);
	console.log(
		`Built ${files.length} files, ${Math.round(total / 1024)} kB; bundled ${bundled.join(', ')}.`,
	);
});

async function trim() {
	for (const entry of await readdir(dist)) {
		if (!PUBLISHED.has(entry)) await rm(path.join(dist, entry), { recursive: true });
	}
	for (const file of await filesUnder(dist)) {
		// Nobody compiles against a node package: n8n loads the JavaScript.
		const isForCompilers = /\.(d\.ts|map|tsbuildinfo)$/.test(file);
		const text = file.endsWith('.js') ? await readFile(file, 'utf8') : '';
		const short = text.replace(LONG_IMPORT, SHORT_IMPORT);
		if (isForCompilers || text === NOTHING) await rm(file);
		else if (short !== text) await writeFile(file, short);
	}
}

async function filesUnder(folder) {
	if (!existsSync(folder)) return [];
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}
