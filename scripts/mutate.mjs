/**
 * `npm run mutate -- [folder or file …] [--sample 150 [--seed 7]] [flag of Stryker, as --a=b …]`:
 * changes the code in small ways, one at a time, and looks whether a test notices. Without a name it
 * takes the folders in which the promises are kept, one after the other.
 *
 * A sample of so many mutants, drawn by the seed, takes minutes and gives the score with its
 * interval; a whole folder takes up to an hour of two cores. What a whole run has judged is remembered in
 * `build/mutation`, so that a second run only looks at what was changed since. Ends with 1 where
 * less than nine of ten mutants are noticed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { attempt } from './childProcess.mjs';
import { sampleVariables, scoreOf } from './mutation/sample.mjs';
import { projectRoot } from './toolchain.mjs';

const STRYKER = path.join(projectRoot, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const OUTPUT = 'build/mutation';
const LEAST_PERCENT = 90;

/** The folders, and how the names of the tests that speak of each begin: more would only take longer. */
const TESTS_OF = {
	'lib/sync/check': ['unit/rule', 'contract/lateRules', 'contract/hostileInput'],
	'lib/sync/map': ['unit/map', 'unit/groupLines', 'unit/messyPairs', 'contract/connectedLines'],
	'lib/sync/plan': ['unit/plan', 'unit/rules', 'unit/writing'],
	'lib/sync/find': [
		'unit/contactMatch',
		'unit/decisionTable',
		'unit/documentMatch',
		'unit/keysWithin',
		'unit/recordsThatShare',
		'unit/twins',
		'contract/adopt.',
		'contract/changedContacts',
		'contract/changeStatus',
		'contract/contactMadeMeanwhile',
		'contract/correction.',
		'contract/documentByRule',
		'contract/lateRules',
		'contract/oddMoments',
		'contract/recordsOfOneRun',
		'contract/rightOrHeld',
		'contract/secondLook',
		'contract/takenNumbers',
		'contract/upsertE',
		'contract/upsertS',
	],
	'lib/sync/write': [
		'unit/writeElements',
		'unit/writing',
		'contract/approvalLimited',
		'contract/changeStatus',
		'contract/contactMadeMeanwhile',
		'contract/correction.',
		'contract/documentByRule',
		'contract/oddMoments',
		'contract/ordersOfChangedBills',
		'contract/passingWorkers',
		'contract/purchaseOrderToBill',
		'contract/recordsOfOneRun',
		'contract/rightOrHeld',
		'contract/secondLook',
		'contract/upsertE',
		'contract/upsertS',
	],
};
const ALL_TESTS = ['unit/', 'contract/'];

const { values, positionals, tokens } = parseArgs({
	options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
	strict: false,
	tokens: true,
});
const flags = tokens
	.filter(({ kind, name }) => kind === 'option' && name !== 'sample' && name !== 'seed')
	.map(({ rawName, value, inlineValue }) => (inlineValue ? `${rawName}=${value}` : rawName));

let failed = false;
const scores = [];
for (const target of positionals.length > 0 ? positionals : Object.keys(TESTS_OF)) {
	if (!existsSync(path.join(projectRoot, target))) {
		console.error(`There is no ${target}.`);
		failed = true;
		continue;
	}
	await mutate(target);
	const score = await reportedScore(target);
	failed ||= score === undefined || score.percent < LEAST_PERCENT;
	scores.push(`${target}: ${score ? inWords(score) : 'no result'}`);
}
for (const line of scores) console.log(line);
process.exitCode = failed ? 1 : 0;

function reportOf(target, ending) {
	const name = target.replace(/[^\w.]+/g, '-');
	return path.join(OUTPUT, `${name}.${ending}`);
}

async function mutate(target) {
	await mkdir(path.join(projectRoot, OUTPUT), { recursive: true });
	await rm(path.join(projectRoot, reportOf(target, 'json')), { force: true });
	const folder = Object.keys(TESTS_OF).find((each) => target.startsWith(each));
	const files = target.endsWith('.ts') ? target : `${target}/**/*.ts`;
	const args = ['run', '--mutate', files, '--incrementalFile', reportOf(target, 'known.json')];
	await attempt(process.execPath, [STRYKER, ...args, ...flags], {
		cwd: projectRoot,
		env: {
			...process.env,
			...sampleVariables(values.sample, values.seed),
			MUTATION_TESTS: JSON.stringify(TESTS_OF[folder] ?? ALL_TESTS),
			MUTATION_JSON: reportOf(target, 'json'),
			MUTATION_HTML: reportOf(target, 'html'),
		},
	});
}

async function reportedScore(target) {
	const file = path.join(projectRoot, reportOf(target, 'json'));
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	return scoreOf(Object.values(JSON.parse(text).files).flatMap(({ mutants }) => mutants));
}

function inWords({ noticed, judged, left, timeouts, broken, percent, interval }) {
	const [from, to] = interval.map((bound) => bound.toFixed(1));
	return [
		`${noticed} of ${judged} mutants noticed`,
		`${percent.toFixed(1)} %${left === 0 ? '' : ` (95 % interval: ${from} to ${to} %)`}`,
		`not judged: ${timeouts} by the clock, ${broken} that broke a test file, ${left} outside the sample`,
	].join(', ');
}
