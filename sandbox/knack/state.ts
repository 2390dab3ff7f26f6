import type { FieldSchema, TableSchema } from './schema';
import type { AppTimeZone } from './timeZones';
import type { PartsValue, StoredRecord } from './values';

/** Behaviours that are unknown of the real service, or differ between apps; either can be tried. */
export interface KnackFlags {
	/** Answer for a record, table or app that does not exist: recordings show 500. */
	missingRecord: 500 | 404;
	/** Object-based writes enforce "required": seen not to. */
	enforceRequired: boolean;
	enforceUnique: boolean;
	/** A value that is not of the field's type is refused rather than left blank. */
	rejectInvalidValues: boolean;
	unknownChoices: 'store' | 'drop' | 'reject';
	unknownOperators: 'ignore' | 'reject';
	/** Blanks in raw: no key at all, or an empty string. */
	blankRaw: 'absent' | 'empty';
	/** With `format=raw`, the raw value sits under `field_N` or under `field_N_raw`. */
	rawFormatKeys: 'plain' | 'suffixed';
	/** Day/month order of dates in filters. */
	filterDateOrder: 'field' | 'us';
	/** How finely date operators compare when the value names a time. */
	filterDatePrecision: 'minute' | 'day';
	/** `is after` and `is before` include the moment itself. */
	filterDatesInclusive: boolean;
	/** `sort_field=id` works; otherwise it is ignored. */
	sortById: boolean;
	/** The last row of a page comes again as the first of the next, as when rows move mid-scan. */
	repeatRowAcrossPages: boolean;
	/** The six limit headers are left out. */
	omitLimitHeaders: boolean;
	/** Every call answers as when the daily allowance is used up. */
	planExhausted: boolean;
	/** How Flows deliver: as they should, each twice, not at all, or kept until released. */
	flowDelivery: 'once' | 'twice' | 'never' | 'held';
}

const defaultFlags: Readonly<KnackFlags> = {
	missingRecord: 500,
	enforceRequired: false,
	enforceUnique: false,
	rejectInvalidValues: false,
	unknownChoices: 'store',
	unknownOperators: 'ignore',
	blankRaw: 'absent',
	rawFormatKeys: 'plain',
	filterDateOrder: 'field',
	filterDatePrecision: 'minute',
	filterDatesInclusive: false,
	sortById: false,
	repeatRowAcrossPages: false,
	omitLimitHeaders: false,
	planExhausted: false,
	flowDelivery: 'once',
};

export interface TableState {
	/** Replaced, never changed in place, so that snapshots can share it. */
	schema: TableSchema;
	/** In order of creation. */
	records: Map<string, StoredRecord>;
	/** Next number of each auto-increment field. */
	nextNumbers: Readonly<Record<string, number>>;
	/** Key of the date field that the Live App's rules stamp. */
	modifiedField?: string;
	/** Keys of the connections that say who wrote a record. */
	userStamps?: { createdBy: string; updatedBy: string };
}

interface AssetState {
	asset: PartsValue;
	bytes: Uint8Array;
	contentType: string;
}

export type FlowEvent = 'created' | 'updated' | 'deleted';

/** A Flow an app builder made: on an event of a table, post JSON to an address. */
export interface Flow {
	id: string;
	/** Table key. */
	table: string;
	event: FlowEvent;
	url: string;
	headers: Readonly<Record<string, string>>;
	/**
	 * JSON with tokens: `{{record.id}}`, `{{record.field_1}}`, `{{record.field_1_raw}}`,
	 * `{{record}}`, `{{event}}`, `{{table}}`. A default with all of these when left out.
	 */
	bodyTemplate?: unknown;
}

export interface Scene {
	key: string;
	name: string;
	slug: string;
	views: View[];
}

export interface View {
	key: string;
	name: string;
	type: 'table' | 'form' | 'details';
	object: string;
	/** Keys of the columns shown or the inputs offered. */
	fields: string[];
}

export interface AppState {
	id: string;
	name: string;
	slug: string;
	/** Slug of the Knack account that owns the app; its apps share the daily allowance. */
	account: string;
	apiKey: string;
	timeZone: AppTimeZone;
	tables: Map<string, TableState>;
	assets: Map<string, AssetState>;
	/** Account records that stand for who writes: by origin. */
	systemUsers: Readonly<Record<string, string>>;
	/** Role names by profile key. */
	roles: Readonly<Record<string, string>>;
	flows: readonly Flow[];
	scenes: readonly Scene[];
	nextTable: number;
	nextField: number;
}

export interface AccountState {
	planLimit: number;
	used: number;
	/** UTC day the counter belongs to, 'YYYY-MM-DD'. */
	day: string;
}

interface RateState {
	second: number;
	used: number;
}

export interface KnackState {
	apps: Map<string, AppState>;
	accounts: Map<string, AccountState>;
	rates: Map<string, RateState>;
	/** Requests a second and app; null for no limit. */
	perSecond: number | null;
	flags: KnackFlags;
}

export function emptyState(): KnackState {
	return {
		apps: new Map(),
		accounts: new Map(),
		rates: new Map(),
		perSecond: 10,
		flags: { ...defaultFlags },
	};
}

/** A copy that later changes do not touch: records and schemas are immutable and shared. */
export function copyState(state: KnackState): KnackState {
	return {
		apps: new Map(
			[...state.apps].map(([id, app]) => [
				id,
				{
					...app,
					tables: new Map(
						[...app.tables].map(([key, table]) => [
							key,
							{ ...table, records: new Map(table.records) },
						]),
					),
					assets: new Map(app.assets),
				},
			]),
		),
		accounts: new Map([...state.accounts].map(([slug, account]) => [slug, { ...account }])),
		rates: new Map([...state.rates].map(([id, rate]) => [id, { ...rate }])),
		perSecond: state.perSecond,
		flags: { ...state.flags },
	};
}

/** A table by key, or by name in any case. */
export function findTable(app: AppState, keyOrName: string): TableState | undefined {
	const byKey = app.tables.get(keyOrName);
	if (byKey) return byKey;
	const name = keyOrName.toLowerCase();
	for (const table of app.tables.values()) {
		if (table.schema.name.toLowerCase() === name) return table;
	}
	return undefined;
}

/** @throws when there is no such table. */
export function tableOf(app: AppState, keyOrName: string): TableState {
	const table = findTable(app, keyOrName);
	if (!table) throw new Error(`The sandbox's Knack app has no table "${keyOrName}".`);
	return table;
}

/** A field by key, or by name in any case. */
export function findField(table: TableSchema, keyOrName: string): FieldSchema | undefined {
	const name = keyOrName.toLowerCase();
	return (
		table.fields.find((field) => field.key === keyOrName) ??
		table.fields.find((field) => field.name.toLowerCase() === name)
	);
}

/** The table a field belongs to. */
export function tableWithField(app: AppState, fieldKey: string): TableState | undefined {
	for (const table of app.tables.values()) {
		if (table.schema.fields.some((field) => field.key === fieldKey)) return table;
	}
	return undefined;
}
