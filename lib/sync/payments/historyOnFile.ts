import { foldText } from '../../foldText';
import type { KnackRecord } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import { isOneOf, recordsOfGroups, ruleGroups } from '../../knack/ruleGroups';
import { linkedIds, wholeTableIfCheaper } from '../connectedRecords';
import type { HistorySettings } from './historyFields';
import { historyRows } from './historyRows';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** An invoice and the record that its payments belong to. */
export interface HistoryRequest {
	readonly snapshot: InvoiceSnapshot;
	readonly recordId: string;
}

/** What the history's table holds of some invoices. */
export interface HistoryOnFile {
	/** Rows by the folded text of their Payment ID field. */
	readonly byKey: ReadonlyMap<string, readonly KnackRecord[]>;
	/** Rows by the record that they are connected to. */
	readonly byRecord: ReadonlyMap<string, readonly KnackRecord[]>;
}

/** What stands in the row's Payment ID field. */
export function keyOf({ key }: HistorySettings, record: KnackRecord): string {
	const value = plainValue(decodeField(record, key));
	return typeof value === 'string' ? value : '';
}

/**
 * The rows of the invoices' payments, and all others of their records: these may be of payments
 * that were removed. In bulk, by the payments' ids and the records at once, or the whole table
 * where that takes fewer calls. Throws ServiceFaultError.
 */
export async function readHistory(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	settings: HistorySettings,
	requests: readonly HistoryRequest[],
): Promise<HistoryOnFile> {
	const keys = requests.flatMap(({ snapshot }) => historyRows(snapshot).map(({ key }) => key));
	const groups = ruleGroups([
		...isOneOf(settings.key.key, keys),
		...isOneOf(
			settings.record.key,
			requests.map(({ recordId }) => recordId),
		),
	]);
	const { table } = settings;
	const whole = await wholeTableIfCheaper(client, table, groups.length);
	return onFile(settings, whole ?? (await recordsOfGroups(client, table.key, groups)));
}

/** The rows that hold one key, for a look after a create whose answer never came. */
export async function rowsWithKey(
	client: Pick<KnackClient, 'records'>,
	settings: HistorySettings,
	key: string,
): Promise<readonly KnackRecord[]> {
	const rules = isOneOf(settings.key.key, [key]);
	const rows = await client.records(settings.table.key, { filters: { match: 'or', rules } });
	return onFile(settings, rows).byKey.get(foldText(key)) ?? [];
}

function onFile(settings: HistorySettings, rows: readonly KnackRecord[]): HistoryOnFile {
	const byKey = new Map<string, KnackRecord[]>();
	const byRecord = new Map<string, KnackRecord[]>();
	for (const row of rows) {
		const key = foldText(keyOf(settings, row));
		if (key !== '') byKey.set(key, [...(byKey.get(key) ?? []), row]);
		for (const id of linkedIds(row, settings.record)) {
			byRecord.set(id, [...(byRecord.get(id) ?? []), row]);
		}
	}
	return { byKey, byRecord };
}
