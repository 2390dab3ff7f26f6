import { proveApproval } from '../prove/approval/approval';

describe('only what was approved', () => {
	it('is written, over random changes between approval and write and every other token', async () => {
		const proof = await proveApproval({ runs: 40, firstSeed: 1 });
		expect(proof.failures).toEqual([]);
		expect(proof.written).toBeGreaterThan(8);
		expect(proof.held).toBeGreaterThan(8);
	}, 120_000);

	it('is noticed when it is not: a token of a plan that nobody was shown', async () => {
		const { failures } = await proveApproval({
			runs: 25,
			firstSeed: 1,
			plantedFault: async (world, changed) =>
				world.token((await world.preview(changed)).approval?.planNumber ?? ''),
		});
		expect(failures.length).toBeGreaterThan(3);
	}, 120_000);
});
