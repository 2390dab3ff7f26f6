/**
 * `npm run mutate -- [folder or file …] [flag of Stryker …]`: changes the code in small ways, one
 * at a time, and looks whether a test notices. Without a name it takes the folders in which the
 * promises are kept, one after the other; each by itself is half an hour's work at most.
 *
 * What has been judged is remembered in `build/mutation`, so that a second run only looks at what
 * was changed since. Ends with 1 where less than nine of ten mutants are noticed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { attempt } from './childProcess.mjs';
import { projectRoot } from './toolchain.mjs';

const STRYKER = path.join(projectRoot, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const OUTPUT = 'build/mutation';
const FOLDERS = ['find', 'check', 'plan', 'write', 'map'].map((name) => `lib/sync/${name}`);

const given = process.argv.slice(2);
const named = given.filter((argument) => !argument.startsWith('--'));
const flags = given.filter((argument) => argument.startsWith('--'));

let failed = false;
const scores = [];
for (const target of named.length > 0 ? named : FOLDERS) {
	if (!existsSync(path.join(projectRoot, target))) {
		console.error(`There is no ${target}.`);
		failed = true;
		continue;
	}
	const code = await mutate(target);
	failed ||= code !== 0;
	scores.push(`${target}: ${await scoreOf(target)}`);
}
for (const line of scores) console.log(line);
process.exitCode = failed ? 1 : 0;

function reportOf(target, ending) {
	const name = target.replace(/[^\w.]+/g, '-');
	return path.join(OUTPUT, `${name}.${ending}`);
}

async function mutate(target) {
	await mkdir(path.join(projectRoot, OUTPUT), { recursive: true });
	const files = target.endsWith('.ts') ? target : `${target}/**/*.ts`;
	const args = ['run', '--mutate', files, '--incrementalFile', reportOf(target, 'known.json')];
	const { code } = await attempt(process.execPath, [STRYKER, ...args, ...flags], {
		cwd: projectRoot,
		env: {
			...process.env,
			MUTATION_JSON: reportOf(target, 'json'),
			MUTATION_HTML: reportOf(target, 'html'),
		},
	});
	return code;
}

/** Of the mutants that a test could have noticed, how many one did. */
async function scoreOf(target) {
	const text = await readFile(path.join(projectRoot, reportOf(target, 'json')), 'utf8').catch(
		() => undefined,
	);
	if (text === undefined) return 'no result';
	const mutants = Object.values(JSON.parse(text).files).flatMap((file) => file.mutants);
	const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
	const noticed = count('Killed', 'Timeout');
	const judged = noticed + count('Survived', 'NoCoverage');
	const percent = judged === 0 ? 100 : (100 * noticed) / judged;
	return `${noticed} of ${judged} mutants noticed, ${percent.toFixed(1)} %`;
}
