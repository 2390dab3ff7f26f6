import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');

interface Row {
	cause: string;
	says: string;
	test: string;
}

/** The rows of the table in docs/troubleshooting.md. */
const rows: Row[] = readFileSync(path.join(root, 'docs/troubleshooting.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| cause'))
	.map((line) => {
		const [cause = '', , says = '', , test = ''] = line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
		return { cause, says, test };
	});

function sourcesIn(folder: string, ending: string): Map<string, string> {
	const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
	return new Map(
		names
			.filter((name) => name.endsWith(ending))
			.map((name) => [name, readFileSync(path.join(root, folder, name), 'utf8')]),
	);
}

const library = [...sourcesIn('lib', '.ts').values()].join('\n').replace(/\\'/g, "'");
const tests = sourcesIn('test', '.test.ts');

it('docs/troubleshooting.md has a table of faults', () => {
	expect(rows.length).toBeGreaterThanOrEqual(10);
});

describe.each(rows)('docs/troubleshooting.md: $cause', ({ says, test }) => {
	it('quotes words that the package says', () => {
		// "…" stands for what differs from case to case.
		const parts = says.split('…').filter((part) => /[a-z]{3}/i.test(part));
		expect(parts).not.toEqual([]);
		expect(parts.map((part) => part.trim()).filter((part) => !library.includes(part))).toEqual([]);
	});

	it('names a test that is there', () => {
		const [, file = '', title = ''] = /^(\S+\.test\.ts): (.+)$/.exec(test) ?? [];
		const source = [...tests].find(([name]) => path.basename(name) === file)?.[1] ?? '';
		expect(source.includes(`'${title}'`)).toBe(true);
	});
});
