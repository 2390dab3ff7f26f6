import type { LogMetadata } from 'n8n-workflow';
import type { ServiceFault } from '../serviceFault';
import type { PaymentRunResult } from '../sync/payments/runPaymentStatus';
import type { RunResult } from './mapUpsert/runUpsert';

/** A run in numbers, for n8n's log: how many records by outcome, calls, what is left of the day. */
export function upsertSums({ outcomes, calls, dayRemaining, stopped }: RunResult): LogMetadata {
	return {
		...recordsBy(outcomes.map(({ outcome }) => outcome)),
		xeroReads: calls.reads,
		xeroWrites: calls.writes,
		...(dayRemaining === undefined ? {} : { xeroDayLeft: dayRemaining }),
		...whyStopped(stopped),
	};
}

/** The same of a run of Payment Status to Knack. */
export function paymentSums(result: PaymentRunResult): LogMetadata {
	const { outcomes, xeroCalls, knackCalls, stopped } = result;
	return {
		...recordsBy(outcomes.map(({ outcome }) => outcome)),
		xeroCalls,
		knackCalls,
		...whyStopped(stopped),
	};
}

/** How often there is each of the words, and how many there are. */
function recordsBy(words: readonly string[]): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const word of words) sums[word] = (sums[word] ?? 0) + 1;
	return { ...sums, records: words.length };
}

function whyStopped(stopped: readonly ServiceFault[]): LogMetadata {
	return stopped.length === 0 ? {} : { stopped: stopped.map(({ cause }) => cause).join(', ') };
}
