import { createPacer } from '../../lib/pace';
import { LIVE_XERO } from '../../lib/xero/urls';
import { createXeroClient, XERO_LIMITS } from '../../lib/xero/xeroClient';
import { limitedXero } from '../support/limitedXero';
import { VirtualClock } from '../support/virtualClock';

const MINUTE_MS = 60_000;
const EARLY_MS = 10 * MINUTE_MS;

/** Numbers from 0 up to 1, the same for a seed on every run (mulberry32). */
function chanceOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/**
 * Processes that always have something to ask, for four minutes from a common start.
 * @param early so many of them have asked for some minutes before that
 */
async function together(seed: number, count: number, slowest: number, early = 0) {
	const chance = chanceOf(seed);
	const clock = new VirtualClock(1_000_000_000);
	const opened = clock.now();
	const begun = opened + (early > 0 ? EARLY_MS : 0);
	const xero = limitedXero(clock, Math.floor(chance() * MINUTE_MS), () => 80 + chance() * slowest);
	const processes = Array.from({ length: count }, (_, index) => {
		const client = createXeroClient({
			clock,
			organisationId: 'tenant',
			urls: LIVE_XERO,
			pace: createPacer(XERO_LIMITS, chanceOf(seed * 10 + index)),
			http: xero.port(`process ${index}`),
		});
		return Array.from({ length: 6 }, async () => {
			await clock.sleep(chance() * 3_000 + (index < early ? 0 : begun - opened));
			while (clock.now() < begun + 4 * MINUTE_MS) await client.read({ path: '/Accounts' });
		});
	});
	await clock.run(Promise.all(processes.flat()));
	const later = xero.answers.filter(
		({ atMs }) => atMs >= begun + MINUTE_MS && atMs < begun + 4 * MINUTE_MS,
	);
	const taken = later.filter(({ refusedFor }) => refusedFor === undefined);
	const shares = Array.from(
		{ length: count },
		(_, index) => taken.filter(({ process }) => process === `process ${index}`).length,
	);
	return { refusedPart: (later.length - taken.length) / later.length, shares };
}

describe('Processes that share an organisation', () => {
	it.each([
		['answers in a moment', 200],
		['takes up to a second', 1_000],
	])(
		'are hardly ever refused after the first minute, and get alike much: Xero %s',
		async (_, ms) => {
			for (const count of [2, 3, 4]) {
				for (const seed of [1, 2, 3, 4, 5]) {
					const { refusedPart, shares } = await together(seed, count, ms);
					expect(refusedPart).toBeLessThan(0.02);
					expect(Math.max(...shares) / Math.min(...shares)).toBeLessThanOrEqual(1.5);
					// Three minutes of sixty calls: hardly any are left unspent.
					expect(shares.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(150);
				}
			}
		},
	);

	it('get alike much whether they have been there for long or are new', async () => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const { refusedPart, shares } = await together(seed, 4, 200, 2);
			expect(refusedPart).toBeLessThan(0.02);
			expect(Math.max(...shares) / Math.min(...shares)).toBeLessThanOrEqual(1.5);
		}
	});

	it('leave Xero’s slow answers room too, though not alike much', async () => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const { refusedPart, shares } = await together(seed, 4, 6_000);
			expect(refusedPart).toBeLessThan(0.05);
			expect(Math.min(...shares)).toBeGreaterThanOrEqual(20);
		}
	});

	it('let one that is alone go at once', async () => {
		const clock = new VirtualClock();
		const xero = limitedXero(clock, 0, () => 100);
		const client = createXeroClient({
			clock,
			organisationId: 'tenant',
			urls: LIVE_XERO,
			http: xero.port('alone'),
		});
		const begun = clock.now();
		const work = Array.from({ length: 45 }, async () => await client.read({ path: '/Accounts' }));
		await clock.run(Promise.all(work));
		expect(clock.now() - begun).toBeLessThan(2_000);
		expect(xero.answers.filter(({ refusedFor }) => refusedFor)).toEqual([]);
	});
});
