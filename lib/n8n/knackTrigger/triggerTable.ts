import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import type { KnackFilters } from '../../knack/client';
import { missingFieldWords, missingTableWords } from '../../knack/fieldSuccessors';
import { findField, findTable } from '../../knack/tables';
import { failed, ok } from '../../result';
import type { ChangeSettings } from '../../sync/knackChanges/changeSettings';
import type { ChangeState } from '../../sync/knackChanges/changeState';
import type { SettingsFor, Unfit } from '../../sync/knackChanges/openTable';
import { knownField } from '../../sync/knackChanges/openTable';
import type { KnackTriggerSettings } from './triggerSettings';
import { startFromOf } from './triggerSettings';

/** The settings of the trigger, with table, filter and field found in the app. */
export function settingsFor(settings: KnackTriggerSettings): SettingsFor {
	return (app, remembered) => {
		const table = findTable(app, settings.table);
		if (!table) {
			const gone = { key: settings.table, name: remembered?.tableName };
			return failed({ ...missingTableWords(app, gone), maybeStale: true });
		}
		const filters = settings.filtersFor(table, (key) => knownField(key, remembered));
		if (!filters.ok) {
			const { message, fix, missingField } = filters.failure;
			return failed({ message, fix, maybeStale: missingField !== undefined });
		}
		const retryField = chosenRetryField(table, settings, remembered);
		return retryField === 'missing'
			? failed(retryFieldGone(table, settings, remembered))
			: ok(changeSettings(settings, { app, table, filters: filters.value, retryField }));
	};
}

interface FoundParts {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly filters: KnackFilters | undefined;
	/** Holds what is wrong with a record; undefined where none is chosen. */
	readonly retryField: KnackField | undefined;
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
): Unfit {
	const wanted = options.retryField ?? '';
	const known = /^field_\d+$/.test(wanted)
		? knownField(wanted, stored)
		: { key: wanted, name: undefined };
	const { message, fix } = missingFieldWords(table, known);
	return { message, fix: `${fix} It is chosen under Retry When Fixed.`, maybeStale: true };
}

function changeSettings(
	settings: KnackTriggerSettings,
	{ app, table, filters, retryField }: FoundParts,
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
