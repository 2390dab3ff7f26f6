import { fuzzDeliveries } from '../prove/fuzz/deliveries';
import { fuzzRecords } from '../prove/fuzz/records';
import { fuzzSecrets } from '../prove/fuzz/secrets';
import { measureTimes } from '../prove/fuzz/times';
import { xeroInMemory } from '../support/xeroInMemory';

/** A small part of `npm run prove -- --fuzz`. */
describe('whatever stands in a field or comes to an address', () => {
	it('stops no other record, makes no second document, and is held with a reason', async () => {
		const { values, ...broken } = await fuzzRecords(400, 7);
		expect(values).toBeGreaterThanOrEqual(400);
		expect(broken).toEqual({ ended: [], touched: [], doubled: [], restless: [], unexplained: [] });
	}, 120_000);

	it('is answered as it deserves, and the next sound delivery is heard', async () => {
		const found = await fuzzDeliveries(120, 7, 0);
		expect(found.trusted).toBeGreaterThan(50);
		expect(found).toMatchObject({ bodies: 120, wrongAnswers: [], started: [], deaf: [] });
	}, 120_000);

	it('shows no secret, where a proxy repeats the request in its page', async () => {
		const found = await fuzzSecrets([1, 5, 11, 22, 36, 56]);
		expect(found.shown).toBeGreaterThan(6);
		expect(found.found).toEqual([]);
	}, 120_000);

	it('is read in a time that grows with its length: not with its square', async () => {
		const { settings } = await xeroInMemory();
		const sizes = { shapes: 0, short: 2_000, long: 64_000, measured: 1 };
		const { worstRatio, worstInWords, thrown } = measureTimes(settings, { ...sizes, firstSeed: 7 });
		expect(thrown).toEqual([]);
		// The square would be 32.
		expect([worstInWords, worstRatio < 16]).toEqual([worstInWords, true]);
	}, 180_000);
});
