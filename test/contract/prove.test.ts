import type { HttpPort } from '../../lib/http';
import { chaos } from '../prove/chaos/chaos';
import { proveDeposits } from '../prove/deposits';
import { isFirstLoadProven, loadFirst } from '../prove/firstLoad';
import { prove } from '../prove/proof';

/** An answer with nothing in any of its lists. */
function emptied(body: unknown): unknown {
	if (typeof body !== 'object' || body === null) return body;
	const members = Object.entries(body).map(([name, value]) => [
		name,
		Array.isArray(value) ? [] : (value as unknown),
	]);
	return Object.fromEntries(members) as unknown;
}

/** Answers every look-up with nothing, as a broken match step would see Xero. */
const blind =
	(inner: HttpPort): HttpPort =>
	async (request) => {
		const outcome = await inner(request);
		const isLookUp =
			request.method === 'GET' && outcome.kind === 'answer' && outcome.status === 200;
		return isLookUp ? { ...outcome, body: emptied(outcome.body) } : outcome;
	};

describe('never twice, nothing lost', () => {
	it('holds over 400 runs of killed processes, lost answers, races and later re-runs', async () => {
		const result = await prove({ runs: 400, firstSeed: 1 });
		expect(result.failures).toEqual([]);
		expect(result.kills).toBeGreaterThan(100);
		expect(result.races).toBeGreaterThan(100);
	}, 120_000);

	it('holds over a first load of several days, and ends on the day that was forecast', async () => {
		const job = { records: 300, callsPerDay: 100, kills: 5, seed: 1 };
		const result = await loadFirst(job);
		expect(result).toMatchObject({ twice: 0, lost: 0, kills: 5, days: result.forecastDays });
		expect(result.forecastDays).toBeGreaterThan(2);
		expect(isFirstLoadProven(job, result)).toBe(true);
	}, 60_000);

	it('is noticed when it breaks: a run that does not see what is there', async () => {
		const result = await prove({ runs: 40, firstSeed: 1, plantedFault: blind });
		expect(result.failures.length).toBeGreaterThan(10);
	}, 60_000);
});

describe('open credit', () => {
	it('is used once and wholly over jobs of two workers, kills and lost answers', async () => {
		const result = await proveDeposits({ jobs: 60, firstSeed: 1 });
		expect(result.failures).toEqual([]);
		expect(result.used).toBeGreaterThan(20);
		expect(result.kills).toBeGreaterThan(5);
		expect(result.races).toBeGreaterThan(10);
	}, 120_000);

	it('is noticed where it is left lying', async () => {
		const { failures } = await proveDeposits({ jobs: 20, firstSeed: 1, plantedFault: blind });
		expect(failures.length).toBeGreaterThan(3);
	}, 60_000);
});

describe('bad days on both sides', () => {
	it('end with each record as one document, of which Knack knows', async () => {
		const { failures, counts } = await chaos({ records: 120, firstSeed: 1 });
		expect(failures).toEqual([]);
		expect(counts.kills).toBeGreaterThan(5);
		expect(counts.races).toBeGreaterThan(15);
		expect(Object.keys(counts.faults).length).toBeGreaterThan(20);
	}, 120_000);

	it('are noticed when they do not', async () => {
		const { failures } = await chaos({ records: 60, firstSeed: 1, plantedFault: blind });
		expect(failures.length).toBeGreaterThan(3);
	}, 60_000);
});
