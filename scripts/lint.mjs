/**
 * `npm run lint`: n8n's rules, the rules of this house, circles of imports, dead code, types and
 * formatting. All of them run, so that one look shows everything.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt } from './childProcess.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);

const SOURCES = ['credentials', 'lib', 'nodes', 'sandbox', 'scripts', 'test'];
const FORMATTED = [`{${SOURCES.join(',')}}/**/*.{cjs,mjs,ts}`, '*.{js,mjs}'];

const checks = [
	{
		name: "n8n's rules",
		command: [bin('n8n-node'), 'lint'],
		// Folders that are not shipped have an eslint.config.mjs of their own.
		env: { ESLINT_FLAGS: 'unstable_config_lookup_from_file' },
	},
	{ name: 'house rules', command: [bin('eslint'), '-c', 'eslint.house.mjs', '.'] },
	{
		name: 'disabled rules',
		command: [process.execPath, 'scripts/houseRules/blanketDisables.mjs'],
	},
	{
		name: 'circles',
		command: [bin('depcruise'), '--config', 'scripts/houseRules/circles.cjs', ...SOURCES],
	},
	{ name: 'dead code', command: [bin('knip'), '--treat-config-hints-as-errors'] },
	{
		name: 'dead code among what is published',
		command: [bin('knip'), '--production', '--include', 'files,exports,types'],
	},
	{ name: 'types', command: [bin('tsc'), '-p', 'tsconfig.check.json'] },
	{
		name: 'formatting',
		command: [bin('prettier'), '--check', '--log-level', 'warn', ...FORMATTED],
	},
];

const results = await Promise.all(
	checks.map(async ({ name, command, env }) => {
		const startedMs = Date.now();
		const [program, ...args] = command;
		const { code, output } = await attempt(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			quiet: true,
		});
		return { name, code, output, seconds: (Date.now() - startedMs) / 1000 };
	}),
);

for (const { name, code, output, seconds } of results) {
	console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
	if (code !== 0 || /warning/i.test(output)) console.log(output.trimEnd());
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;
