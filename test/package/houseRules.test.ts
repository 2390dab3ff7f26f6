import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Files of a small repository under the same rules; each breaks the rule named, or none. */
const planted: Readonly<Record<string, { text: string; breaks: string | undefined }>> = {
	'lib/knack/app.ts': { text: 'export const app = 1;\n', breaks: undefined },
	'lib/xero/client.ts': { text: 'export const client = 1;\n', breaks: undefined },
	'lib/sync/plan.ts': {
		text: "import { app } from '../knack/app';\nexport const plan = app;\n",
		breaks: undefined,
	},
	'lib/xero/readsKnack.ts': {
		text: "import { app } from '../knack/app';\nexport const found = app;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/knack/readsXero.ts': {
		text: "import { client } from '../xero/client';\nexport const found = client;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/knack/readsSync.ts': {
		text: "import { plan } from '../sync/plan';\nexport const found = plan;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/pureReadsKnack.ts': {
		text: "import { app } from './knack/app';\nexport const found = app;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/sync/readsN8n.ts': {
		text: "import { port } from '../n8n/port';\nexport const found = port;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/n8n/port.ts': {
		text: "import { NodeConnectionTypes } from 'n8n-workflow';\nexport const port = NodeConnectionTypes;\n",
		breaks: undefined,
	},
	'lib/sync/usesN8nValue.ts': {
		text: "import { NodeConnectionTypes } from 'n8n-workflow';\nexport const found = NodeConnectionTypes;\n",
		breaks: '@typescript-eslint/no-restricted-imports',
	},
	'lib/n8n/readsNode.ts': {
		text: "import { node } from '../../nodes/Some/Some.node';\nexport const found = node;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'nodes/Some/Some.node.ts': {
		text: "import { plan } from '../../lib/sync/plan';\nexport const node = plan;\n",
		breaks: undefined,
	},
	'nodes/Some/readsSandbox.ts': {
		text: "import { twin } from '../../sandbox/twin';\nexport const found = twin;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'sandbox/twin.ts': { text: 'export const twin = 1;\n', breaks: undefined },
	'sandbox/readsLib.ts': {
		text: "import { client } from '../lib/xero/client';\nexport const found = client;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/sync/readsSandbox.ts': {
		text: "import { twin } from '../../sandbox/twin';\nexport const found = twin;\n",
		breaks: 'import-x/no-restricted-paths',
	},
	'lib/sync/bundledPackage.ts': {
		text: "import { z } from 'zod';\nexport const schema = z.string();\n",
		breaks: '@typescript-eslint/no-restricted-imports',
	},
	'lib/vendor/zod.ts': { text: "export * from 'zod';\n", breaks: undefined },
	'lib/usesVendor.ts': {
		text: "import { z } from './vendor/zod';\nexport const schema = z.string();\n",
		breaks: undefined,
	},
	'lib/sync/floatMoney.ts': {
		text: 'export const shown = (amount: number): string => amount.toFixed(2);\n',
		breaks: 'house/no-float-formatting',
	},
	'lib/sync/parsedFloat.ts': {
		text: 'export const amount = (text: string): number => parseFloat(text);\n',
		breaks: 'no-restricted-syntax',
	},
	'lib/sync/guessedDate.ts': {
		text: 'export const day = (text: string): Date => new Date(text);\n',
		breaks: 'no-restricted-syntax',
	},
	'lib/sync/parsedDate.ts': {
		text: 'export const day = (text: string): number => Date.parse(text);\n',
		breaks: 'no-restricted-syntax',
	},
	'lib/sync/castThroughUnknown.ts': {
		text: 'export const text = (value: number): string => value as unknown as string;\n',
		breaks: 'no-restricted-syntax',
	},
	'lib/xero/documents/bill/index.ts': { text: "export const BILL = 'bill';\n", breaks: undefined },
	'lib/xero/documents/quote/index.ts': {
		text: "import { BILL } from '../bill';\nexport const QUOTE = [BILL, 'LineItems'];\n",
		breaks: undefined,
	},
	'lib/sync/readsFolderOfType.ts': {
		text: "import { BILL } from '../xero/documents/bill';\nexport const found = BILL;\n",
		breaks: 'house/no-document-names',
	},
	'lib/sync/setOfTypes.ts': {
		text: "export const TAKES_FILES = new Set(['bill']);\n",
		breaks: 'house/no-document-names',
	},
	'lib/n8n/wordsByType.ts': {
		text: "export const WORDS = { bill: 'from a supplier' };\n",
		breaks: 'house/no-document-names',
	},
	'lib/sync/asksForType.ts': {
		text: "export const isQuote = ({ type }: { type: string }): boolean => type === 'quote';\n",
		breaks: 'house/no-document-names',
	},
	'lib/sync/wireOfType.ts': {
		text: 'export const linesOf = (element: { LineItems: number }): number => element.LineItems;\n',
		breaks: 'house/no-document-names',
	},
	// A word that means something else here.
	'lib/sync/sameWord.ts': { text: "export const kinds = ['quote'];\n", breaks: undefined },
	'lib/sync/anything.ts': {
		text: 'export const same = (value: any): number => Number(value);\n',
		breaks: '@typescript-eslint/no-explicit-any',
	},
	'lib/sync/forgottenPromise.ts': {
		text: 'export function start(work: () => Promise<void>): void {\n\twork();\n}\n',
		breaks: '@typescript-eslint/no-floating-promises',
	},
	'lib/sync/fiveParameters.ts': {
		text: 'export const sum = (a: number, b: number, c: number, d: number, e: number): number =>\n\ta + b + c + d + e;\n',
		breaks: undefined,
	},
	'lib/sync/sixParameters.ts': {
		text: 'export const sum = (a: number, b: number, c: number, d: number, e: number, f: number) =>\n\ta + b + c + d + e + f;\n',
		breaks: '@typescript-eslint/max-params',
	},
	// A circle of types alone, which is none at run time: see the test of circles.
	'lib/sync/circle/shape.ts': {
		text: "import type { Side } from './side';\nexport interface Shape {\n\treadonly sides: readonly Side[];\n}\n",
		breaks: undefined,
	},
	'lib/sync/circle/side.ts': {
		text: "import type { Shape } from './shape';\nexport interface Side {\n\treadonly of: Shape;\n}\n",
		breaks: undefined,
	},
	// Each export is read by nobody, by a test alone, or by a node: see the test of dead code.
	'lib/sync/exports.ts': {
		text: [
			'export const readByNobody = 1;',
			'export const readByTest = 2;',
			'/** @internal */',
			'export const readByTestAsItSays = 3;',
			'export const readByNode = 4;',
			'export interface NamedByNobody {',
			'\treadonly name: string;',
			'}',
			'',
		].join('\n'),
		breaks: undefined,
	},
	'test/exports.test.ts': {
		text: "import { readByTest, readByTestAsItSays } from '../lib/sync/exports';\nit('reads', () => expect(readByTest).toBeLessThan(readByTestAsItSays));\n",
		breaks: undefined,
	},
	'nodes/Other/Other.node.ts': {
		text: "import { readByNode } from '../../lib/sync/exports';\nexport const node = readByNode;\n",
		breaks: undefined,
	},
	'lib/sync/tooLong.ts': {
		text: `export const values = [\n${'\t1,\n'.repeat(500)}];\n`,
		breaks: 'house/max-lines-hard',
	},
};

interface FileResult {
	filePath: string;
	messages: Array<{ ruleId: string | null; severity: number; message: string }>;
}

describe('the rules of this house', () => {
	let folder: string;
	let found: Map<string, string[]>;

	beforeAll(async () => {
		mkdirSync(path.join(root, 'build'), { recursive: true });
		// Below the repository, so that the rules find their plugins.
		folder = mkdtempSync(path.join(root, 'build/planted-'));
		for (const file of ['eslint.house.mjs', 'knip.jsonc', 'tsconfig.json', 'tsconfig.check.json']) {
			cpSync(path.join(root, file), path.join(folder, file));
		}
		cpSync(path.join(root, 'scripts/houseRules'), path.join(folder, 'scripts/houseRules'), {
			recursive: true,
		});
		for (const [file, { text }] of Object.entries(planted)) {
			mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
			writeFileSync(path.join(folder, file), text);
		}
		found = await lint(folder);
	}, 120_000);

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it.each(Object.entries(planted).filter(([, { breaks }]) => breaks !== undefined))(
		'refuse %s',
		(file, { breaks }) => {
			expect(found.get(file)).toEqual([breaks]);
		},
	);

	it.each(Object.entries(planted).filter(([, { breaks }]) => breaks === undefined))(
		'allow %s',
		(file) => {
			expect(found.get(file) ?? []).toEqual([]);
		},
	);

	it('refuse circles of imports, of types too, and nothing else', async () => {
		const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
		const config = path.join(root, 'scripts/houseRules/circles.cjs');
		const output = await printed(
			[cruiser, '--config', config, '--output-type', 'json', 'lib', 'nodes', 'sandbox'],
			folder,
		);
		const { summary } = JSON.parse(output) as { summary: { violations: unknown[] } };
		expect(summary.violations).toEqual([
			expect.objectContaining({ from: 'lib/sync/circle/shape.ts', to: 'lib/sync/circle/side.ts' }),
		]);
	});

	it('refuse exports that nobody reads, and what is published for a test alone', async () => {
		writeFileSync(path.join(folder, 'package.json'), '{ "name": "planted", "version": "1.0.0" }');
		expect(await deadExports(folder)).toEqual(['NamedByNobody', 'readByNobody']);
		expect(await deadExports(folder, ['--production'])).toEqual([
			'NamedByNobody',
			'readByNobody',
			'readByTest',
		]);
	});

	it('refuse to switch rules off without naming them and saying why', async () => {
		const silent = '/* eslint-' + 'disable */';
		const unexplained = '// eslint-' + 'disable-next-line no-console';
		const explained = `${unexplained} -- this is what the program prints`;
		writeFileSync(
			path.join(folder, 'test/disables.ts'),
			[silent, 'export const a = 1;', unexplained, explained, ''].join('\n'),
		);
		const script = path.join(root, 'scripts/houseRules/blanketDisables.mjs');
		const output = await printed([script, folder]);
		expect(output.trim().split('\n')).toEqual([
			expect.stringContaining('test/disables.ts:1:'),
			expect.stringContaining('test/disables.ts:3:'),
		]);
	});
});

async function printed(args: readonly string[], cwd = root): Promise<string> {
	return await new Promise((resolve, reject) => {
		const options = { cwd, maxBuffer: 1 << 24 };
		execFile(process.execPath, args, options, (_error, stdout, stderr) =>
			stdout ? resolve(stdout) : reject(new Error(stderr)),
		);
	});
}

/** Names in lib/sync/exports.ts that knip calls dead. */
async function deadExports(folder: string, flags: readonly string[] = []): Promise<string[]> {
	const knip = path.join(root, 'node_modules/knip/bin/knip.js');
	const output = await printed(
		[knip, '--include', 'exports,types', '--reporter', 'json', ...flags],
		folder,
	);
	type Names = ReadonlyArray<{ name: string }>;
	const { issues } = JSON.parse(output) as {
		issues: Array<{ file: string; exports?: Names; types?: Names }>;
	};
	const found = issues.find(({ file }) => file === 'lib/sync/exports.ts');
	return [...(found?.exports ?? []), ...(found?.types ?? [])].map(({ name }) => name).sort();
}

/** Names of the rules that each file breaks, once each. */
async function lint(folder: string): Promise<Map<string, string[]>> {
	const eslint = path.join(root, 'node_modules/eslint/bin/eslint.js');
	const args = [
		eslint,
		'-c',
		'eslint.house.mjs',
		'--format',
		'json',
		'--quiet',
		'lib',
		'nodes',
		'sandbox',
	];
	const output = await printed(args, folder);
	const results: FileResult[] = JSON.parse(output);
	return new Map(
		results.map(({ filePath, messages }) => [
			path.relative(folder, filePath),
			[...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))],
		]),
	);
}
