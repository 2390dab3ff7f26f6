import { foldText } from '../../foldText';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import { findField, findTable } from '../../knack/tables';
import { recordsThatMayHold } from '../knackRecords/lookUpRecords';

/**
 * The records of some tables that keep one of the ids in a field, by id in lower case. Asks in bulk.
 * A table that lacks the field keeps none. Throws ServiceFaultError.
 */
export async function recordsLinkedTo(
	client: KnackClient,
	tables: readonly string[],
	fieldName: string,
	ids: readonly string[],
): Promise<Map<string, string[]>> {
	const wanted = new Set(ids.map((id) => id.toLowerCase()));
	const found = new Map<string, string[]>();
	const app = await client.app();
	for (const name of tables) {
		const table = findTable(app, name);
		const field = table && findField(table, fieldName);
		if (!table || !field) continue;
		for (const record of await recordsThatMayHold(client, table, field, [...wanted])) {
			const id = foldText(String(plainValue(decodeField(record, field)) ?? ''));
			if (wanted.has(id)) found.set(id, [...(found.get(id) ?? []), record.id]);
		}
	}
	return found;
}
