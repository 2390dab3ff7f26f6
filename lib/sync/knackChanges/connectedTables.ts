import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { linkedRecords, recordsPointedTo, recordsPointingTo } from '../connectedRecords';
import type { PollContext } from './pollContext';
import { watchedFieldsOf } from './watchedFields';

/** A table whose records come along with the watched ones: their lines, or their customer. */
export interface ConnectedTable {
	readonly table: KnackTable;
	/** The field that connects the two, of either table. */
	readonly connection: KnackField;
	/** Those whose change counts as an edit of the watched record. */
	readonly fields: readonly KnackField[];
	/** What a digest of a field of them is called among the types of fields. */
	readonly columnType: string;
	/** Those of each of these records, by its id. Throws ServiceFaultError. */
	recordsOf(records: readonly KnackRecord[]): Promise<ReadonlyMap<string, readonly KnackRecord[]>>;
}

export function connectedTablesOf(context: PollContext): ConnectedTable[] {
	const { lines = [], linkedBy = [] } = context.settings;
	return [
		...lines.flatMap((line) => linesOf(context, line) ?? []),
		...linkedBy.flatMap((key) => linkedOf(context, key) ?? []),
	];
}

/** A stand-in for a field of the connected records, whose value is a digest of theirs. */
export function columnFor(
	{ connection, columnType }: ConnectedTable,
	field: KnackField,
): KnackField {
	return {
		key: `${connection.key}.${field.key}`,
		name: field.name,
		// A field that changed its type is another field.
		type: `${columnType} ${field.type}`,
		required: false,
		unique: false,
		format: {},
	};
}

function linesOf(
	{ app, client, table, settings }: PollContext,
	line: { readonly table: string; readonly field: string },
): ConnectedTable | undefined {
	const found = app.tables.find(({ key }) => key === line.table);
	const connection = found?.fields.find(({ key }) => key === line.field);
	if (!found || connection?.connection?.table !== table.key) return undefined;
	// The sync writes to no line by itself; a column named "Xero Account" is one that people mend.
	const watched = watchedFieldsOf(found, { syncFields: settings.syncFields ?? [] });
	return {
		table: found,
		connection,
		fields: watched.filter(({ key }) => key !== connection.key),
		columnType: 'lines of',
		recordsOf: async (records) =>
			await recordsPointingTo(
				client,
				found,
				connection,
				records.map(({ id }) => id),
			),
	};
}

function linkedOf({ app, client, table }: PollContext, key: string): ConnectedTable | undefined {
	const connection = table.fields.find((field) => field.key === key);
	const found = app.tables.find((one) => one.key === connection?.connection?.table);
	if (!connection || !found) return undefined;
	return {
		table: found,
		connection,
		// Counts and sums of a customer move with every order, which mends nothing.
		fields: watchedFieldsOf(found, {}).filter(isWritable),
		columnType: 'linked',
		recordsOf: async (records) => {
			const links = new Map(
				records.map((record) => [record.id, linkedRecords(record, connection)]),
			);
			const theirs = await recordsPointedTo(client, found, [...links.values()].flat());
			return new Map(
				[...links].map(([id, linked]) => [id, linked.flatMap((one) => theirs.get(one.id) ?? [])]),
			);
		},
	};
}
