import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { starterTables, withStarterTables } from '../../scripts/knackStarterFiles';

const root = path.join(__dirname, '../..');
const folder = path.join(root, 'workflows-examples/knack-starter');
const read = (file: string): string => readFileSync(file, 'utf8');

/** Made again with: node scripts/knackStarter.mjs */
describe('the Knack starter', () => {
	it('has the sandbox’s tables of today, each a file, and no other file', () => {
		const files = Object.fromEntries(
			readdirSync(folder).map((file) => [file, read(path.join(folder, file))]),
		);
		expect(files).toEqual(
			Object.fromEntries(starterTables().map(({ fileName, csv }) => [fileName, csv])),
		);
	});

	it('is told table by table in its guide', () => {
		const page = read(path.join(root, 'docs/knack-starter.md'));
		expect(page).toBe(withStarterTables(page));
	});

	it('has a row for each connection’s other end, so that the import finds it', () => {
		const csv = new Map(starterTables().map(({ name, csv: text }) => [name, text]));
		const orders = (csv.get('Orders') ?? '').matchAll(/^"(SO-\d+)"/gm);
		const numbers = new Set([...orders].map(([, number]) => number));
		const lines = [...(csv.get('Order Lines') ?? '').matchAll(/^"(SO-\d+)"/gm)];
		expect(lines.length).toBeGreaterThan(numbers.size);
		expect(lines.filter(([, number]) => !numbers.has(number))).toEqual([]);
	});
});
