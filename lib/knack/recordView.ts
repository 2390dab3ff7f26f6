import type { KnackApp, KnackField, KnackRecord, KnackTable } from './app';
import { decodeField } from './fields/codecs';
import type { JsonValue } from './fields/shownValue';
import { plainValue, valueParts } from './fields/shownValue';
import { fieldLabel } from './tables';

/** A record as people know it: labels and clean values. */
export interface RecordView {
	/** By label, in the table's order; every field is there, null when blank. Passwords are not. */
	readonly values: Readonly<Record<string, JsonValue>>;
	/** Parts of values that have some (an address' city), by label. */
	readonly parts: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
	/** Ids of the records that connection fields point to, by label; blank ones are left out. */
	readonly connections: Readonly<Record<string, readonly string[]>>;
}

/** Labels to use instead of the fields' present names, by field key. */
export type Labels = Readonly<Record<string, string>>;

export function labelOf(table: KnackTable, field: KnackField, labels: Labels = {}): string {
	return labels[field.key] ?? fieldLabel(table, field);
}

export function viewRecord(record: KnackRecord, table: KnackTable, labels?: Labels): RecordView {
	const values: Record<string, JsonValue> = {};
	const parts: Record<string, Readonly<Record<string, JsonValue>>> = {};
	const connections: Record<string, readonly string[]> = {};
	for (const field of table.fields) {
		const value = decodeField(record, field);
		if (value.kind === 'secret' || field.type === 'password') continue;
		const label = labelOf(table, field, labels);
		values[label] = plainValue(value);
		const found = valueParts(value);
		if (found) parts[label] = found;
		if (value.kind === 'connections') connections[label] = value.records.map(({ id }) => id);
	}
	return { values, parts, connections };
}

/** What tells a record's place in Knack; it travels in every item under `knack`. */
export interface RecordPlace {
	readonly recordId: string;
	readonly table: string;
	readonly tableName: string;
}

export function placeOf(record: KnackRecord, table: KnackTable): RecordPlace {
	return { recordId: record.id, table: table.key, tableName: table.name };
}

/** The place of a record that stands for itself in an item, its app included. */
export function placeInApp(
	app: Pick<KnackApp, 'id'>,
	table: KnackTable,
	record: KnackRecord,
): RecordPlace & { readonly applicationId: string } {
	return { ...placeOf(record, table), applicationId: app.id };
}

/** The text that stands for a record in Knack: its display field, else its first filled field. */
export function recordTitle(record: KnackRecord, table: KnackTable): string {
	const { values } = viewRecord(record, table);
	const display = table.fields.find(({ key }) => key === table.displayField);
	const candidates = [
		...(display ? [values[labelOf(table, display)]] : []),
		...Object.values(values),
	];
	const found = candidates.find(
		(value) => (typeof value === 'string' && value !== '') || typeof value === 'number',
	);
	return found === undefined ? record.id : String(found);
}

/** When the record was made, epoch seconds UTC: the first eight digits of its id say so. */
export function createdSeconds(recordId: string): number {
	const seconds = Number.parseInt(recordId.slice(0, 8), 16);
	return Number.isFinite(seconds) ? seconds : 0;
}
