import type { KnackClient } from '../../knack/client';
import type { RunPlace } from './logEntry';
import type { LogKey } from './logKey';
import { isSigned } from './logRow';
import type { LogTable } from './logTable';
import { readEndsOfRuns } from './readLog';

/** A run as a person chooses it. */
export interface ListedRun {
	readonly run: string;
	/** When it began, ISO 8601 UTC. */
	readonly at: string;
	readonly place: RunPlace;
	/** The operation of Map & Upsert to Xero. */
	readonly operation: string;
	/** Records that were written; undefined while the run is not closed. */
	readonly written?: number;
}

/** The latest runs of Map & Upsert to Xero, the newest first. Throws ServiceFaultError. */
export async function readLatestRuns(
	knack: KnackClient,
	log: LogTable,
	key: LogKey,
): Promise<ListedRun[]> {
	const rows = (await readEndsOfRuns(knack, log)).filter((row) => isSigned(row, key));
	const written = new Map(
		rows.flatMap(({ entry: { run, content } }) =>
			content.kind === 'closing' ? [[run, content.written ?? 0] as const] : [],
		),
	);
	return rows
		.flatMap(({ entry: { run, at, place, content } }): ListedRun[] => {
			if (content.kind !== 'opening' || content.operation === undefined) return [];
			const count = written.get(run);
			const { operation } = content;
			return [{ run, at, place, operation, ...(count === undefined ? {} : { written: count }) }];
		})
		.sort((a, b) => b.at.localeCompare(a.at));
}
