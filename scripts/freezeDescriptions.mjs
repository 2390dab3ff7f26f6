/**
 * Replaces the compiled modules that make the nodes' forms by the values that they make. A form
 * lists the rules and the documents of the sync, so making it loads most of the package, and n8n
 * makes every form at its start. The published modules hold the finished lists instead.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { format } from 'prettier';

/**
 * @param {string} root folder of the package, which is built
 * @returns {Promise<number>} how many modules hold values now
 * @throws when a node would describe itself otherwise than before
 */
export async function freezeDescriptions(root) {
	const before = await descriptions(root);
	const modules = await formModules(path.join(root, 'dist/nodes'));
	const require = createRequire(import.meta.url);
	const frozen = await Promise.all(
		modules.map(async (file) => ({ file, text: await asValues(root, file, require(file)) })),
	);
	for (const { file, text } of frozen) await writeFile(file, text);
	const after = await descriptions(root);
	for (const [name, description] of before) {
		if (!isDeepStrictEqual(after.get(name), description)) {
			throw new Error(`The form of ${name} is another one once it is frozen.`);
		}
	}
	return frozen.length;
}

/** Every module below the folder that is not a node itself. */
async function formModules(folder) {
	const entries = await readdir(folder, { recursive: true });
	return entries
		.filter((entry) => entry.endsWith('.js') && !entry.endsWith('.node.js'))
		.map((entry) => path.join(folder, entry))
		.sort();
}

/** What each node says of itself, by its name; read anew each time. */
async function descriptions(root) {
	const require = createRequire(import.meta.url);
	const dist = path.join(root, 'dist') + path.sep;
	for (const file of Object.keys(require.cache)) {
		if (file.startsWith(dist)) delete require.cache[file];
	}
	const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	return new Map(
		manifest.n8n.nodes.map((listed) => {
			const Node = require(path.join(root, listed))[path.basename(listed, '.node.js')];
			const { description } = new Node();
			return [description.name, description];
		}),
	);
}

/**
 * The text of a module with the values that a module exports. Functions, and what holds some, are
 * there for making values and left out.
 */
async function asValues(root, file, exported) {
	const values = Object.entries(exported).filter(
		([, value]) =>
			typeof value !== 'function' && isDeepStrictEqual(value, JSON.parse(JSON.stringify(value))),
	);
	const source = path.relative(path.join(root, 'dist'), file).replace(/\.js$/, '.ts');
	const code = [
		"'use strict';",
		`// What ${source} makes, written down when the package was built.`,
		...values.map(([name, value]) => `exports.${name} = ${JSON.stringify(value)};`),
	];
	// For whoever reads the package, as the rest of it.
	return await format(code.join('\n'), { parser: 'babel', singleQuote: true, useTabs: true });
}
