import { proveCompare } from '../prove/compare/proveCompare';

describe('Compare finds what differs, and carries out what is decided', () => {
	test.each([7, 8])(
		'of all kinds and none besides, until nothing is open: seed %d',
		async (seed) => {
			const proof = await proveCompare({ records: 120, differences: 32, seed });
			expect(proof.failures).toEqual([]);
			expect(proof).toMatchObject({ planted: 32, found: 32, false: 0, open: 0 });
		},
	);
});
