import type { KnackApp, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { KnownAs } from '../../knack/fieldSuccessors';
import { missingFieldWords, missingTableWords } from '../../knack/fieldSuccessors';
import type { Result } from '../../result';
import { failed, ok } from '../../result';
import type { ChangeSettings } from './changeSettings';
import { ChangeSettingsError } from './changeSettings';
import type { ChangeState } from './changeState';

/** Why settings do not fit the app. */
export interface Unfit {
	readonly message: string;
	readonly fix: string;
	/** Whether a newer reading of the app may have what is missing. */
	readonly maybeStale: boolean;
}

/** Settings whose table and fields are looked up in the app, such as those chosen by name. */
export type SettingsFor = (
	app: KnackApp,
	remembered: ChangeState | undefined,
) => Result<ChangeSettings, Unfit>;

export interface OpenTable {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly settings: ChangeSettings;
}

/**
 * The table with every field that the settings name; the app is read anew before one is missed.
 * Throws ChangeSettingsError and ServiceFaultError.
 */
export async function openTable(
	client: KnackClient,
	settings: ChangeSettings | SettingsFor,
	remembered: ChangeState | undefined,
	fresh = false,
): Promise<OpenTable> {
	const app = await client.app({ fresh });
	const meant = typeof settings === 'function' ? settings(app, remembered) : ok(settings);
	const open = meant.ok ? openIn(app, meant.value, remembered) : meant;
	if (open.ok) return open.value;
	const { message, fix, maybeStale } = open.failure;
	if (maybeStale && !fresh) return await openTable(client, settings, remembered, true);
	throw new ChangeSettingsError(message, fix);
}

function openIn(
	app: KnackApp,
	settings: ChangeSettings,
	remembered: ChangeState | undefined,
): Result<OpenTable, Unfit> {
	const table = app.tables.find(({ key }) => key === settings.table);
	if (!table) {
		const words = missingTableWords(app, { key: settings.table, name: remembered?.tableName });
		return failed({ ...words, maybeStale: true });
	}
	const { filters, modifiedField, retryField, untilSynced } = settings;
	const named = [
		...(filters?.rules ?? []).map(({ field }) => field),
		modifiedField,
		retryField,
		untilSynced?.xeroIdField,
		untilSynced?.messageField,
	];
	const gone = named.find(
		(key) => key?.startsWith('field_') && !table.fields.some((field) => field.key === key),
	);
	if (gone !== undefined) {
		return failed({ ...missingFieldWords(table, knownField(gone, remembered)), maybeStale: true });
	}
	const modified = table.fields.find(({ key }) => key === modifiedField);
	// An equation may give a date.
	if (!modified || ['date_time', 'equation'].includes(modified.type)) {
		return ok({ app, table, settings });
	}
	return failed({
		message: `The field ${modified.name} (${modified.key}) of the table ${table.name} holds no date, so edits cannot be told by it.`,
		fix: 'Choose a date field under Modified Date Field, or None (Compare Snapshots).',
		maybeStale: true,
	});
}

/** What is remembered of a field that is gone. */
export function knownField(key: string, remembered: ChangeState | undefined): KnownAs {
	if (!remembered) return { key };
	return {
		key,
		name: remembered.labels[key],
		type: remembered.types[key],
		neighbours: new Set(Object.keys(remembered.types)),
	};
}
