/**
 * `npm run proof [-- --release] [--seed 20261129] [--only chaos,fuzz] [--into folder]`: runs everything
 * that the promises rest on, at a size for every day or for a release, and writes one page and one JSON
 * file with versions, seeds and figures into docs/proof/, or into the folder. A part alone is written
 * where a folder is named. What fails does not keep the others from running.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { machineWords } from './benchPage.mjs';
import { attempt } from './childProcess.mjs';
import { program } from './program.mjs';
import { figuresOf, proofPage } from './proofPage.mjs';
import { PROOF_RUNS } from './proofRuns.mjs';
import { chosenRelease, projectRoot } from './toolchain.mjs';

const PAGE_FOLDER = 'docs/proof';

await program(async () => {
	const { values } = parseArgs({
		options: {
			release: { type: 'boolean', default: false },
			'every-day': { type: 'boolean', default: false },
			seed: { type: 'string' },
			only: { type: 'string' },
			into: { type: 'string' },
		},
	});
	const size = values.release ? 'release' : 'every-day';
	const on = new Date().toISOString().slice(0, 10);
	const seed = Number(values.seed ?? on.replaceAll('-', ''));
	if (!Number.isSafeInteger(seed))
		throw new Error(`${values.seed} is no seed: give a whole number.`);
	const machine = machineWords(os.loadavg()[0] ?? 0);
	const versions = await versionsOf();
	const chosen = chosenRuns(values.only);
	const parametersOf = (run) => (size === 'release' ? run.release : run.everyDay);
	const due = chosen.filter((run) => parametersOf(run) !== undefined);
	const runs = [];
	for (const run of due) {
		const parameters = parametersOf(run).replace('{seed}', String(seed));
		runs.push(await carriedOut(run, parameters));
	}
	const left = chosen.filter((run) => parametersOf(run) === undefined);
	const proof = { size, seed, on, versions, machine, runs, left: left.map(({ name }) => name) };
	const into = values.into ?? (values.only === undefined ? PAGE_FOLDER : undefined);
	if (into !== undefined) {
		const folder = path.resolve(projectRoot, into);
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'README.md'), proofPage({ ...proof, left }));
		await writeFile(path.join(folder, 'proof.json'), `${JSON.stringify(proof, null, '\t')}\n`);
		console.log(`\nWrote README.md and proof.json into ${into}.`);
	}
	for (const { name, passed, seconds } of runs) {
		console.log(`${passed ? 'passed' : 'FAILED'} ${name} (${Math.round(seconds)} s)`);
	}
	for (const { name } of left) console.log(`not run at this size: ${name}`);
	process.exitCode = runs.every(({ passed }) => passed) ? 0 : 1;
});

async function carriedOut({ name, claim, command }, parameters) {
	const words = `npm run ${command}${parameters === '' ? '' : ` -- ${parameters}`}`;
	console.log(`\n== ${name}: ${words}`);
	const startedMs = Date.now();
	const file = path.join(projectRoot, `scripts/${command}.mjs`);
	const { code, output } = await attempt(
		process.execPath,
		[file, ...parameters.split(' ').filter((each) => each !== '')],
		{ cwd: projectRoot },
	);
	return {
		name,
		claim,
		command: words,
		passed: code === 0,
		seconds: Math.round((Date.now() - startedMs) / 1_000),
		figures: figuresOf(output),
	};
}

function chosenRuns(only) {
	if (only === undefined) return PROOF_RUNS;
	const names = only.split(',');
	const unknown = names.filter((name) => !PROOF_RUNS.some((run) => run.name === name));
	if (unknown.length > 0) {
		const known = PROOF_RUNS.map(({ name }) => name).join(', ');
		throw new Error(`There is no proof ${unknown.join(', ')}. There are: ${known}`);
	}
	return PROOF_RUNS.filter(({ name }) => names.includes(name));
}

/** Of what the figures are: this package at a commit, what it is built with, and what it runs on. */
async function versionsOf() {
	const { name, version, devDependencies } = JSON.parse(
		await readFile(path.join(projectRoot, 'package.json'), 'utf8'),
	);
	const git = async (...parameters) => {
		const { stdout } = await promisify(execFile)('git', parameters, { cwd: projectRoot });
		return stdout.trim();
	};
	const changed = await git('status', '--porcelain', '--untracked-files=no');
	return {
		[name]: version,
		commit: `${await git('rev-parse', '--short=12', 'HEAD')}${changed === '' ? '' : ', with changes that are not committed'}`,
		node: process.versions.node,
		n8n: chosenRelease().n8n,
		'n8n-workflow': devDependencies['n8n-workflow'],
		'xero-node': devDependencies['xero-node'],
		zod: devDependencies.zod,
	};
}
