/**
 * The rules of n8n's community package scanner over a packed package, as it applies them: the full
 * preset on package.json and every JavaScript file, with inline disables switched off.
 *
 * `node scripts/scanPackage.mjs <folder of the unpacked package>` prints the findings as JSON and
 * ends with 1 when there is an error among them.
 */
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint } from 'eslint';
import path from 'node:path';
import tseslint from 'typescript-eslint';

const folder = path.resolve(process.argv[2] ?? '.');
const { recommended } = n8nCommunityNodesPlugin.configs;

const eslint = new ESLint({
	cwd: folder,
	overrideConfigFile: true,
	allowInlineConfig: false,
	errorOnUnmatchedPattern: true,
	overrideConfig: [
		{
			...recommended,
			files: ['**/*.js', 'package.json'],
			languageOptions: {
				parser: tseslint.parser,
				parserOptions: { extraFileExtensions: ['.json'] },
			},
		},
	],
});

const results = await eslint.lintFiles(['package.json', '**/*.js']);
const findings = results.flatMap(({ filePath, messages }) =>
	messages.map(({ severity, ruleId, line, message }) => ({
		severity: severity === 2 ? 'error' : 'warning',
		rule: ruleId,
		place: `${path.relative(folder, filePath)}:${line}`,
		message,
	})),
);
console.log(JSON.stringify({ files: results.length, findings }, null, '\t'));
process.exitCode = findings.some(({ severity }) => severity === 'error') ? 1 : 0;
