import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { containing, foldText, isSameText } from '../../lib/foldText';

describe('texts that are compared', () => {
	it.each([
		['Acme Ltd', 'ACME  ltd '],
		['Caf\u00e9', 'cafe\u0301'],
		['\uff21\uff23\uff2d\uff25', 'acme'],
		['North\u00a0West', 'north west'],
		['line one\nline two', 'Line one line two'],
	])('%j and %j are the same', (one, other) => expect(isSameText(one, other)).toBe(true));

	it.each([
		['Acme Ltd', 'Acme Limited'],
		['INV-1', 'INV1'],
		['Café', 'Cafe'],
		['', 'a'],
	])('%j and %j are not', (one, other) => expect(isSameText(one, other)).toBe(false));

	it('are folded once and for all: a fold of a fold is the fold', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
				expect(foldText(text)).toBe(folded);
			}),
		);
	});

	it('are found by what a person types of them, however it is typed', () => {
		const names = ['North  West', 'Norwich', 'Café North'];
		expect(containing(names, ' NORTH ', (name) => name)).toEqual(['North  West', 'Café North']);
		expect(containing(names, undefined, (name) => name)).toEqual(names);
	});
});

describe('the fold', () => {
	/** Wire names, ids and words of the package's own are no texts of people's. */
	const FOLDS =
		/\.trim\(\)\s*\.toLowerCase\(\)|\.toLowerCase\(\)\s*===|\.toLowerCase\(\)\.includes/;
	const lib = path.join(__dirname, '../../lib');
	const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.ts'),
	);

	it('is one: no other file folds a text to compare it', () => {
		const folding = files.filter(
			(file) => file !== 'foldText.ts' && FOLDS.test(readFileSync(path.join(lib, file), 'utf8')),
		);
		expect(files.length).toBeGreaterThan(300);
		expect(folding).toEqual([]);
	});
});
