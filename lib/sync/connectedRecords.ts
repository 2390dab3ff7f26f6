import type { KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { decodeField } from '../knack/fields/codecs';
import type { LinkedRecord } from '../knack/fields/fieldValue';
import { isOneOf, recordsOfGroups, ruleGroups } from '../knack/ruleGroups';

/** So many calls are made without asking how large the table is. */
const FEW_CALLS = 3;

/** So many records of the same few names are enough to have those that were meant among them. */
const MOST_OF_A_NAME = 1_000;

/** Types of fields that Knack finds by the very text that it shows. */
const FOUND_BY_TEXT: ReadonlySet<string> = new Set(['short_text', 'email', 'auto_increment']);

export function linkedRecords(record: KnackRecord, field: KnackField): readonly LinkedRecord[] {
	const value = decodeField(record, field);
	return value.kind === 'connections' ? value.records : [];
}

export function linkedIds(record: KnackRecord, field: KnackField): string[] {
	return linkedRecords(record, field).map(({ id }) => id);
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

/**
 * Records of one table that others point to, by their ids; those that are gone are not in the answer.
 * Knack has no filter by record id, so more than a few are asked for by what they are called there, some
 * fifty in a call, and only those that this does not find, by `recordsById`. Throws ServiceFaultError.
 */
export async function recordsPointedTo(
	client: KnackClient,
	table: KnackTable,
	links: readonly LinkedRecord[],
): Promise<Map<string, KnackRecord>> {
	const labels = new Map(links.map(({ id, label }) => [id, label.trim()]));
	const found = new Map<string, KnackRecord>();
	const named = table.fields.find(({ key }) => key === table.displayField);
	if (labels.size > FEW_CALLS && named && FOUND_BY_TEXT.has(named.type)) {
		const names = [...labels.values()].filter((label) => label !== '');
		for (const rules of ruleGroups(isOneOf(named.key, names))) {
			const filters = { match: 'or' as const, rules };
			const records = await client.records(table.key, { filters, limit: MOST_OF_A_NAME });
			for (const record of records) if (labels.has(record.id)) found.set(record.id, record);
		}
	}
	const others = [...labels.keys()].filter((id) => !found.has(id));
	for (const [id, record] of await recordsById(client, table, others)) found.set(id, record);
	return found;
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
