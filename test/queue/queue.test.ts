import { prepared } from '../support/prepared';
import { proveQueue, type QueueResult, smallJob } from './queueProof';
import { faultsIn, reportLines } from './report';

const MINUTE_MS = 60_000;

describe('queue mode: main and two workers, one of which is ended midway', () => {
	let result: QueueResult;

	beforeAll(async () => {
		const ready = prepared({ queue: true });
		result = await proveQueue(ready, smallJob());
		process.stderr.write(`${reportLines(result).join('\n')}\n`);
	}, 30 * MINUTE_MS);

	it('makes one document for each order, told once, whatever dies, and nothing is lost', () => {
		expect(faultsIn({ rounds: result.rounds })).toEqual([]);
	});

	it('leaves Knack equal to Xero, and misses nothing that happened while main was down', () => {
		expect(faultsIn({ ...result, rounds: [] })).toEqual([]);
	});
});
