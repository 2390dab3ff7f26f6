/**
 * Finds directives that switch lint rules off without naming them or without saying why. No lint
 * rule can: it would be switched off along with the others.
 *
 * `node scripts/houseRules/blanketDisables.mjs [folder]` lists them and ends with 1 if there are any.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const SOURCES = ['credentials', 'lib', 'nodes', 'sandbox', 'scripts', 'test'];
const DIRECTIVE = /(?:\/\/|\/\*)\s*eslint-disable(?:-next-line|-line)?(?=[\s*]|$)(.*)/;

const root = path.resolve(process.argv[2] ?? '.');
const found = (await Promise.all(SOURCES.map((folder) => look(path.join(root, folder))))).flat();
for (const place of found) {
	console.log(`${place}: name the rule that is disabled, and say why after "--"`);
}
process.exitCode = found.length > 0 ? 1 : 0;

async function look(folder) {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const places = await Promise.all(
		entries.map(async (entry) => {
			const file = path.join(folder, entry.name);
			if (entry.isDirectory()) return await look(file);
			if (!/\.[cm]?[jt]s$/.test(entry.name)) return [];
			return blanketDirectives(await readFile(file, 'utf8')).map(
				(line) => `${path.relative(root, file)}:${line}`,
			);
		}),
	);
	return places.flat();
}

/** Numbers of the lines that hold one. */
function blanketDirectives(text) {
	return text.split('\n').flatMap((line, index) => {
		const directive = DIRECTIVE.exec(line);
		if (!directive) return [];
		const [rules, reason] = directive[1].replace(/\*\/\s*$/, '').split('--');
		return rules.trim() === '' || !reason?.trim() ? [index + 1] : [];
	});
}
