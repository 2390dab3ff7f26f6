import path from 'node:path';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { attempt } from './childProcess.mjs';
import { projectRoot } from './toolchain.mjs';

const JEST = path.join(projectRoot, 'node_modules/jest/bin/jest.js');

/** What `npm test` does after the set-up, in order. `needs` says which set-up comes before. */
export const STAGES = [
	{ name: 'lint', needs: [], run: (context) => command(['scripts/lint.mjs'], context) },
	{ name: 'unit', needs: [], run: (context) => jest('unit', context) },
	{ name: 'contract', needs: [], run: (context) => jest('contract', context) },
	{ name: 'engine', needs: [], run: (context) => jest('engine', context) },
	{ name: 'package', needs: ['package'], run: (context) => jest('package', context) },
	// Two at a time: each starts an n8n of its own, and much of their time is Xero's pace.
	{ name: 'e2e', needs: ['package', 'n8n'], run: (context) => jest('e2e', context) },
	{
		name: 'queue',
		needs: ['package', 'n8n', 'services'],
		run: (context) => jest('queue', context),
	},
];

/**
 * @typedef {{ ok: boolean, passed: number, failed: number, skipped: number }} StageResult
 * @typedef {{ env: Record<string, string>, signal: AbortSignal }} StageContext `env` is what the tests
 *   are told besides, `signal` ends them half-way
 */

/** A stage without tests of its own: only its failure counts. */
async function command(args, { signal }) {
	const { code } = await attempt(process.execPath, args, { cwd: projectRoot, signal });
	const failed = code === 0 ? 0 : 1;
	return { ok: failed === 0, passed: 0, failed, skipped: 0 };
}

async function jest(folder, { env, signal }) {
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
		'--maxWorkers=2',
	];
	// With --json the report for people goes to stderr, and stdout has the JSON, which nobody reads.
	const { code } = await attempt(process.execPath, args, {
		cwd: projectRoot,
		env: { ...process.env, ...env },
		hideStdout: true,
		signal,
	});
	if (code > 128) console.error(`The ${folder} tests were ended from outside (code ${code}).`);
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
