import fc from 'fast-check';

import { replaceEach } from '../../lib/replaceEach';

describe('what is replaced in a text', () => {
	const written: Readonly<Record<string, string>> = { '&': '&amp;', ' ': '', '': '|' };
	const inWords = (found: string) => written[found] ?? `[${found.length}]`;

	it.each([/&/g, /\s+/g, /a{2,}/gi, /<[^<>]*>/g, /\p{L}/gu, /x?/g, /^/g, /(?!)/g])(
		'is the same for %s in a text of any length as the engine does it',
		(pattern) => {
			const pieces = fc.array(
				fc.constantFrom('&', ' ', '\n', 'aAa', '<b>', '<', 'x', '\u{1f600}', '$1', '$&', 'é'),
			);
			fc.assert(
				fc.property(pieces, fc.integer({ min: 1, max: 2_000 }), (some, times) => {
					const text = some.join('').repeat(times).slice(0, 60_000);
					expect(replaceEach(text, pattern, inWords)).toBe(text.replace(pattern, inWords));
					expect(replaceEach(text, pattern, '$&')).toBe(text.replace(pattern, () => '$&'));
				}),
				{ numRuns: 30 },
			);
		},
	);
});
