/**
 * `npm run proof [-- --release] [--seed 20261129] [--only chaos,fuzz] [--into folder] [--resume]
 * [--at-once 2] [--again]`: runs everything that the promises rest on, at a size for every day or for a release,
 * and writes one page and one JSON file with versions, seeds and figures into docs/proof/, or into the
 * folder. A part alone is written where a folder is named. What fails does not keep the others from
 * running. Each result is kept as soon as it is there; `--resume` takes over what passed already, in the
 * same code, and runs the rest. `--at-once` proofs go side by side, as many as there are cores unless
 * told; what is timed goes alone. After a change of code, `--only names --again` runs those once more and
 * keeps the others, each with the commit that it is of; the page says so, and which files have changed.
 */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { machineWords } from './benchPage.mjs';
import { attempt } from './childProcess.mjs';
import { program } from './program.mjs';
import { codeAtHand, codeChangedSince } from './proofCode.mjs';
import { readProof, refuseAnotherProof, writeProof } from './proofFile.mjs';
import { figuresOf } from './proofPage.mjs';
import { ProofProgress } from './proofProgress.mjs';
import { PROOF_RUNS } from './proofRuns.mjs';
import { inTurns } from './proofTurns.mjs';
import { SetUpProblem } from './setUpProblem.mjs';
import { chosenRelease, projectRoot } from './toolchain.mjs';

const PAGE_FOLDER = 'docs/proof';

await program(async () => {
	const asked = askedFor();
	const code = await codeAtHand();
	const before = asked.resume || asked.again ? resumable(asked.folder, code) : undefined;
	if (asked.again && !before) throw new SetUpProblem('--again adds to a proof, and there is none.');
	const on = today();
	const seed = asked.seed ?? before?.seed ?? Number(on.replaceAll('-', ''));
	const versions = await versionsOf(code);
	if (before) await refuseAnotherProof(before, { size: asked.size, seed, versions }, asked.again);

	const { due, left, runs } = whatIsDue(asked, before);
	const machine = machineWords(os.loadavg()[0] ?? 0);
	const isRun = (name) => runs.some((run) => run.name === name);
	const keep = async () => {
		if (asked.folder === undefined) return;
		const changed = await changedBetween(runs, code.commit);
		const open = inOrder([...due, ...(before?.due ?? [])]).filter((name) => !isRun(name));
		const { size } = asked;
		writeProof(asked.folder, {
			...{ size, seed, on, versions, machine, runs, changed },
			...{ due: open, left },
		});
	};
	if (before || due.length === 0) await keep();
	const progress = new ProofProgress(due.length);
	try {
		const toRun = PROOF_RUNS.filter(({ name }) => due.includes(name));
		await inTurns(toRun, asked.atOnce, async (run) => {
			await refuseChangedCode(code);
			progress.begin(run.name);
			const onLine = (line) => progress.line(run.name, line);
			runs.push(await carriedOut(run, { ...asked, seed, commit: versions.commit }, onLine));
			const order = inOrder(runs.map(({ name }) => name));
			runs.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
			progress.end(run.name);
			await keep();
		});
	} finally {
		progress.stop();
	}
	tellResults({ runs, left, folder: asked.folder });
	process.exitCode = runs.every(({ passed }) => passed) ? 0 : 1;
});

function askedFor() {
	const { values } = parseArgs({
		options: {
			release: { type: 'boolean', default: false },
			'every-day': { type: 'boolean', default: false },
			seed: { type: 'string' },
			only: { type: 'string' },
			into: { type: 'string' },
			resume: { type: 'boolean', default: false },
			again: { type: 'boolean', default: false },
			'at-once': { type: 'string', default: String(os.availableParallelism()) },
		},
	});
	const seed = values.seed === undefined ? undefined : Number(values.seed);
	if (seed !== undefined && !Number.isSafeInteger(seed)) {
		throw new SetUpProblem(`${values.seed} is no seed: give a whole number.`);
	}
	const atOnce = Number(values['at-once']);
	if (!Number.isSafeInteger(atOnce) || atOnce < 1) {
		throw new SetUpProblem(`--at-once ${values['at-once']}: give a whole number from 1.`);
	}
	const isOfPage = values.only === undefined || values.again;
	const into = values.into ?? (isOfPage ? PAGE_FOLDER : undefined);
	if (values.again && values.only === undefined) {
		throw new SetUpProblem('--again runs what --only names once more.');
	}
	if (values.resume && into === undefined) {
		throw new SetUpProblem('--resume takes over from a folder: name it with --into.');
	}
	return {
		size: values.release ? 'release' : 'every-day',
		seed,
		chosen: chosenRuns(values.only),
		folder: into === undefined ? undefined : path.resolve(projectRoot, into),
		resume: values.resume,
		again: values.again,
		atOnce,
	};
}

function chosenRuns(only) {
	if (only === undefined) return PROOF_RUNS;
	const names = only.split(',');
	const unknown = names.filter((name) => !PROOF_RUNS.some((run) => run.name === name));
	if (unknown.length > 0) {
		const known = PROOF_RUNS.map(({ name }) => name).join(', ');
		throw new SetUpProblem(`There is no proof ${unknown.join(', ')}. There are: ${known}`);
	}
	return PROOF_RUNS.filter(({ name }) => names.includes(name));
}

