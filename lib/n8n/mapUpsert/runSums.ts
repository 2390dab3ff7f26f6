import type { LogMetadata } from 'n8n-workflow';
import type { RunResult } from './runUpsert';

/** A run in numbers, for n8n's log: how many records by outcome, calls, what is left of the day. */
export function runSums({ outcomes, calls, dayRemaining, stopped }: RunResult): LogMetadata {
	const byOutcome: Record<string, number> = {};
	for (const { outcome } of outcomes) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
	return {
		...byOutcome,
		records: outcomes.length,
		xeroReads: calls.reads,
		xeroWrites: calls.writes,
		...(dayRemaining === undefined ? {} : { xeroDayLeft: dayRemaining }),
		...(stopped.length === 0 ? {} : { stopped: stopped.map(({ cause }) => cause).join(', ') }),
	};
}
