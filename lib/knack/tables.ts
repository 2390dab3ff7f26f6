import { foldText } from '../foldText';
import type { KnackApp, KnackField, KnackTable } from './app';

/** A record of one table that another table's connection field points to. */
export interface InboundConnection {
	/** The table whose records point here, such as Order Lines. */
	readonly table: KnackTable;
	/** Its connection field. */
	readonly field: KnackField;
}

/** By key, or by name when one table only has it (case does not matter). */
export function findTable(app: KnackApp, keyOrName: string): KnackTable | undefined {
	const byKey = app.tables.find(({ key }) => key === keyOrName);
	return byKey ?? onlyOneNamed(app.tables, keyOrName);
}

/** By key, by label ("Name (field_12)" for repeated names), or by name when it is not repeated. */
export function findField(table: KnackTable, keyOrName: string): KnackField | undefined {
	const byKey = table.fields.find(({ key }) => key === keyOrName);
	if (byKey) return byKey;
	const byLabel = table.fields.find((field) => fieldLabel(table, field) === keyOrName);
	return byLabel ?? onlyOneNamed(table.fields, keyOrName);
}

function onlyOneNamed<Named extends { readonly name: string }>(
	all: readonly Named[],
	name: string,
): Named | undefined {
	const wanted = foldText(name);
	const named = all.filter((one) => foldText(one.name) === wanted);
	return named.length === 1 ? named[0] : undefined;
}

/** What items keep for themselves beside the fields. */
const RESERVED_LABELS: ReadonlySet<string> = new Set(['knack', 'raw']);

/** The field's name; with its key behind it when the name is taken more than once. */
export function fieldLabel(table: KnackTable, field: KnackField): string {
	const repeated = table.fields.filter(({ name }) => name === field.name).length > 1;
	return repeated || RESERVED_LABELS.has(field.name) ? `${field.name} (${field.key})` : field.name;
}

export function tableLabel(app: KnackApp, table: KnackTable): string {
	const repeated = app.tables.filter(({ name }) => name === table.name).length > 1;
	return repeated ? `${table.name} (${table.key})` : table.name;
}

/** Connection fields of other tables (or of the table itself) that point to the table. */
export function inboundConnections(app: KnackApp, tableKey: string): InboundConnection[] {
	return app.tables.flatMap((table) =>
		table.fields
			.filter((field) => field.connection?.table === tableKey)
			.map((field) => ({ table, field })),
	);
}

export function outboundConnections(table: KnackTable): KnackField[] {
	return table.fields.filter(({ connection }) => connection !== undefined);
}
