import path from 'node:path';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { attempt } from './childProcess.mjs';
import { projectRoot } from './toolchain.mjs';

const JEST = path.join(projectRoot, 'node_modules/jest/bin/jest.js');

/** What `npm test` does after the set-up, in order. `needs` says which set-up comes before. */
export const STAGES = [
	{ name: 'lint', needs: [], run: () => command('lint', ['scripts/lint.mjs']) },
	{ name: 'unit', needs: [], run: () => jest('unit') },
	{ name: 'contract', needs: [], run: () => jest('contract') },
	{ name: 'engine', needs: [], run: () => jest('engine') },
	{ name: 'package', needs: ['package'], run: () => jest('package') },
	// Two at a time: each starts an n8n of its own, and much of their time is Xero's pace.
	{ name: 'e2e', needs: ['package', 'n8n'], run: (env) => jest('e2e', undefined, env) },
];

/**
 * @typedef {{ ok: boolean, passed: number, failed: number, skipped: number }} StageResult
 */

/** A stage without tests of its own: only its failure counts. */
async function command(name, args) {
	const { code } = await attempt(process.execPath, args, { cwd: projectRoot });
	const failed = code === 0 ? 0 : 1;
	return { ok: failed === 0, passed: 0, failed, skipped: 0 };
}

async function jest(folder, flags = ['--maxWorkers=2'], env = {}) {
	const outputFile = path.join(projectRoot, 'build/results', `${folder}.json`);
	await mkdir(path.dirname(outputFile), { recursive: true });
	await rm(outputFile, { force: true });
	const args = [
		JEST,
		'--testPathPatterns',
		`/test/${folder}/`,
		'--json',
		'--outputFile',
		outputFile,
		'--passWithNoTests',
		...flags,
	];
	// With --json the report for people goes to stderr, and stdout has the JSON, which nobody reads.
	const { code, signal } = await attempt(process.execPath, args, {
		cwd: projectRoot,
		env: { ...process.env, ...env },
		hideStdout: true,
	});
	if (signal) console.error(`The ${folder} tests were ended from outside, by ${signal}.`);
	return tally(code, await readFile(outputFile, 'utf8').then(JSON.parse, () => undefined));
}

function tally(code, results) {
	if (!results) return { ok: false, passed: 0, failed: 1, skipped: 0 };
	// A file that could not even be loaded has no tests to count, but it did fail.
	const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
	return {
		ok: code === 0 && failed === 0,
		passed: results.numPassedTests,
		failed: code !== 0 && failed === 0 ? 1 : failed,
		skipped: results.numPendingTests + results.numTodoTests,
	};
}
