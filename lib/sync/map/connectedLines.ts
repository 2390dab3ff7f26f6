import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { placeOf, viewRecord } from '../../knack/recordView';
import { findField, findTable } from '../../knack/tables';
import { failed, ok, type Result } from '../../result';
import { recordsPointingTo } from '../connectedRecords';
import type { ItemRecord } from './sampleShape';

/** Where the lines of a record are kept in Knack. */
export interface LineTable {
	/** Key or name of the table with the lines. */
	readonly table: string;
	/** Key or name of its connection field that points to the record. */
	readonly connection: string;
}

/** Why lines cannot be read from the chosen table: the node's settings do not fit the app. */
export interface LineTableFault {
	readonly message: string;
	readonly fix: string;
}

/**
 * Reads the lines of many records in bulk. They come by the id of their record, in the order in
 * which they were made, as items do: by label, with clean values and `knack`. Throws
 * ServiceFaultError when Knack cannot be read.
 */
export async function readConnectedLines(
	client: Pick<KnackClient, 'app' | 'records' | 'wholeTable'>,
	place: LineTable,
	recordIds: readonly string[],
): Promise<Result<Map<string, ItemRecord[]>, LineTableFault>> {
	const app = await client.app();
	const table = findTable(app, place.table);
	if (!table) {
		return failed({
			message: `The Knack app ${app.name} has no table "${place.table}" for the lines.`,
			fix: 'Choose the table of the lines again: it was renamed or deleted in Knack.',
		});
	}
	const connection = findField(table, place.connection);
	if (!connection?.connection) {
		return failed({
			message: `The table ${table.name} has no connection field "${place.connection}".`,
			fix: 'Choose the field of the lines that is connected to the record.',
		});
	}
	const found = await recordsPointingTo(client, table, connection, recordIds);
	const lines = [...found].map(
		([id, records]) => [id, records.map((record) => lineOf(record, table))] as const,
	);
	return ok(new Map(lines));
}

function lineOf(record: KnackRecord, table: KnackTable): ItemRecord {
	const { values } = viewRecord(record, table);
	return { ...values, knack: { ...placeOf(record, table) } };
}
