import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { EventFilter } from '../../sync/xeroEvents/eventFilter';
import { credentialReader } from '../credentialSettings';
import { parameterReader, triggerParameter } from '../parameters/reader';
import { XERO_CREDENTIAL } from '../xeroConnection';
import {
	CATEGORIES,
	EVENT_TYPES,
	OPTIONS,
	ORGANISATION,
	SWEEP_MINUTES,
	USUAL_CATEGORIES,
	USUAL_TYPES,
} from './nodeParameters';

/** Where the trigger runs: a delivery, a poll, or an activation. */
export type TriggerContext = IWebhookFunctions | IPollFunctions | IHookFunctions;

export interface XeroTriggerSettings {
	readonly filter: EventFilter;
	readonly includeRaw: boolean;
	/** How long deliveries are gathered before Xero is read, in milliseconds. */
	readonly gatherMs: number;
	/** Least time between sweeps, in milliseconds; 0 for none. */
	readonly sweepEveryMs: number;
	/** How far the sweep looks back where what was remembered is lost, in milliseconds. */
	readonly lookBackMs: number;
	/** Addresses of further Xero Triggers that get every delivery as it came. */
	readonly forwardTo: readonly string[];
}

const MINUTE_MS = 60_000;

/** Reads what the panel says. Throws SettingError for what cannot be read. */
export function readXeroTriggerSettings(context: TriggerContext): XeroTriggerSettings {
	const read = parameterReader(triggerParameter(context), { parameters: {} });
	const organisation = read(ORGANISATION);
	const { includeRaw, gatherSeconds, lookBackHours, forwardTo } = read(OPTIONS);
	return {
		filter: {
			...(organisation === undefined ? {} : { organisationId: organisation.toLowerCase() }),
			categories: read(CATEGORIES) ?? USUAL_CATEGORIES,
			types: read(EVENT_TYPES) ?? USUAL_TYPES,
		},
		includeRaw,
		gatherMs: gatherSeconds * 1_000,
		sweepEveryMs: read(SWEEP_MINUTES) * MINUTE_MS,
		lookBackMs: lookBackHours * 60 * MINUTE_MS,
		forwardTo: forwardTo.flatMap(({ url }) => url ?? []),
	};
}

/** The app's webhooks key; empty when none was pasted. */
export async function readSigningKey(context: TriggerContext): Promise<string> {
	const data = await context.getCredentials(XERO_CREDENTIAL);
	return credentialReader('Xero Sync OAuth2 API', data).secret(
		'Webhook Signing Key',
		'webhookSigningKey',
	);
}
