import type { Ids } from '../core/ids';
import type {
	FieldDefinition,
	FieldFormat,
	FieldSchema,
	FieldType,
	TableDefinition,
} from './schema';
import { fieldFrom } from './schema';
import type { AppState, TableState } from './state';
import { findField, tableOf } from './state';
import { timeZoneByLabel } from './timeZones';
import type { StoredValue } from './values';

/** What a person does in Knack's Builder: apps, tables and fields. */

export interface AppDefinition {
	/** 24 hexadecimal characters. */
	id: string;
	name: string;
	/** UUID-like. */
	apiKey: string;
	/** Slug of the Knack account; apps of one account share the daily allowance. */
	account?: string;
	/** Knack's label, such as `London`. */
	timeZone?: string;
}

export function newApp(definition: AppDefinition): AppState {
	return {
		id: definition.id,
		name: definition.name,
		slug: slugOf(definition.name),
		account: definition.account ?? 'sandbox',
		apiKey: definition.apiKey,
		timeZone: timeZoneByLabel(definition.timeZone ?? 'London'),
		tables: new Map(),
		assets: new Map(),
		systemUsers: {},
		roles: {},
		flows: [],
		scenes: [],
		nextTable: 1,
		nextField: 1,
	};
}

const accountFields: FieldDefinition[] = [
	{ name: 'Name', type: 'name', required: true, format: { format: 'First Last' } },
	{ name: 'Email', type: 'email', required: true, unique: true },
	{ name: 'Password', type: 'password', required: true },
	{
		name: 'User Status',
		type: 'multiple_choice',
		required: true,
		format: { options: ['active', 'inactive', 'pending approval'], default: 'active' },
	},
	{ name: 'User Roles', type: 'user_roles' },
];

/** Adds a table. Formulas and roll-ups may name fields by their names; keys replace them. */
export function addTable(app: AppState, definition: TableDefinition, ids: Ids): TableState {
	const key = `object_${app.nextTable++}`;
	const users = definition.users ?? false;
	const table: TableState = {
		schema: {
			_id: ids.objectId(0),
			key,
			name: definition.name,
			type: users ? 'UserObject' : 'StandardObject',
			user: users,
			...(users ? { profile_key: 'all_users' } : {}),
			status: 'current',
			inflections: {
				singular: definition.singular ?? definition.name.replace(/s$/, ''),
				plural: definition.name,
			},
			tasks: [],
			conns: [],
			fields: [],
		},
		records: new Map(),
		nextNumbers: {},
	};
	app.tables.set(key, table);
	if (users) for (const field of accountFields) addField(app, table, field, ids, true);
	for (const field of definition.fields) addField(app, table, field, ids);
	const identifier = definition.identifier
		? fieldOf(table, definition.identifier)
		: table.schema.fields[0];
	table.schema = {
		...table.schema,
		...(identifier ? { identifier: identifier.key } : {}),
		...(definition.sort
			? {
					sort: {
						field: fieldOf(table, definition.sort.field).key,
						order: definition.sort.order,
					},
				}
			: {}),
	};
	if (definition.modifiedField !== undefined) {
		table.modifiedField = fieldOf(table, definition.modifiedField).key;
	}
	return table;
}

export function addField(
	app: AppState,
	table: TableState,
	definition: FieldDefinition,
	ids: Ids,
	immutable = false,
): FieldSchema {
	const key = `field_${app.nextField++}`;
	const resolved: FieldDefinition = { ...definition };
	if (definition.connectsTo) {
		const target = tableOf(app, definition.connectsTo.table).schema.key;
		resolved.connectsTo = { ...definition.connectsTo, table: target };
	}
	if (definition.format) resolved.format = withKeys(app, table, definition.format);
	const field = {
		...fieldFrom(resolved, key, ids.objectId(0)),
		immutable,
		user: immutable,
	};
	table.schema = { ...table.schema, fields: [...table.schema.fields, field] };
	if (definition.startsAt !== undefined) {
		table.nextNumbers = { ...table.nextNumbers, [key]: definition.startsAt };
	}
	return field;
}

