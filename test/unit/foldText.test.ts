import fc from 'fast-check';
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
