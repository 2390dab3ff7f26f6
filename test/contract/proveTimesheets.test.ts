import type { HttpPort } from '../../lib/http';
import { proveTimesheets } from '../prove/timesheets';

describe('hours of some weeks, by two workers that die and come again', () => {
	it('are there once, to the quarter, and what cannot be paid is held', async () => {
		const proof = await proveTimesheets({ people: 5, weeks: 4, seed: 3 });
		expect(proof).toMatchObject({ timesheets: 20, failures: [] });
		expect(proof.kills).toBeGreaterThan(0);
		expect(proof.edits).toBeGreaterThan(0);
	}, 120_000);

	it('would be noticed if they were not', async () => {
		const blind =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				const answer = await inner(request);
				const isList = request.method === 'GET' && request.url.endsWith('/Timesheets');
				if (!isList || answer.kind !== 'answer') return answer;
				return { ...answer, body: { timesheets: [], pagination: { page: 1, pageCount: 1 } } };
			};
		const { failures } = await proveTimesheets({
			people: 2,
			weeks: 2,
			seed: 1,
			plantedFault: blind,
		});
		expect(failures).not.toEqual([]);
	}, 120_000);
});
