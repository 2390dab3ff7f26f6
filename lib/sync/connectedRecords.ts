import type { KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { decodeField } from '../knack/fields/codecs';
import { isOneOf, recordsOfGroups, ruleGroups } from '../knack/ruleGroups';

/** So many calls are made without asking how large the table is. */
const FEW_CALLS = 3;

export function linkedIds(record: KnackRecord, field: KnackField): string[] {
	const value = decodeField(record, field);
	return value.kind === 'connections' ? value.records.map(({ id }) => id) : [];
}

/**
 * The records of another table that point to these ones by its connection field, by the id of the
 * record that they point to, in order of creation. Costs a call for some 50 records, or a call for
 * 1,000 rows of the table, whichever is less. Throws ServiceFaultError.
 */
export async function recordsPointingTo(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	table: KnackTable,
	connection: KnackField,
	recordIds: readonly string[],
): Promise<Map<string, KnackRecord[]>> {
	const wanted = [...new Set(recordIds)];
	const byTarget = new Map<string, KnackRecord[]>(wanted.map((id) => [id, []]));
	const groups = ruleGroups(isOneOf(connection.key, wanted));
	const records =
		(await wholeTableIfCheaper(client, table, groups.length)) ??
		(await recordsOfGroups(client, table.key, groups));
	for (const record of [...records].sort(inOrder)) {
		for (const id of linkedIds(record, connection)) byTarget.get(id)?.push(record);
	}
	return byTarget;
}

/** Records of one table by their ids; those that are gone are not in the answer. */
export async function recordsById(
	client: KnackClient,
	table: KnackTable,
	recordIds: readonly string[],
): Promise<Map<string, KnackRecord>> {
	const wanted = new Set(recordIds);
	const whole = await wholeTableIfCheaper(client, table, wanted.size);
	if (whole) {
		return new Map(whole.filter(({ id }) => wanted.has(id)).map((record) => [record.id, record]));
	}
	const found = new Map<string, KnackRecord>();
	for (const id of wanted) {
		const record = await client.record(table.key, id);
		if (record) found.set(id, record);
	}
	return found;
}

/**
 * The whole table when reading it takes no more than these calls. Finding out costs a call where it
 * does not, so few calls are made straight.
 */
export async function wholeTableIfCheaper(
	client: Pick<KnackClient, 'wholeTable'>,
	table: KnackTable,
	calls: number,
): Promise<KnackRecord[] | undefined> {
	return calls <= FEW_CALLS ? undefined : await client.wholeTable(table.key, calls);
}

/** Ids begin with the second of creation. */
function inOrder(a: KnackRecord, b: KnackRecord): number {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
