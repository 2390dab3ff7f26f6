import type { LogRow } from './logRow';

export type FindingKind =
	/** A row, a column of it or a personal value is not what a run has written. */
	| 'changed'
	/** A row that a run has written is not there. */
	| 'gap'
	/** A row stands in the place of another, or twice. */
	| 'exchanged'
	/** The run has no closing row. */
	| 'notClosed'
	/** The last row of a run, that a later one or somebody else cites, is not there. */
	| 'headGone'
	/** Two runs went on from the same one, as two workers do. */
	| 'forked'
	/** The run itself says that a row could not be written. */
	| 'notWritten'
	/** Signed with another key, so that nothing can be said of it. */
	| 'otherKey'
	/** A removal or an erasure that has not come to its end. */
	| 'unfinished';

export interface LogFinding {
	readonly kind: FindingKind;
	/** Whether it is a reason to ask who has been at the log; the others are told for completeness. */
	readonly isAlarming: boolean;
	readonly run?: string;
	readonly number?: number;
	/** The Knack record of the log's table. */
	readonly recordId?: string;
	readonly message: string;
}

export function placeOf({
	record,
	entry,
}: Pick<LogRow, 'record' | 'entry'>): Pick<LogFinding, 'recordId' | 'run' | 'number'> {
	return {
		recordId: record.id,
		...(entry ? { run: entry.run, number: entry.number } : {}),
	};
}

export function nameOf({ run, number, recordId }: Partial<LogFinding>): string {
	if (run !== undefined && number !== undefined) return `Row ${number} of run ${run}`;
	return run === undefined ? `The record ${recordId ?? ''}` : `Run ${run}`;
}
