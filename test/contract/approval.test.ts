import { approvalTable, proveApproval } from '../prove/approval/approval';

describe('only what was approved', () => {
	it('holds over 150 random changes between approval and write, and for every other token', async () => {
		const proof = await proveApproval({ runs: 150, firstSeed: 1 });
		expect(proof.failures).toEqual([]);
		console.log(approvalTable(proof).join('\n'));
		expect(proof.written).toBeGreaterThan(10);
	}, 120_000);
});
