import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const REPOSITORY = 'https://github.com/n8n-nodes-knack-xero/n8n-nodes-knack-xero';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function filesIn(folder: string, ending: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => path.join(folder, name));
}

const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...filesIn('docs', '.md'),
	...filesIn('workflows-examples', '.md'),
];

const sources = ['lib', 'nodes', 'sandbox', 'scripts', 'test'].flatMap((folder) =>
	filesIn(folder, '.ts'),
);

/** What reads the options of commands. */
const commands = [
	...filesIn('scripts', '.mjs'),
	...filesIn('test', 'ain.ts'),
	...filesIn('sandbox', 'main.ts'),
]
	.map(read)
	.join('\n');

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
		(match[1] ?? '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s-]/gu, '')
			.trim()
			.replace(/\s/g, '-'),
	);
}

function isThere(from: string, target: string): boolean {
	const [file = '', anchor] = target.split('#');
	const page = file === '' ? from : path.join(path.dirname(from), file);
	if (!existsSync(path.join(root, page))) return false;
	return anchor === undefined || anchorsOf(read(page)).includes(anchor);
}

describe.each(pages)('%s', (page) => {
	it('links to what is there', () => {
		// What a command printed stands in a block of code, and links nowhere.
		const text = read(page).replace(/^```[^]*?^```/gm, '');
		const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
		const own = targets.filter((target) => !/^(https?|mailto):/.test(target));
		expect(own.filter((target) => !isThere(page, target))).toEqual([]);
	});

	it('has tables whose rows have as many cells as their head', () => {
		const text = read(page)
			.replace(/^```[^]*?^```/gm, '')
			.replace(/`[^`\n]*`/g, '');
		const tables = text.match(/(?:^\|.*\n)+/gm) ?? [];
		const odd = tables.flatMap((table) => {
			const rows = table.trimEnd().split('\n');
			const cells = (row = '') => row.match(/(?<!\\)\|/g)?.length;
			return rows.filter((row) => cells(row) !== cells(rows[0]));
		});
		expect(odd).toEqual([]);
	});

	it('names files of the source that are there', () => {
		const named = [...read(page).matchAll(/`((?:lib|sandbox|scripts|test|nodes)\/[\w./-]+)`/g)];
		const missing = named
			.map((match) => match[1] ?? '')
			.filter((file) => !existsSync(path.join(root, file)));
		expect(missing).toEqual([]);
	});

	it('names files without their folder that are there', () => {
		const named = [...read(page).matchAll(/`([\w-]+(?:\/[\w-]+)*\.ts)`/g)];
		const missing = named
			.map((match) => match[1] ?? '')
			.filter((file) => !sources.some((source) => `/${source}`.endsWith(`/${file}`)));
		expect(missing).toEqual([]);
	});

	it('names npm scripts that are there', () => {
		const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
		const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('gives npm scripts options that they have', () => {
		const given = [...read(page).matchAll(/npm run ([\w:-]+) -- ([^`\n#]+)/g)];
		const missing = given.flatMap(([, name = '', rest = '']) =>
			[...rest.matchAll(/--([\w-]+)/g)]
				.map((match) => match[1] ?? '')
				.filter((option) => !commands.includes(option))
				.map((option) => `npm run ${name} -- --${option}`),
		);
		expect(missing).toEqual([]);
	});

	it('starts scripts and tests that are there', () => {
		const named = [...read(page).matchAll(/(?:node|npx jest) ((?:scripts|test)\/[\w./-]+)/g)];
		const missing = named
			.map((match) => match[1] ?? '')
			.filter((file) => !existsSync(path.join(root, file)));
		expect(missing).toEqual([]);
	});
});

it('nodes and credentials lead to pages that are there', () => {
	const sources = [...filesIn('nodes', '.node.json'), ...filesIn('credentials', '.ts')];
	const links = sources.flatMap((source) =>
		[...read(source).matchAll(new RegExp(`${REPOSITORY}/blob/main/([\\w./-]+)`, 'g'))].map(
			(match) => match[1] ?? '',
		),
	);
	expect(links.length).toBeGreaterThan(0);
	expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
});

it('every page of docs/ is linked from the README', () => {
	const readme = read('README.md');
	const unlinked = filesIn('docs', '.md').filter((page) => !readme.includes(`(${page}`));
	expect(unlinked).toEqual([]);
});
