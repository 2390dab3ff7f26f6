import type { HttpPort } from '../../lib/http';
import { proveUndo } from '../prove/undo/proveUndo';

describe('undo of a run of all types of documents', () => {
	it('leaves the books as before, whatever people did meanwhile and whenever it dies', async () => {
		const proof = await proveUndo({ runs: 1, firstSeed: 2, documents: 30, kills: 4 });
		expect(proof.failures).toEqual([]);
		expect(proof.fromLog).toBe(1);
		expect(proof.undone).toBeGreaterThan(20);
		expect(proof.kills).toBe(4);
		expect(Object.keys(proof.staying)).toContain('UNDO_RECONCILED');
	}, 600_000);

	/** Answers look-ups of credit notes with nothing, as a broken look-up would see Xero. */
	const blind =
		(inner: HttpPort): HttpPort =>
		async (request) => {
			const outcome = await inner(request);
			const isLookUp = request.method === 'GET' && request.url.endsWith('/CreditNotes');
			return isLookUp && outcome.kind === 'answer'
				? { ...outcome, body: { CreditNotes: [] } }
				: outcome;
		};

	it('is noticed when it breaks: an undo that does not see its own credit notes', async () => {
		const wanted = { runs: 1, firstSeed: 1, documents: 30, kills: 0 };
		const proof = await proveUndo({ ...wanted, plantedFault: blind });
		expect(proof.failures.length).toBeGreaterThan(0);
	}, 600_000);
});
