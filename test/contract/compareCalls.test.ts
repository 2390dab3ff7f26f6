import { growLedger } from '../support/largeLedger';
import { Random } from '../prove/random';
import { CompareWorld } from '../prove/compare/compareWorld';

describe('Calls of a comparison', () => {
	test('of 1,000 records with 8,000 documents are at most 15, and 3 for open credit', async () => {
		const world = await CompareWorld.make(1_000, new Random(3));
		const { sandbox } = world.xero;
		growLedger(sandbox, 8_000);
		sandbox.journal.clear();
		const { documents } = await world.compare(false, false);
		const { xero, knack } = sandbox.journal.counts().byService;
		expect(documents).toHaveLength(8_000);
		expect(xero?.read).toBeLessThanOrEqual(15 + 3);
		expect(xero?.write ?? 0).toBe(0);
		// The records themselves, which a workflow gives as items.
		expect(knack?.read ?? 0).toBeLessThanOrEqual(3);
	});
});
