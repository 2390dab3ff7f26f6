import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { codeChangedSince } from './proofCode.mjs';
import { proofPage } from './proofPage.mjs';
import { SetUpProblem } from './setUpProblem.mjs';

/** Files that a refusal names. */
const MOST_NAMED = 5;

/**
 * Writes proof.json and its page, each at once or not at all: what was there before stays whole
 * however this process ends.
 * @param {string} folder
 * @param {import('./proofPage.mjs').Proof} proof
 */
export function writeProof(folder, proof) {
	mkdirSync(folder, { recursive: true });
	const replace = (name, text) => {
		const file = path.join(folder, name);
		writeFileSync(`${file}.new`, text);
		renameSync(`${file}.new`, file);
	};
	replace('proof.json', `${JSON.stringify(proof, null, '\t')}\n`);
	replace('README.md', proofPage(proof));
}

/**
 * What an earlier proof has left in a folder.
 * @param {string} folder
 * @returns {import('./proofPage.mjs').Proof | undefined}
 * @throws {SetUpProblem} where the file cannot be read as one
 */
export function readProof(folder) {
	const file = path.join(folder, 'proof.json');
	if (!existsSync(file)) return undefined;
	const unreadable = (why) =>
		new SetUpProblem(`${file} is no proof that can be resumed (${why}): move it away.`);
	let proof;
	try {
		proof = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw unreadable(error.message);
	}
	const texts = { size: proof?.size, commit: proof?.versions?.commit };
	for (const [name, text] of Object.entries(texts)) {
		if (typeof text !== 'string') throw unreadable(`it has no ${name}`);
	}
	if (!Number.isSafeInteger(proof.seed)) throw unreadable('it has no seed');
	if (!Array.isArray(proof.runs)) throw unreadable('it has no runs');
	const isWhole = (run) =>
		typeof run?.name === 'string' &&
		typeof run.command === 'string' &&
		typeof run.on === 'string' &&
		typeof run.passed === 'boolean' &&
		Array.isArray(run.figures);
	if (!proof.runs.every(isWhole)) throw unreadable('a run of it is not whole');
	return proof;
}

/**
 * The runs of an earlier proof stand for those of this one where size and seed, the code, Node and n8n
 * are the same.
 * @param {import('./proofPage.mjs').Proof} before
 * @param {{ size: string, seed: number, versions: Record<string, string> }} now
 * @param {boolean} mayHaveChanged whether the code may be another one, of which each run tells
 * @throws {SetUpProblem} where it is another proof, in words
 */
export async function refuseAnotherProof(before, { size, seed, versions }, mayHaveChanged) {
	const another = (what) =>
		new SetUpProblem(
			`The proof that is there cannot be resumed: ${what}. Without --resume it starts anew.`,
		);
	if (before.size !== size) {
		throw another(`it was run at the size "${before.size}", and this is "${size}"`);
	}
	if (before.seed !== seed) throw another(`its seed is ${before.seed}, and this one is ${seed}`);
	const { commit } = before.versions;
	const changed = await codeChangedSince(commit, versions.commit);
	if (changed === undefined)
		throw another(`it is of "${commit}", which is no commit of this clone`);
	if (changed.length > 0 && !mayHaveChanged) {
		const more = changed.length > MOST_NAMED ? ` and ${changed.length - MOST_NAMED} more` : '';
		throw another(
			`since ${commit} code has changed: ${changed.slice(0, MOST_NAMED).join(', ')}${more}`,
		);
	}
	for (const [name, version] of Object.entries(versions)) {
		if (name === 'commit' || before.versions[name] === version) continue;
		throw another(`it was run with ${name} ${before.versions[name]}, and this is ${version}`);
	}
}
