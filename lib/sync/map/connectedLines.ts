import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { placeOf, viewRecord } from '../../knack/recordView';
import { findField, findTable } from '../../knack/tables';
import { failed, ok, type Result } from '../../result';
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
 * Ids in one filter. The filter travels in the address, encoded: some 100 characters a record, and
 * servers cut addresses from 8,000 on.
 */
const IDS_A_CALL = 50;

/**
 * Reads the lines of many records with few list calls: one for up to 50 records, against one for
 * each record. Lines come by the id of their record, in the order in which they were made, as items
 * do: by label, with clean values and `knack`. Throws ServiceFaultError when Knack cannot be read.
 */
export async function readConnectedLines(
	client: Pick<KnackClient, 'app' | 'records'>,
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
	const wanted = [...new Set(recordIds)];
	const byRecord = new Map<string, ItemRecord[]>(wanted.map((id) => [id, []]));
	for (let start = 0; start < wanted.length; start += IDS_A_CALL) {
		const records = await client.records(table.key, {
			filters: {
				match: 'or',
				rules: wanted.slice(start, start + IDS_A_CALL).map((id) => ({
					field: connection.key,
					operator: 'is',
					value: id,
				})),
			},
		});
		for (const record of inOrder(records)) addLine(byRecord, record, table, connection.key);
	}
	return ok(byRecord);
}

/** Ids of Knack begin with the second in which a record was made. */
function inOrder(records: readonly KnackRecord[]): KnackRecord[] {
	return [...records].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function addLine(
	byRecord: Map<string, ItemRecord[]>,
	record: KnackRecord,
	table: KnackTable,
	connectionKey: string,
): void {
	const view = viewRecord(record, table);
	const line: ItemRecord = { ...view.values, knack: { ...placeOf(record, table) } };
	const field = table.fields.find(({ key }) => key === connectionKey);
	const label = Object.keys(view.connections).find(
		(name) => field !== undefined && findField(table, name)?.key === field.key,
	);
	// A line may be connected to several records, and then it is a line of each.
	for (const id of label === undefined ? [] : (view.connections[label] ?? [])) {
		byRecord.get(id)?.push(line);
	}
}
