import { instantText } from '../../dates';
import { isSameText } from '../../foldText';
import { faultOr } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { documentOfType } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { readHistory, type HistoryRecord } from '../../xero/history';
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

/** Rows of a record: by its id in Knack, the id of its document in Xero, or the number of either. */
export function rowsOfRecord(rows: readonly LogRow[], sought: string): readonly LogRow[] {
	return rows.filter(({ entry, personal = {} }) => {
		if (entry?.content.kind !== 'record') return false;
		const { content } = entry;
		const { documentId, number, record } = personal.record?.values ?? {};
		const { id = documentId, number: ownNumber = number } = content.document;
		const names = [content.source.knackRecordId, id, ownNumber, content.record ?? record];
		return names.some((name) => name !== undefined && isSameText(name, sought));
	});
}

/** What the log has of a record, a row that was changed among it, which says so. */
export function historyInLog(rows: readonly LogRow[], key: LogKey): HistoryEvent[] {
	return rows.flatMap((row) => {
		const { entry, personal = {} } = row;
		if (entry?.content.kind !== 'record') return [];
		const isAsWritten = isSigned(row, key);
		const { summary, ...details } = shownRow(entry, personal);
		const words = typeof summary === 'string' ? summary : entry.content.outcome;
		return [
			{
				summary: isAsWritten ? words : `${nameOf(placeOf(row))} was changed since. ${words}`,
				at: entry.at,
				from: 'syncLog' as const,
				details: { ...details, isAsWritten },
			},
		];
	});
}

/**
 * What Xero itself says of the documents that the rows name, one call for each; of one whose history
 * cannot be read, why.
 */
export async function historyInXero(
	client: XeroClient,
	rows: readonly LogRow[],
): Promise<HistoryEvent[]> {
	const documents = new Map<string, DocumentDefinition>();
	for (const { entry, personal = {} } of rows) {
		if (entry?.content.kind !== 'record') continue;
		const { type, id = personal.record?.values.documentId } = entry.content.document;
		const definition = documentOfType(type);
		if (definition?.can.keepHistory && id !== undefined) documents.set(id, definition);
	}
	const events: HistoryEvent[] = [];
	for (const [xeroId, definition] of documents) {
		const read = await faultOr(readHistory(client, definition, xeroId));
		if (read.ok) {
			events.push(...read.value.map((one) => toldByXero(one, definition, xeroId)));
			continue;
		}
		const { message, fix } = read.failure;
		events.push({
			summary: `The history of ${definition.label.toLowerCase()} ${xeroId} in Xero could not be read. ${message} ${fix}`,
			at: '',
			from: 'xeroHistory',
			details: { document: definition.type, xeroId },
		});
	}
	return events;
}

function toldByXero(
	{ atMs, changes, user, details }: HistoryRecord,
	{ label, type }: DocumentDefinition,
	xeroId: string,
): HistoryEvent {
	const what = [changes, details].filter((text) => text !== '').join(': ');
	return {
		summary: `${label} in Xero. ${what}`,
		at: atMs === undefined ? '' : instantText(atMs),
		from: 'xeroHistory',
		details: { who: user, document: type, xeroId },
	};
}

export function inOrderOfTime(events: readonly HistoryEvent[]): HistoryEvent[] {
	return [...events].sort((a, b) => a.at.localeCompare(b.at));
}

/** What a row says, read again for an item. */
export function detailsOf({ entry, personal = {} }: SignedRow): Record<string, unknown> {
	return { at: entry.at, ...shownRow(entry, personal) };
}
