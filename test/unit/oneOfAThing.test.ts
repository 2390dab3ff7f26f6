import { dayHints, stoppedHints } from '../../lib/n8n/mapUpsert/limitHints';
import type { RunResult } from '../../lib/n8n/mapUpsert/runUpsert';
import { countOf } from '../../lib/texts';
import { xeroFault } from '../../lib/xero/faults';

const RESERVED = xeroFault({ kind: 'dayReserved', remaining: 1 });

const RUN: RunResult = {
	outcomes: [],
	calls: { reads: 1, writes: 1 },
	expectedCalls: 3,
	dayRemaining: 1,
	stopped: [],
	organisations: [],
	notWrittenBack: 0,
};

describe('sentences with a number in them', () => {
	it('have one of a thing as one', () => {
		expect([countOf(0, 'row'), countOf(1, 'row'), countOf(2, 'row')]).toEqual([
			'0 rows',
			'1 row',
			'2 rows',
		]);
	});

	it('say how many calls the day has left', () => {
		expect(RESERVED.message).toMatch(/^Only 1 call to Xero is left for this organisation today/);
		expect(dayHints(RUN, false)[0]).toMatch(/^Xero has 1 call left for today/);
		expect(dayHints(RUN, true)[0]).toMatch(/^Xero has 1 call left for today/);
	});

	it('say what waits', () => {
		const waiting: RunResult['outcomes'][number] = {
			outcome: 'held',
			document: { type: 'salesInvoice' },
			source: {},
			changes: [],
			issues: [{ code: 'XERO_DAY_SPENT', severity: 'hold', message: '', fix: '' }],
			summary: '',
			sync: { key: '', contentHash: '', calls: 0, at: '' },
			subject: '',
			itemIndexes: [0],
		};
		const [hint] = stoppedHints({ ...RUN, outcomes: [waiting], stopped: [RESERVED] });
		expect(hint).toMatch(/^0 of 1 record is done, 1 waits and goes on with a later run\./);
	});
});