/** Replaces field names in formulas and roll-ups by keys: `{Quantity}`, `Order Lines.Order`. */
function withKeys(app: AppState, table: TableState, format: FieldFormat): FieldFormat {
	const keyed: FieldFormat = { ...format };
	if (format.equation !== undefined) {
		keyed.equation = format.equation.replace(/\{([^}]+)\}/g, (_match, token: string) => {
			const [first = '', second] = token.split('.');
			const field = fieldOf(table, first);
			if (second === undefined) return `{${field.key}}`;
			const target = tableOf(app, field.relationship?.object ?? '');
			return `{${field.key}.${fieldOf(target, second).key}}`;
		});
	}
	if (format.connection)
		keyed.connection = { key: qualifiedKey(app, table, format.connection.key) };
	if (format.field) keyed.field = { key: qualifiedKey(app, table, format.field.key) };
	return keyed;
}

function qualifiedKey(app: AppState, table: TableState, name: string): string {
	if (/^field_\d+$/.test(name)) return name;
	const dot = name.indexOf('.');
	return dot < 0
		? fieldOf(table, name).key
		: fieldOf(tableOf(app, name.slice(0, dot)), name.slice(dot + 1)).key;
}

/** @throws when the table has no such field. */
export function fieldOf(table: TableState, keyOrName: string): FieldSchema {
	const field = findField(table.schema, keyOrName);
	if (!field) throw new Error(`The table "${table.schema.name}" has no field "${keyOrName}".`);
	return field;
}

export interface FieldChange {
	name?: string;
	type?: FieldType;
	required?: boolean;
	unique?: boolean;
	format?: FieldFormat;
}

/** Renames or retypes a field, or changes its format; values that no longer fit become blank. */
export function changeField(
	table: TableState,
	keyOrName: string,
	change: FieldChange,
): FieldSchema {
	const before = fieldOf(table, keyOrName);
	const after: FieldSchema = { ...before, ...change };
	if (change.format) after.format = { ...before.format, ...change.format };
	table.schema = {
		...table.schema,
		fields: table.schema.fields.map((field) => (field.key === before.key ? after : field)),
	};
	if (change.type !== undefined && change.type !== before.type) {
		replaceValues(table, before.key, (value) => retyped(value, after.type));
	}
	return after;
}

function retyped(value: StoredValue | undefined, type: FieldType): StoredValue | undefined {
	if (value === undefined || typeof value === 'object') return undefined;
	if (['short_text', 'paragraph_text', 'rich_text', 'multiple_choice'].includes(type)) {
		return String(value);
	}
	const number = typeof value === 'boolean' ? Number.NaN : Number(value);
	if (type === 'number' || type === 'rating') return Number.isFinite(number) ? number : undefined;
	if (type === 'currency') return Number.isFinite(number) ? String(value) : undefined;
	return undefined;
}

export function deleteField(table: TableState, keyOrName: string): FieldSchema {
	const gone = fieldOf(table, keyOrName);
	table.schema = {
		...table.schema,
		fields: table.schema.fields.filter((field) => field.key !== gone.key),
	};
	replaceValues(table, gone.key, () => undefined);
	return gone;
}

/** Adds, removes or renames choice options; records that hold a renamed one are changed with it. */
export function changeOptions(
	table: TableState,
	keyOrName: string,
	change: { add?: string[]; remove?: string[]; rename?: Record<string, string> },
): FieldSchema {
	const field = fieldOf(table, keyOrName);
	const rename = new Map(Object.entries(change.rename ?? {}));
	const removed = new Set(change.remove ?? []);
	const options = [
		...(field.format?.options ?? [])
			.filter((option) => !removed.has(option))
			.map((option) => rename.get(option) ?? option),
		...(change.add ?? []),
	];
	if (rename.size > 0) {
		replaceValues(table, field.key, (value) => {
			if (typeof value === 'string') return rename.get(value) ?? value;
			return Array.isArray(value)
				? value.map((option) => rename.get(String(option)) ?? String(option))
				: value;
		});
	}
	return changeField(table, field.key, { format: { ...field.format, options } });
}

function replaceValues(
	table: TableState,
	key: string,
	replace: (value: StoredValue | undefined) => StoredValue | undefined,
): void {
	for (const record of table.records.values()) {
		const before = record.values[key];
		if (before === undefined) continue;
		table.records.set(record.id, {
			...record,
			values: { ...record.values, [key]: replace(before) },
		});
	}
}

function slugOf(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}