/** The proof that a folder has, where it may be taken over. */
function resumable(folder, { isCommitted }) {
	if (isCommitted) return readProof(folder);
	throw new SetUpProblem(
		'Code has changed and is not committed, so that nobody can say whether it is that of the earlier runs: commit it, or leave --resume out.',
	);
}

/** What is run now, and what stands already: what passed, and what nobody asked for again. */
function whatIsDue({ chosen, size, again }, before) {
	const names = chosen.map(({ name }) => name);
	const isKept = ({ name, passed }) => !names.includes(name) || (passed && !again);
	const runs = (before?.runs ?? [])
		.filter(isKept)
		.map((run) => ({ ...run, commit: run.commit ?? before.versions.commit }));
	if (before) console.log(`Taken over: ${runs.map(({ name }) => name).join(', ') || 'nothing'}.`);
	const isAtThisSize = (run) => parametersOf(run, size) !== undefined;
	const isThere = ({ name }) => runs.some((run) => run.name === name);
	const namesOf = (some) => some.map(({ name }) => name);
	return {
		runs,
		due: namesOf(chosen.filter((run) => isAtThisSize(run) && !isThere(run))),
		left: inOrder([
			...namesOf(chosen.filter((run) => !isAtThisSize(run))),
			...(before?.left ?? []),
		]),
	};
}

/** Each name once, in the order of the list. */
function inOrder(names) {
	return PROOF_RUNS.map(({ name }) => name).filter((name) => names.includes(name));
}

/** What a run is told at a size; nothing where it is not run at that one. */
function parametersOf(run, size) {
	return size === 'release' ? run.release : run.everyDay;
}

/** Runs a proof, and prints what it says under its heading when it has ended. */
async function carriedOut(run, { size, seed, commit }, onLine) {
	const { name, claim, command } = run;
	const told = parametersOf(run, size);
	const parameters = told.replace('{seed}', String(seed));
	const words = `npm run ${command}${parameters === '' ? '' : ` -- ${parameters}`}`;
	const startedMs = Date.now();
	const file = path.join(projectRoot, `scripts/${command}.mjs`);
	const { code, output } = await attempt(
		process.execPath,
		[file, ...parameters.split(' ').filter((each) => each !== '')],
		// A signal, though it is never given: with it the proof ends whenever this process does.
		{ cwd: projectRoot, quiet: true, onLine, signal: new AbortController().signal },
	);
	console.log(`\n== ${name}: ${words}\n${output.trimEnd()}`);
	return {
		name,
		claim,
		command: words,
		size: told.replace(/ ?--seed \{seed\}/, ''),
		...(told.includes('{seed}') ? { seed } : {}),
		on: today(),
		commit,
		passed: code === 0,
		seconds: Math.round((Date.now() - startedMs) / 1_000),
		figures: figuresOf(output),
	};
}

/** Files of code that have changed since the commits of earlier runs, by commit. */
async function changedBetween(runs, now) {
	const commits = [...new Set(runs.map(({ commit }) => commit))];
	const changed = await Promise.all(
		commits.map(async (commit) => [commit, (await codeChangedSince(commit, now)) ?? []]),
	);
	return Object.fromEntries(changed.filter(([, files]) => files.length > 0));
}

/** Hours lie between the first proof and the last: all are of one code, or the page says nothing. */
async function refuseChangedCode(atStart) {
	const now = await codeAtHand();
	const changed = await codeChangedSince(atStart.commit, now.commit);
	if (changed?.length === 0 && now.isCommitted === atStart.isCommitted) return;
	throw new SetUpProblem(
		'The code has changed since this proof began. What was proven until then is kept; nothing more is run.',
	);
}

function tellResults({ runs, left, folder }) {
	if (folder !== undefined) {
		const shown = path.relative(projectRoot, folder);
		console.log(
			`\nWrote README.md and proof.json into ${shown.startsWith('..') ? folder : shown}.`,
		);
	}
	for (const { name, passed, seconds } of runs) {
		console.log(`${passed ? 'passed' : 'FAILED'} ${name} (${Math.round(seconds)} s)`);
	}
	for (const name of left) console.log(`not run at this size: ${name}`);
}

function today() {
	return new Date().toISOString().slice(0, 10);
}

/** Of what the figures are: this package at a commit, what it is built with, and what it runs on. */
async function versionsOf({ commit, isCommitted }) {
	const { name, version, devDependencies } = JSON.parse(
		await readFile(path.join(projectRoot, 'package.json'), 'utf8'),
	);
	return {
		[name]: version,
		commit: isCommitted ? commit : `${commit}, with changes that are not committed`,
		node: process.versions.node,
		n8n: chosenRelease().n8n,
		'n8n-workflow': devDependencies['n8n-workflow'],
		'xero-node': devDependencies['xero-node'],
		zod: devDependencies.zod,
	};
}
