import { codecOf, plainDisplay } from './codecs/codecs';
import type { CodecContext } from './codecs/fieldCodec';
import type { AppState, KnackFlags, TableState } from './state';
import { findField } from './state';
import type { StoredRecord } from './values';
import { isList } from './values';

export type RecordFormat = 'both' | 'raw' | 'html';

/** A record as the API answers it. */
export type RecordJson = { id: string } & Record<string, unknown>;

/** The codecs' view of an application. */
export function codecContext(app: AppState, flags: KnackFlags, baseUrl: string): CodecContext {
	const context: CodecContext = {
		appId: app.id,
		baseUrl,
		unknownChoices: flags.unknownChoices,
		asset: (id) => app.assets.get(id)?.asset,
		roleName: (key) => app.roles[key] ?? key,
		identifierOf: (tableKey, recordId) => {
			const table = app.tables.get(tableKey);
			const record = table?.records.get(recordId);
			return table && record ? identifierText(table, record, context) : '';
		},
	};
	return context;
}

/** A record's display field as text; what connections to it show. */
function identifierText(table: TableState, record: StoredRecord, context: CodecContext): string {
	const { identifier } = table.schema;
	const field = identifier === undefined ? undefined : findField(table.schema, identifier);
	// A display field that is itself a connection would lead on through other tables; Knack shows
	// its text, one step is enough here.
	return field ? plainDisplay(record.values[field.key], field, context) : record.id;
}

/** A record as JSON: `field_N` for people, `field_N_raw` for programs, blanks as Knack has them. */
export function showRecord(
	table: TableState,
	record: StoredRecord,
	format: RecordFormat,
	context: CodecContext,
	flags: KnackFlags,
	only?: ReadonlySet<string>,
): RecordJson {
	const json: RecordJson = { id: record.id };
	for (const field of table.schema.fields) {
		if (only && !only.has(field.key)) continue;
		const value = record.values[field.key];
		const rawKey =
			format === 'raw' && flags.rawFormatKeys === 'plain' ? field.key : `${field.key}_raw`;
		if (value === undefined) {
			if (format !== 'raw' || flags.rawFormatKeys === 'plain') json[field.key] = '';
			if (field.type === 'connection') {
				if (format !== 'html') json[rawKey] = [];
			} else if (format !== 'html' && flags.blankRaw === 'empty') {
				json[rawKey] = '';
			}
			continue;
		}
		const codec = codecOf(field);
		if (format !== 'raw') json[field.key] = codec.display(value, field, context);
		if (format !== 'html') json[rawKey] = codec.raw(value, field, context);
	}
	if (table.schema.type === 'UserObject') addAccountKeys(table, record, json, context);
	return json;
}

/** Account tables carry their status and roles beside the fields as well. */
function addAccountKeys(
	table: TableState,
	record: StoredRecord,
	json: RecordJson,
	context: CodecContext,
): void {
	const status = findField(table.schema, 'User Status');
	const roles = findField(table.schema, 'User Roles');
	const keys = roles ? record.values[roles.key] : undefined;
	const profiles = isList(keys) ? keys : [];
	json['account_status'] = (status && record.values[status.key]) ?? 'active';
	json['approval_status'] = 'approved';
	json['profile_keys'] = profiles.map((key) => context.roleName(key)).join(', ');
	json['profile_keys_raw'] = profiles.map((id) => ({ id, identifier: context.roleName(id) }));
}
