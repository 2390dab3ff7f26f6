import type { HttpPort } from '../../lib/http';
import { CORRECTED_KINDS, proveCorrections } from '../prove/corrections';

describe('a correction by a credit note, never twice', () => {
	it.each(Object.keys(CORRECTED_KINDS))(
		'holds over kills at every request, lost answers, and workers at once: %s',
		async (kind) => {
			const result = await proveCorrections({ kind, runs: 80, firstSeed: 1 });
			expect(result.failures).toEqual([]);
			expect(result.kills).toBeGreaterThan(100);
			expect(result.races).toBeGreaterThan(50);
		},
		120_000,
	);

	/** Answers look-ups of some documents with nothing, as a broken look-up would see Xero. */
	const blindTo =
		(fits: (url: string, query: string) => boolean) =>
		(inner: HttpPort): HttpPort =>
		async (request) => {
			const outcome = await inner(request);
			if (request.method !== 'GET' || outcome.kind !== 'answer') return outcome;
			return fits(request.url, JSON.stringify(request.query ?? {}))
				? { ...outcome, body: { CreditNotes: [], Invoices: [] } }
				: outcome;
		};

	it.each([
		['the credit note of an earlier run', blindTo((url) => url.endsWith('/CreditNotes'))],
		['the new document', blindTo((_url, query) => /DateTime|Replaces/.test(query))],
	])(
		'is noticed when it breaks: a run that does not see %s',
		async (_what, plantedFault) => {
			const kind = 'sales invoice by number';
			const result = await proveCorrections({ kind, runs: 30, firstSeed: 1, plantedFault });
			expect(result.failures.length).toBeGreaterThan(5);
		},
		60_000,
	);
});
