/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// A machine that does something else as well takes its time.
	testTimeout: 30_000,
	setupFiles: ['<rootDir>/test/support/propertySeed.ts'],
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	transform: {
		'^.+\\.[cm]?[tj]s$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// Packages that ship ES modules only.
	transformIgnorePatterns: [
		'/node_modules/(?!(hono|@hono|d3-[a-z-]+|internmap|get-port|milliparsec|@tinyhttp)/)',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};
