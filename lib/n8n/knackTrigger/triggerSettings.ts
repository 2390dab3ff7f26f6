import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { CalendarDate } from '../../dates';
import type { ChangeSettings, StartFrom } from '../../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { Inclusion } from '../../sync/knackItems';
import { DateTime } from '../../vendor/luxon';
import { credentialReader } from '../credentialSettings';
import { toTriggerError } from '../errors';
import type { FiltersFor } from '../knackFilterSettings';
import { readFilters } from '../knackFilterSettings';
import { KNACK_CREDENTIAL } from '../knackConnection';
import { parameterReader, triggerParameter } from '../parameters/reader';
import { INCLUDE, INSTANT, MODIFIED_FIELD, OPTIONS, TABLE, TRIGGER_ON } from './nodeParameters';
import { COMPARE_SNAPSHOTS } from '../knackPickers';

/** Where the trigger runs: a poll, a call of Knack, or an activation. */
export type TriggerContext = IPollFunctions | IWebhookFunctions | IHookFunctions;

export interface KnackTriggerSettings {
	/** Key or name. */
	readonly table: string;
	readonly triggerOn: ChangeSettings['triggerOn'];
	/** Key; undefined to compare snapshots. */
	readonly modifiedField: string | undefined;
	/** Whether Knack may call between polls. */
	readonly instant: boolean;
	readonly inclusions: readonly Inclusion[];
	readonly options: (typeof OPTIONS)['unset'];
	readonly filtersFor: FiltersFor;
}

/**
 * The node's parameters. Throws ChangeSettingsError for what a person must choose first, and
 * SettingError for what cannot be read.
 */
export function readTriggerSettings(context: TriggerContext): KnackTriggerSettings {
	const get = triggerParameter(context);
	const first = parameterReader(get, { parameters: {} });
	const table = first(TABLE);
	if (table === undefined) {
		throw new ChangeSettingsError('No table is chosen.', 'Choose a table under Table.');
	}
	const parameters = { triggerOn: first(TRIGGER_ON), instant: first(INSTANT) };
	const read = parameterReader(get, { parameters, timeZone: context.getTimezone() });
	const modified = read(MODIFIED_FIELD);
	return {
		table,
		...parameters,
		modifiedField: modified === COMPARE_SNAPSHOTS ? undefined : modified,
		inclusions: read(INCLUDE),
		options: withoutPreviewed(context, read(OPTIONS)),
		filtersFor: readFilters(get),
	};
}

/**
 * A preview writes nothing to Knack, so with it no record would ever be synced, nor say why: Until
 * Synced is off then.
 */
function withoutPreviewed(
	context: TriggerContext,
	options: KnackTriggerSettings['options'],
): KnackTriggerSettings['options'] {
	if (!options.untilSynced) return options;
	const { name } = context.getNode();
	const upserts = context
		.getChildNodes(name, { includeNodeParameters: true })
		.filter(({ type, disabled }) => type.endsWith('.mapUpsertToXero') && !disabled);
	const isPreview = upserts.some(({ parameters }) => parameters?.['operation'] === 'preview');
	return isPreview ? { ...options, untilSynced: undefined } : options;
}

/** Throws n8n's error where that cannot be told. */
export function isInstant(context: TriggerContext): boolean {
	try {
		return parameterReader(triggerParameter(context), { parameters: {} })(INSTANT);
	} catch (error) {
		throw toTriggerError(context.getNode(), error);
	}
}

/** What Knack's calls must carry; empty when none was set. */
export async function readWebhookSecret(context: TriggerContext): Promise<string> {
	const data = await context.getCredentials(KNACK_CREDENTIAL);
	return credentialReader('Knack API', data).secret('Webhook Secret', 'webhookSecret');
}

/** Where the first poll starts; a date is a day on the Knack app's calendar. */
export function startFromOf(settings: KnackTriggerSettings, zone: string): StartFrom {
	const { startFrom, startDate } = settings.options;
	if (startFrom !== 'date') return { kind: startFrom };
	if (startDate === undefined) {
		throw new ChangeSettingsError(
			'Start From is set to a date, but there is no Start Date.',
			'Add the Start Date under Options, or set Start From to Activation.',
		);
	}
	return { kind: 'since', seconds: beginOfDay(startDate, zone) };
}

/** Epoch seconds at which a day begins on the Knack app's calendar. */
export function beginOfDay(day: CalendarDate, zone: string): number {
	return Math.floor(DateTime.fromISO(day, { zone }).toSeconds());
}
