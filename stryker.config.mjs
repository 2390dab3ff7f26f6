/**
 * How mutants are made and judged; `npm run mutate` says of which folder. Mutants are judged by the
 * unit and contract tests, each by those that run over it.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	testRunner: 'jest',
	// Named, since plugins are otherwise looked for beside Stryker's own package only.
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		projectType: 'custom',
		configFile: 'jest.config.js',
		config: {
			testMatch: ['<rootDir>/test/{unit,contract}/**/*.test.ts'],
			// The sandbox's own tests say nothing of lib, and proofs run for minutes.
			testPathIgnorePatterns: ['/node_modules/', '/contract/sandbox', '/contract/prove'],
		},
		enableFindRelatedTests: true,
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
	timeoutMS: 20_000,
	dryRunTimeoutMinutes: 20,
	incremental: true,
	reporters: ['clear-text', 'html', 'json'],
	jsonReporter: { fileName: process.env.MUTATION_JSON ?? 'build/mutation/mutation.json' },
	htmlReporter: { fileName: process.env.MUTATION_HTML ?? 'build/mutation/mutation.html' },
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	thresholds: { high: 95, low: 90, break: 90 },
	allowConsoleColors: false,
};
