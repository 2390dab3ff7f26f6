import { proveShadow } from '../prove/shadow/proveShadow';

describe('Shadow says what another tool did and we would have done', () => {
	test.each([7, 8])(
		'document by document, in the very fields that differ, and writes nothing: seed %d',
		async (seed) => {
			const proof = await proveShadow({ records: 150, seed });
			expect(proof.failures).toEqual([]);
			const kinds = ['same', 'different', 'onlyTheirs', 'onlyOurs', 'doubledByThem'] as const;
			for (const kind of kinds) expect(proof.counts[kind]).toBeGreaterThan(5);
		},
	);
});
