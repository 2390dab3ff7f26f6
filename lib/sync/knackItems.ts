import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { missingFieldWords } from '../knack/fieldSuccessors';
import type { LinkedRecord } from '../knack/fields/fieldValue';
import type { JsonValue } from '../knack/fields/shownValue';
import type { Labels } from '../knack/recordView';
import { labelOf, placeInApp, placeOf, viewRecord } from '../knack/recordView';
import { linkedRecords, recordsPointedTo, recordsPointingTo } from './connectedRecords';
import type { ChangeEvent } from './knackChanges/changeSettings';
import { ChangeSettingsError } from './knackChanges/changeSettings';

/** An item's `json`. Names inside `knack` are fixed: workflows and later nodes read them. */
export type KnackItem = Readonly<Record<string, JsonValue>>;

/** A record to show, with what happened to it where something did. */
export interface ShownRecord {
	readonly record: KnackRecord;
	readonly event?: ChangeEvent;
	/** Keys of the fields that differ from the last reading, where that is known. */
	readonly changedFields?: readonly string[];
}

/** How it became known that something happened: Knack called, or was asked. */
export type ChangeVia = 'webhook' | 'poll';

/** Connected records that come along with each record. */
export type Inclusion =
	/** Records of another table that point here: the lines of an order. */
	| { readonly direction: 'in'; readonly table: string; readonly field: string }
	/** The records that a connection field points to: the customer of an order. */
	| { readonly direction: 'out'; readonly field: string };

export interface ItemOptions {
	readonly inclusions: readonly Inclusion[];
	/** Labels to use instead of the fields' present names, by field key. */
	readonly labels?: Labels;
	/** Fields whose present name differs from the label: label to name. */
	readonly renamed?: Readonly<Record<string, string>>;
	readonly via?: ChangeVia;
	/** Add the record as Knack sent it, under `raw`. */
	readonly includeRaw?: boolean;
}

/**
 * One item for each record, in order: fields by label with clean values, connected records, and
 * under `knack` what tells the record's place. Reads connected records with few calls for all
 * items together. Throws ServiceFaultError, and ChangeSettingsError for a connection that is gone.
 */
export async function knackItems(
	client: KnackClient,
	app: KnackApp,
	table: KnackTable,
	changes: readonly ShownRecord[],
	options: ItemOptions,
): Promise<KnackItem[]> {
	if (changes.length === 0) return [];
	const records = changes.map(({ record }) => record);
	const extras = await Promise.all(
		options.inclusions.map(async (inclusion) =>
			inclusion.direction === 'in'
				? await inboundExtras(client, app, table, records, inclusion)
				: await outboundExtras(client, app, table, records, { ...options, inclusion }),
		),
	);
	return changes.map((change, index) =>
		itemOf(
			change,
			app,
			table,
			options,
			extras.map(({ name, values }) => ({ name, value: values[index] ?? null })),
		),
	);
}

function itemOf(
	{ record, event, changedFields }: ShownRecord,
	app: KnackApp,
	table: KnackTable,
	options: ItemOptions,
	extras: ReadonlyArray<{ name: string; value: JsonValue }>,
): KnackItem {
	const { values, parts, connections } = viewRecord(record, table, options.labels);
	const item: Record<string, JsonValue> = { ...values };
	for (const { name, value } of extras) item[freeName(name, values)] = value;
	item['knack'] = {
		...placeInApp(app, table, record),
		...(event && { event }),
		...(options.via && { via: options.via }),
		connections,
		...(Object.keys(parts).length > 0 && { parts }),
		...(changedFields && { changedFields: labelsOf(changedFields, table, options.labels) }),
		...(Object.keys(options.renamed ?? {}).length > 0 && { renamedFields: options.renamed ?? {} }),
	};
	if (options.includeRaw) item['raw'] = jsonOf(record);
	return item;
}

function labelsOf(keys: readonly string[], table: KnackTable, labels: Labels = {}): string[] {
	return table.fields
		.filter(({ key }) => keys.includes(key))
		.map((field) => labelOf(table, field, labels));
}

/** A connected record as it stands inside an item. */
function connectedItem(record: KnackRecord, table: KnackTable): KnackItem {
	const { values, parts, connections } = viewRecord(record, table);
	return {
		...values,
		knack: {
			...placeOf(record, table),
			...(Object.keys(connections).length > 0 && { connections }),
			...(Object.keys(parts).length > 0 && { parts }),
		},
	};
}

interface Extra {
	readonly name: string;
	/** One for each record. */
	readonly values: readonly JsonValue[];
}

async function inboundExtras(
	client: KnackClient,
	app: KnackApp,
	table: KnackTable,
	records: readonly KnackRecord[],
	inclusion: Inclusion & { direction: 'in' },
): Promise<Extra> {
	const child = app.tables.find(({ key }) => key === inclusion.table);
	const field = child?.fields.find(({ key }) => key === inclusion.field);
	if (!child || field?.connection?.table !== table.key)
		throw connectionGone(child ?? table, inclusion);
	const ids = records.map(({ id }) => id);
	const found = await recordsPointingTo(client, child, field, ids);
	const siblings = child.fields.filter(({ connection }) => connection?.table === table.key);
	return {
		name: siblings.length > 1 ? `${child.name} (${field.name})` : child.name,
		values: ids.map((id) => (found.get(id) ?? []).map((record) => connectedItem(record, child))),
	};
}

async function outboundExtras(
	client: KnackClient,
	app: KnackApp,
	table: KnackTable,
	records: readonly KnackRecord[],
	{ inclusion, labels }: { inclusion: Inclusion & { direction: 'out' }; labels?: Labels },
): Promise<Extra> {
	const field = table.fields.find(({ key }) => key === inclusion.field);
	const target = app.tables.find(({ key }) => key === field?.connection?.table);
	if (!field || !target) throw connectionGone(table, inclusion);
	const links = records.map((record) => linkedRecords(record, field));
	const found = await recordsPointedTo(client, target, links.flat());
	return {
		name: `${labelOf(table, field, labels)} Record`,
		values: links.map((linked) => linkedValue(linked, found, field, target)),
	};
}

function linkedValue(
	links: readonly LinkedRecord[],
	found: ReadonlyMap<string, KnackRecord>,
	field: KnackField,
	target: KnackTable,
): JsonValue {
	const items = links.flatMap(({ id }) => {
		const record = found.get(id);
		return record ? [connectedItem(record, target)] : [];
	});
	return field.allowsMany ? items : (items[0] ?? null);
}

function connectionGone(table: KnackTable, inclusion: Inclusion): ChangeSettingsError {
	const { message, fix } = missingFieldWords(table, { key: inclusion.field });
	return new ChangeSettingsError(message, `${fix} It is chosen under Connected Records.`);
}

/** A connected table may bear the name of a field. */
function freeName(name: string, values: Readonly<Record<string, JsonValue>>): string {
	return name in values ? `${name} (Records)` : name;
}

/** What came as JSON is JSON. */
function jsonOf(value: unknown): JsonValue {
	if (Array.isArray(value)) return value.map(jsonOf);
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, jsonOf(entry)]));
	}
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
		return value;
	}
	return null;
}
