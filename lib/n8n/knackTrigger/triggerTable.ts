import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import type { KnackFilters } from '../../knack/client';
import { missingFieldWords, missingTableWords } from '../../knack/fieldSuccessors';
import { findField, findTable } from '../../knack/tables';
import type { Result } from '../../result';
import { failed, ok } from '../../result';
import type { ChangeSettings, UntilSynced } from '../../sync/knackChanges/changeSettings';
import type { ChangeState } from '../../sync/knackChanges/changeState';
import type { SettingsFor, Unfit } from '../../sync/knackChanges/openTable';
import { knownField } from '../../sync/knackChanges/openTable';
import type { KnackTriggerSettings } from './triggerSettings';
import { beginOfDay, startFromOf } from './triggerSettings';

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
		if (!retryField.ok) return retryField;
		const untilSynced = chosenUntilSynced(app, table, settings, remembered);
		if (!untilSynced.ok) return untilSynced;
		return ok(
			changeSettings(settings, {
				app,
				table,
				filters: filters.value,
				retryField: retryField.value,
				untilSynced: untilSynced.value,
			}),
		);
	};
}

interface FoundParts {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly filters: KnackFilters | undefined;
	/** Holds what is wrong with a record; undefined where none is chosen. */
	readonly retryField: KnackField | undefined;
	readonly untilSynced: UntilSynced | undefined;
}

function chosenRetryField(
	table: KnackTable,
	{ triggerOn, options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): Result<KnackField | undefined, Unfit> {
	const wanted = options.retryField;
	if (!wanted || triggerOn !== 'startsToMatch') return ok(undefined);
	return chosenField(table, wanted, 'Retry When Fixed', stored);
}

function chosenUntilSynced(
	app: KnackApp,
	table: KnackTable,
	{ triggerOn, options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): Result<UntilSynced | undefined, Unfit> {
	const { untilSynced } = options;
	if (!untilSynced || triggerOn === 'updated') return ok(undefined);
	if (!untilSynced.xeroIdField || !untilSynced.messageField) {
		return failed({
			message: 'Until Synced needs two fields: one for the Xero ID, and one for the message.',
			fix: 'Choose both under Until Synced, the same as under Write Back to Knack in Map & Upsert to Xero; or remove the option.',
			maybeStale: false,
		});
	}
	const xeroId = chosenField(table, untilSynced.xeroIdField, 'Until Synced', stored);
	if (!xeroId.ok) return xeroId;
	const message = chosenField(table, untilSynced.messageField, 'Until Synced', stored);
	if (!message.ok) return message;
	const { lookBackTo } = untilSynced;
	return ok({
		xeroIdField: xeroId.value.key,
		messageField: message.value.key,
		...(lookBackTo && { sinceSeconds: beginOfDay(lookBackTo, app.timeZone) }),
	});
}

/** By key, by its name, or by the name that it had when the workflow was activated. */
function chosenField(
	table: KnackTable,
	wanted: string,
	option: string,
	stored: ChangeState | undefined,
): Result<KnackField, Unfit> {
	const [key] = Object.entries(stored?.labels ?? {}).find(([, label]) => label === wanted) ?? [];
	const found = findField(table, wanted) ?? table.fields.find((field) => field.key === key);
	if (found) return ok(found);
	const known = /^field_\d+$/.test(wanted)
		? knownField(wanted, stored)
		: { key: wanted, name: undefined };
	const { message, fix } = missingFieldWords(table, known);
	return failed({ message, fix: `${fix} It is chosen under ${option}.`, maybeStale: true });
}

function changeSettings(
	settings: KnackTriggerSettings,
	{ app, table, filters, retryField, untilSynced }: FoundParts,
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
		untilSynced,
		lines: settings.inclusions.flatMap((inclusion) =>
			inclusion.direction === 'in' ? [{ table: inclusion.table, field: inclusion.field }] : [],
		),
		linkedBy: settings.inclusions.flatMap((inclusion) =>
			inclusion.direction === 'out' ? [inclusion.field] : [],
		),
		startFrom: startFromOf(settings, app.timeZone),
		mostChanges: options.mostChanges,
	};
}
