import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { readCalendarDate } from '../../dates';
import type { ChangeSettings, StartFrom } from '../../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { Inclusion } from '../../sync/knackItems';
import { DateTime } from '../../vendor/luxon';
import { z } from '../../vendor/zod';
import type { FiltersFor } from '../knackFilterSettings';
import { readFilters } from '../knackFilterSettings';
import { KNACK_CREDENTIAL } from '../knackConnection';
import { COMPARE_SNAPSHOTS } from '../knackPickers';

const keyList = z.array(z.string()).catch([]);

const optionsSchema = z.object({
	watchedFields: keyList.optional(),
	syncFields: keyList.optional(),
	retryField: z.string().trim().optional().catch(undefined),
	includeRaw: z.boolean().catch(false),
	mostChanges: z.coerce.number().int().min(1).catch(1_000),
	startFrom: z.enum(['now', 'date', 'all']).catch('now'),
	startDate: z.string().optional().catch(undefined),
	timeZone: z.string().trim().optional().catch(undefined),
	gatherSeconds: z.number().min(0).max(60).catch(1),
});

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
	readonly options: z.infer<typeof optionsSchema>;
	readonly filtersFor: FiltersFor;
}

/** The node's parameters. Throws ChangeSettingsError for what a person must choose first. */
export function readTriggerSettings(context: TriggerContext): KnackTriggerSettings {
	const table = context.getNodeParameter('table', '', { extractValue: true });
	if (typeof table !== 'string' || table.trim() === '') {
		throw new ChangeSettingsError('No table is chosen.', 'Choose a table under Table.');
	}
	const modified = String(context.getNodeParameter('modifiedField', COMPARE_SNAPSHOTS) ?? '');
	return {
		table: table.trim(),
		triggerOn: z
			.enum(['created', 'updated', 'createdOrUpdated', 'startsToMatch'])
			.parse(context.getNodeParameter('triggerOn')),
		modifiedField: modified === '' || modified === COMPARE_SNAPSHOTS ? undefined : modified,
		instant: isInstant(context),
		inclusions: keyList.parse(context.getNodeParameter('include', [])).flatMap(readInclusion),
		options: optionsSchema.parse(context.getNodeParameter('options', {})),
		filtersFor: readFilters((name, fallback) => context.getNodeParameter(name, fallback)),
	};
}

export function isInstant(context: TriggerContext): boolean {
	return context.getNodeParameter('instant', false) === true;
}

const secretData = z.object({ webhookSecret: z.string().catch('') });

/** What Knack's calls must carry; empty when none was set. */
export async function readWebhookSecret(context: TriggerContext): Promise<string> {
	const data = secretData.parse(await context.getCredentials(KNACK_CREDENTIAL));
	return data.webhookSecret.trim();
}

/** `in|object_5|field_30` or `out|field_12`. */
export function readInclusion(value: string): Inclusion[] {
	const [direction, first = '', second = ''] = value.split('|');
	if (direction === 'in') return [{ direction, table: first, field: second }];
	return direction === 'out' ? [{ direction, field: first }] : [];
}

/** Where the first poll starts; a date is a day on the Knack app's calendar. */
export function startFromOf(settings: KnackTriggerSettings, zone: string): StartFrom {
	const { startFrom, startDate } = settings.options;
	if (startFrom !== 'date') return { kind: startFrom };
	const day = readCalendarDate(startDate);
	if (!day) {
		throw new ChangeSettingsError(
			'Start From is set to a date, but there is no Start Date.',
			'Add the Start Date under Options, or set Start From to Activation.',
		);
	}
	return { kind: 'since', seconds: Math.floor(DateTime.fromISO(day, { zone }).toSeconds()) };
}
