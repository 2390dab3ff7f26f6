import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { fieldLabel } from '../../knack/tables';
import { matchText, matchTextIn } from '../../sync/knackRecords/matchRecords';
import type { RecordValues } from '../../sync/knackRecords/linkNames';
import { writeRecords, type RecordWriteResult } from '../../sync/knackRecords/writeRecords';
import { updateOne, type NotWritten, type Written } from '../../sync/knackRecords/writeRecord';
import { writesInPool } from '../../sync/knackRecords/writesInPool';
import { planWriteBack } from '../../sync/writeBack';
import type { Insight, InsightRow } from '../insight';
import { emptiedValues, keyOf, valuesOf, writtenColumns } from './rowValues';

export interface KnackTableSettings {
	/** Where the key of a row stands in its record. */
	readonly keyField: KnackField;
	/** Columns that together are the key of a row; those of the insight where not told. */
	readonly keyColumns?: readonly string[];
	/** Fields by the keys of the columns that are written there. */
	readonly fields: ReadonlyMap<string, KnackField>;
	/** What becomes of a record whose row is no longer in the insight. */
	readonly gone: 'leave' | 'clear';
}

export interface RowWritten {
	readonly key: string;
	readonly result: RecordWriteResult;
}

export interface TableWritten {
	/** What became of each row, in order. */
	readonly rows: readonly RowWritten[];
	/** What became of the records whose row is gone, where these are cleared. */
	readonly gone: readonly RowWritten[];
	/** Requests to Knack. */
	readonly calls: { readonly reads: number; readonly writes: number };
}

/**
 * Writes the rows of an insight into a Knack table, each into the record with its key: what differs
 * alone, so that a second time nothing is written. Throws ServiceFaultError where the table cannot be
 * read.
 */
export async function writeInsight(
	client: KnackClient,
	table: KnackTable,
	insight: Insight,
	settings: KnackTableSettings,
): Promise<TableWritten> {
	const before = client.calls();
	const keyColumns = settings.keyColumns ?? insight.rowKey;
	const keys = insight.rows.map((row) => keyOf(row, keyColumns));
	const rows = await writeRows(client, table, insight, { ...settings, keys });
	const gone =
		settings.gone === 'clear'
			? await clearGone(client, table, { settings, insight, keyColumns, keys })
			: [];
	const after = client.calls();
	return {
		rows,
		gone,
		calls: { reads: after.reads - before.reads, writes: after.writes - before.writes },
	};
}

interface KeyedSettings extends KnackTableSettings {
	/** Of each row. */
	readonly keys: readonly string[];
}

async function writeRows(
	client: KnackClient,
	table: KnackTable,
	insight: Insight,
	{ keyField, fields, keys }: KeyedSettings,
): Promise<RowWritten[]> {
	// A column that no row has a value for may be one that could not be read: nothing is emptied for it.
	const columns = writtenColumns(insight).filter(
		({ key, isNothingWhenBlank = false }) =>
			isNothingWhenBlank || insight.rows.some((row) => (row[key] ?? '') !== ''),
	);
	const times = new Map<string, number>();
	for (const key of keys.map(foldText)) times.set(key, (times.get(key) ?? 0) + 1);
	const isShared = (key: string) => key !== '' && (times.get(foldText(key)) ?? 0) > 1;
	const entries = insight.rows.map((row: InsightRow, index) => ({ row, key: keys[index] ?? '' }));
	const writable = entries.filter(({ key }) => !isShared(key));
	const writes = writable.map(({ row, key }) => ({
		values: { ...valuesOf(row, columns, fields), [keyField.key]: key },
	}));
	const aim = { kind: 'createOrUpdate', matchField: keyField } as const;
	const results = await writeRecords(client, table, writes, aim, { clearsBlanks: true });
	const resultOf = new Map(writable.map(({ row }, index) => [row, results[index]]));
	return entries.map(({ row, key }) => ({
		key,
		result: resultOf.get(row) ?? { kind: 'failed', issues: [sharedKey(table, keyField, key)] },
	}));
}

function sharedKey(table: KnackTable, keyField: KnackField, key: string): Issue {
	return {
		code: 'KNACK_ROW_KEY_SHARED',
		severity: 'block',
		field: fieldLabel(table, keyField),
		message: `Several rows have the key "${key}", and one record cannot hold them all. None of them was written.`,
		fix: 'Choose more columns under Key Columns, so that each row has a key of its own.',
	};
}

interface Gone {
	readonly settings: KnackTableSettings;
	readonly insight: Insight;
	readonly keyColumns: readonly string[];
	readonly keys: readonly string[];
}

/** Records with a key that no row has, and with a figure left in them. */
async function clearGone(
	client: KnackClient,
	table: KnackTable,
	{ settings, insight, keyColumns, keys }: Gone,
): Promise<RowWritten[]> {
	const { keyField, fields } = settings;
	const values = emptiedValues(writtenColumns(insight), keyColumns, fields);
	if (Object.keys(values).length === 0) return [];
	const standing = new Set(keys.map((key) => foldText(matchText(key, keyField))));
	const records = (await client.records(table.key)).filter((record) => {
		const key = matchTextIn(record, keyField);
		return key !== undefined && !standing.has(foldText(key));
	});
	const cleared = await writesInPool(records, (record) => clearOne(client, table, record, values));
	return records.flatMap((record, index) => {
		const result = cleared[index];
		const isTouched = result && (result.kind === 'failed' || result.outcome !== 'unchanged');
		return isTouched ? [{ key: matchTextIn(record, keyField) ?? '', result }] : [];
	});
}

async function clearOne(
	client: KnackClient,
	table: KnackTable,
	record: KnackRecord,
	values: RecordValues,
): Promise<Written | NotWritten> {
	const options = { mayClear: new Set(Object.keys(values)) };
	const { fields, issues } = planWriteBack(await client.app(), table, record, values, options);
	if (issues.length > 0) return { kind: 'failed', issues };
	return await updateOne(client, table, record.id, fields, record);
}
