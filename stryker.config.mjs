import { sampleOf } from './scripts/mutation/sample.mjs';

const { MUTATION_TESTS, MUTATION_JSON, MUTATION_HTML } = process.env;
const tests = MUTATION_TESTS ? JSON.parse(MUTATION_TESTS) : ['{unit,contract}/**/*'];
const isSample = sampleOf(process.env) !== undefined;

/**
 * How mutants are made and judged; `npm run mutate` says of which folder, and which tests judge them,
 * each by those that run over it.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	testRunner: 'jest',
	// Named, since plugins are otherwise looked for beside Stryker's own package only.
	plugins: ['@stryker-mutator/jest-runner', './scripts/mutation/sampleChecker.mjs'],
	checkers: isSample ? ['sample'] : [],
	jest: {
		projectType: 'custom',
		configFile: 'jest.config.js',
		config: {
			testMatch: tests.map((name) => `<rootDir>/test/${name}.test.ts`),
			testSequencer: '<rootDir>/scripts/mutation/coveringFiles.cjs',
			// The sandbox's own tests say nothing of lib, and proofs run for minutes.
			testPathIgnorePatterns: ['/node_modules/', '/contract/sandbox', '/contract/prove'],
		},
		// Jest would look for what is related in the folder of the mutant alone.
		enableFindRelatedTests: false,
	},
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
	timeoutMS: 120_000,
	dryRunTimeoutMinutes: 20,
	incremental: !isSample,
	reporters: ['clear-text', 'html', 'json'],
	jsonReporter: { fileName: MUTATION_JSON ?? 'build/mutation/mutation.json' },
	htmlReporter: { fileName: MUTATION_HTML ?? 'build/mutation/mutation.html' },
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	thresholds: { high: 95, low: 90, break: null },
	allowConsoleColors: false,
};
