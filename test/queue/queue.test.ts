import { prepared } from '../support/prepared';
import { proveQueue, type QueueResult, smallJob } from './queueProof';
import { faultsIn, limitsLine, paymentLines, roundHead, roundLine } from './report';

const MINUTE_MS = 60_000;

describe('queue mode: main and two workers, one of which is ended midway', () => {
	let result: QueueResult;

	beforeAll(async () => {
		const ready = prepared({ queue: true });
		const tell = (lines: readonly string[]) => process.stderr.write(`${lines.join('\n')}\n`);
		tell(roundHead());
		result = await proveQueue(ready, smallJob(), {
			onRound: (round) => tell([roundLine(round)]),
			onPayments: (payments) => tell(paymentLines(payments)),
			onLimitsRound: (round) => tell([limitsLine(round)]),
		});
	}, 30 * MINUTE_MS);

	it('makes one document for each order, told once, whatever dies, and nothing is lost', () => {
		expect(faultsIn({ rounds: result.rounds })).toEqual([]);
	});

	it('leaves Knack equal to Xero, and misses nothing that happened while main was down', () => {
		expect(faultsIn({ ...result, rounds: [] })).toEqual([]);
	});
});
