import { sampleOf } from './scripts/mutation/sample.mjs';

const { MUTATION_JSON, MUTATION_HTML } = process.env;
const isSample = sampleOf(process.env) !== undefined;

/**
 * How mutants are made and judged; `npm run mutate` says of which folder, and which tests judge them,
 * each by those that run over it.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	testRunner: 'inProcess',
	plugins: ['./scripts/mutation/inProcess.mjs', './scripts/mutation/sampleChecker.mjs'],
	checkers: isSample ? ['sample'] : [],
	coverageAnalysis: 'perTest',
	// A table of data is read once, so that a mutant in it costs every test: what is kept as data is
	// checked cell by cell by a test of its own.
	ignoreStatic: true,
	// Sentences for people are checked as sentences, not letter by letter.
	mutator: { excludedMutations: ['StringLiteral'] },
	ignorePatterns: ['build', 'coverage', 'dist'],
	tempDirName: 'build/mutation/tmp',
	concurrency: 2,
	// Far beyond what a busy machine takes: a mutant is noticed by a test, not by the clock.
	timeoutMS: 600_000,
	dryRunTimeoutMinutes: 20,
	incremental: !isSample,
	reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
	jsonReporter: { fileName: MUTATION_JSON ?? 'build/mutation/mutation.json' },
	htmlReporter: { fileName: MUTATION_HTML ?? 'build/mutation/mutation.html' },
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	thresholds: { high: 95, low: 90, break: null },
	allowConsoleColors: false,
};
