import { isSameText } from '../../foldText';
import { shownRow } from './columnValues';
import { nameOf, placeOf } from './finding';
import type { LogKey } from './logKey';
import { isSigned, type LogRow, type SignedRow } from './logRow';

/** One thing that was done for a record, wherever that is known from. */
export interface HistoryEvent {
	/** One sentence. */
	readonly summary: string;
	/** ISO 8601 UTC. */
	readonly at: string;
	readonly from: 'syncLog' | 'xeroHistory';
	/** All that the source says besides. */
	readonly details: Readonly<Record<string, unknown>>;
}

/**
 * What the log has of a record, in the order of time: by its id in Knack, the id of its document in
 * Xero, or the number of either. A row that was changed is among them and says so. Xero's own history
 * joins them by `inOrderOfTime`.
 */
export function historyInLog(rows: readonly LogRow[], sought: string, key: LogKey): HistoryEvent[] {
	return inOrderOfTime(
		rows.flatMap((row) => {
			const { entry, personal = {} } = row;
			if (entry?.content.kind !== 'record') return [];
			const { content, at } = entry;
			const { documentId, number, record } = personal.record?.values ?? {};
			const { id = documentId, number: ownNumber = number } = content.document;
			const names = [content.source.knackRecordId, id, ownNumber, content.record ?? record];
			if (!names.some((name) => name !== undefined && isSameText(name, sought))) return [];
			const isAsWritten = isSigned(row, key);
			const { summary, ...details } = shownRow(entry, personal);
			const words = typeof summary === 'string' ? summary : content.outcome;
			return [
				{
					summary: isAsWritten ? words : `${nameOf(placeOf(row))} was changed since. ${words}`,
					at,
					from: 'syncLog' as const,
					details: { ...details, isAsWritten },
				},
			];
		}),
	);
}

function inOrderOfTime(events: readonly HistoryEvent[]): HistoryEvent[] {
	return [...events].sort((a, b) => a.at.localeCompare(b.at));
}

/** What a row says, read again for an item. */
export function detailsOf({ entry, personal = {} }: SignedRow): Record<string, unknown> {
	return { at: entry.at, ...shownRow(entry, personal) };
}
