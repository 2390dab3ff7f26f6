import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
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
		options: read(OPTIONS),
		filtersFor: readFilters(get),
	};
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
	return { kind: 'since', seconds: Math.floor(DateTime.fromISO(startDate, { zone }).toSeconds()) };
}
