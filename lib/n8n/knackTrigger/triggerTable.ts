import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import type { KnackClient, KnackFilters } from '../../knack/client';
import { missingFieldWords, missingTableWords } from '../../knack/fieldHeirs';
import { findField, findTable } from '../../knack/tables';
import type { ChangeSettings } from '../../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { ChangeState } from '../../sync/knackChanges/changeState';
import { knownField } from '../../sync/knackChanges/pollChanges';
import type { KnackTriggerSettings } from './triggerSettings';
import { startFromOf } from './triggerSettings';

export interface OpenTable {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly filters: KnackFilters | undefined;
	/** Holds what is wrong with a record; undefined where none is chosen. */
	readonly retryField: KnackField | undefined;
}

/** The table and the filter on it; the app is read anew before a part of it is called missing. */
export async function openTable(
	client: KnackClient,
	settings: KnackTriggerSettings,
	stored: ChangeState | undefined,
	fresh = false,
): Promise<OpenTable> {
	const app = await client.app({ fresh });
	const table = findTable(app, settings.table);
	const filters = table && settings.filtersFor(table, (key) => knownField(key, stored));
	const retryField = table && chosenRetryField(table, settings, stored);
	if (table && filters?.ok && retryField !== 'missing') {
		return { app, table, filters: filters.value, retryField };
	}
	const maybeStale = !filters || filters.ok || filters.failure.missingField !== undefined;
	if (maybeStale && !fresh) return await openTable(client, settings, stored, true);
	if (table && filters?.ok) throw retryFieldGone(table, settings, stored);
	const gone = { key: settings.table, name: stored?.tableName };
	const { message, fix } = filters && !filters.ok ? filters.failure : missingTableWords(app, gone);
	throw new ChangeSettingsError(message, fix);
}

/** By key, by its name, or by the name that it had when the workflow was activated. */
function chosenRetryField(
	table: KnackTable,
	{ triggerOn, options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): KnackField | undefined | 'missing' {
	const wanted = options.retryField;
	if (!wanted || triggerOn !== 'startsToMatch') return undefined;
	const [key] = Object.entries(stored?.labels ?? {}).find(([, label]) => label === wanted) ?? [];
	return findField(table, wanted) ?? table.fields.find((field) => field.key === key) ?? 'missing';
}

function retryFieldGone(
	table: KnackTable,
	{ options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): ChangeSettingsError {
	const wanted = options.retryField ?? '';
	const known = /^field_\d+$/.test(wanted)
		? knownField(wanted, stored)
		: { key: wanted, name: undefined };
	const { message, fix } = missingFieldWords(table, known);
	return new ChangeSettingsError(message, `${fix} It is chosen under Retry When Fixed.`);
}

export function changeSettings(
	settings: KnackTriggerSettings,
	{ app, table, filters, retryField }: OpenTable,
): ChangeSettings {
	const { options } = settings;
	return {
		table: table.key,
		triggerOn: settings.triggerOn,
		filters,
		modifiedField: settings.modifiedField,
		watchedFields: options.watchedFields,
		syncFields: options.syncFields,
		retryField: retryField?.key,
		lines: settings.inclusions.flatMap((inclusion) =>
			inclusion.direction === 'in' ? [{ table: inclusion.table, field: inclusion.field }] : [],
		),
		startFrom: startFromOf(settings, app.timeZone),
		mostChanges: options.mostChanges,
	};
}
