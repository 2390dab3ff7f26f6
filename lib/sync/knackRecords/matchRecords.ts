import { foldText } from '../../foldText';
import { canonicalJson } from '../../hash';
import type { Issue } from '../../issue';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField, decodeWritten, isWritable } from '../../knack/fields/codecs';
import { comparableValue } from '../../knack/fields/shownValue';
import { recordTitle } from '../../knack/recordView';
import { fieldLabel } from '../../knack/tables';
import type { Found } from './lookUpRecords';
import { onlyOne, recordsThatMayHold } from './lookUpRecords';

/** Types whose values can tell one record from all others. */
const TELLS_RECORDS_APART: ReadonlySet<string> = new Set([
	'short_text',
	'email',
	'phone',
	'number',
	'currency',
]);

/**
 * Whether records can be found by the field. What Knack fills itself cannot be: a record that is
 * created would not get the value that it was looked for by, and would be created again.
 */
export function canMatchBy(field: KnackField): boolean {
	return TELLS_RECORDS_APART.has(field.type) && isWritable(field);
}

/** What stands for a value, in the form in which Knack takes it, when records are matched. */
export function matchText(written: unknown, field: KnackField): string {
	return comparableText(decodeWritten(written, field));
}

/** The same for what a record holds in the field; undefined where it is empty. */
export function matchTextIn(record: KnackRecord, field: KnackField): string | undefined {
	const value = decodeField(record, field);
	return value.kind === 'blank' ? undefined : comparableText(value);
}

function comparableText(value: ReturnType<typeof decodeWritten>): string {
	// An address' label tells nobody apart.
	const comparable = value.kind === 'email' ? value.email : comparableValue(value);
	return typeof comparable === 'string' ? comparable : canonicalJson(comparable);
}

/**
 * The records that hold the values in the field, by `matchText`. Asks in bulk. `written` are the
 * values in the form in which Knack takes them. Throws ServiceFaultError.
 */
export async function matchRecords(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	table: KnackTable,
	field: KnackField,
	written: readonly unknown[],
): Promise<(text: string) => Found<KnackRecord>> {
	const asked = written.map((value) => matchText(value, field));
	const records = await recordsThatMayHold(client, table, field, asked);
	const textOfRecord = (record: KnackRecord) => matchTextIn(record, field) ?? '';
	const byText = new Map<string, KnackRecord[]>();
	for (const record of records) {
		const key = foldText(textOfRecord(record));
		byText.set(key, [...(byText.get(key) ?? []), record]);
	}
	return (text) => onlyOne(byText.get(foldText(text)) ?? [], textOfRecord, text);
}

export function ambiguousMatch(
	table: KnackTable,
	field: KnackField,
	text: string,
	candidates: readonly KnackRecord[],
): Issue {
	const label = fieldLabel(table, field);
	return {
		code: 'KNACK_MATCH_AMBIGUOUS',
		severity: 'block',
		field: label,
		message: `${candidates.length} records of ${table.name} have "${text}" in ${label}; none of them was changed.`,
		fix: `Keep one of them, or match by a field that is unique in ${table.name}.`,
		candidates: candidates
			.slice(0, 10)
			.map((record) => ({ id: record.id, label: recordTitle(record, table) })),
	};
}
