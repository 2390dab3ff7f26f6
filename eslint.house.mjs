/**
 * The rules of this repository, beside n8n's own (`eslint.config.mjs`, which has to stay as n8n's
 * template has it): imports point one way, money is never a float, dates are never guessed at.
 */
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { housePlugin } from './scripts/houseRules/plugin.mjs';

const basePath = import.meta.dirname ?? new URL('.', import.meta.url).pathname;

/** Who may import from whom; what is not named here is allowed. */
const zones = [
	{
		target: './lib/*.ts',
		from: [
			'./lib/knack',
			'./lib/xero',
			'./lib/sync',
			'./lib/insights',
			'./lib/n8n',
			'./nodes',
			'./credentials',
		],
		message: 'Pure values import nothing of Knack, Xero, the sync or n8n.',
	},
	{
		target: './lib/vendor',
		from: ['./lib', './nodes', './credentials'],
		except: ['./vendor'],
		message: 'A vendor entry only re-exports a package.',
	},
	{
		target: './lib/knack',
		from: ['./lib/xero', './lib/sync', './lib/insights', './lib/n8n', './nodes', './credentials'],
		message: "Knack's API knows nothing of Xero, the sync or n8n.",
	},
	{
		target: './lib/xero',
		from: ['./lib/knack', './lib/sync', './lib/insights', './lib/n8n', './nodes', './credentials'],
		message: "Xero's API knows nothing of Knack, the sync or n8n.",
	},
	{
		target: './lib/sync',
		from: ['./lib/insights', './lib/n8n', './nodes', './credentials'],
		message: 'The sync knows nothing of n8n, nor of what is reckoned from the books.',
	},
	{
		target: './lib/insights',
		from: ['./lib/n8n', './nodes', './credentials'],
		message: 'Insights know nothing of n8n.',
	},
	{
		target: './lib/n8n',
		from: ['./nodes', './credentials'],
		message: 'lib/n8n serves the nodes, not the other way round.',
	},
	{
		target: ['./lib', './nodes', './credentials'],
		from: ['./sandbox', './test', './scripts'],
		message: 'What is published imports nothing of the sandbox, the tests or the scripts.',
	},
	{
		target: './sandbox',
		from: ['./lib', './nodes', './credentials', './test', './scripts'],
		message: 'A twin that shares code with what it tests proves nothing.',
	},
];

const bundledOnlyInVendor = {
	regex: '^(zod|big\\.js|luxon|xero-node|axios|hono|html-to-text|html-entities|d3-[a-z-]+)(/.*)?$',
	allowTypeImports: true,
	message: 'Import it from lib/vendor, which is bundled into the published package.',
};

const shipped = ['lib/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'];

const guesses = [
	{
		selector: "CallExpression[callee.name='parseFloat']",
		message: 'Money and quantities are decimals: parseDecimal of lib/money.ts.',
	},
	{
		selector: "MemberExpression[object.name='Number'][property.name='parseFloat']",
		message: 'Money and quantities are decimals: parseDecimal of lib/money.ts.',
	},
	{
		selector: "NewExpression[callee.name='Date'][arguments.length>0]",
		message: 'A Date of a text shifts days between time zones: use lib/dates.ts.',
	},
	{
		selector: "CallExpression[callee.object.name='Date'][callee.property.name=/^(parse|now)$/]",
		message: 'Dates come from lib/dates.ts, the time from the Clock of lib/clock.ts.',
	},
];

const doubtfulCasts = {
	selector: "TSAsExpression > TSAsExpression[typeAnnotation.type='TSUnknownKeyword']",
	message: 'A cast through unknown hides a wrong type: parse the value or mend the type.',
};

export default tseslint.config(
	{ ignores: ['dist', 'build', 'coverage', 'node_modules'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		languageOptions: {
			parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: basePath },
		},
		plugins: { house: housePlugin, 'import-x': importX },
		settings: {
			'import-x/resolver-next': [createTypeScriptImportResolver()],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		rules: {
			'import-x/no-restricted-paths': ['error', { zones, basePath }],
			'import-x/no-self-import': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'max-lines': ['warn', { max: 300, skipComments: true, skipBlankLines: true }],
			'house/max-lines-hard': ['error', { max: 500 }],
			'no-restricted-syntax': ['error', doubtfulCasts],
			eqeqeq: ['error', 'always'],
		},
	},
	{
		files: shipped,
		rules: {
			'no-restricted-syntax': ['error', doubtfulCasts, ...guesses],
			'house/no-float-formatting': 'error',
			// More of them by position, and a call cannot be read: pass one object.
			'@typescript-eslint/max-params': ['error', { max: 5 }],
		},
	},
	{
		files: shipped,
		ignores: ['lib/vendor/**'],
		rules: {
			'@typescript-eslint/no-restricted-imports': ['error', { patterns: [bundledOnlyInVendor] }],
		},
	},
	{
		files: [
			'lib/*.ts',
			'lib/knack/**/*.ts',
			'lib/xero/**/*.ts',
			'lib/sync/**/*.ts',
			'lib/insights/**/*.ts',
		],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						bundledOnlyInVendor,
						{
							regex: '^n8n-(workflow|core)(/.*)?$',
							allowTypeImports: true,
							message: "Only lib/n8n, the nodes and the credentials know n8n's runtime.",
						},
					],
				},
			],
		},
	},
	{
		// The registry alone knows what types of documents there are.
		files: ['lib/sync/**/*.ts', 'lib/n8n/**/*.ts', 'nodes/**/*.ts'],
		rules: { 'house/no-document-names': 'error' },
	},
	{
		// A node describes, reads its parameters and hands over: decisions belong in lib/.
		files: ['nodes/**/*.ts'],
		rules: { complexity: ['error', 10], 'max-depth': ['error', 3] },
	},
	{
		// Tables of cases are long, and a test says what it does by its cases.
		files: ['test/**/*.ts', 'sandbox/**/*.ts'],
		rules: { 'max-lines': 'off', 'house/max-lines-hard': ['error', { max: 800 }] },
	},
	{
		files: ['scripts/**/*.mjs', '*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: {
				AbortController: 'readonly',
				AbortSignal: 'readonly',
				Buffer: 'readonly',
				clearInterval: 'readonly',
				clearTimeout: 'readonly',
				console: 'readonly',
				fetch: 'readonly',
				process: 'readonly',
				setInterval: 'readonly',
				setTimeout: 'readonly',
				URL: 'readonly',
			},
		},
		rules: { eqeqeq: ['error', 'always'] },
	},
);
