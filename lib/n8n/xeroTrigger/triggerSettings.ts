import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { EventFilter } from '../../sync/xeroEvents/eventFilter';
import { z } from '../../vendor/zod';
import { XERO_CREDENTIAL } from '../xeroConnection';

/** Where the trigger runs: a delivery, a poll, or an activation. */
export type TriggerContext = IWebhookFunctions | IPollFunctions | IHookFunctions;

export interface XeroTriggerSettings {
	readonly filter: EventFilter;
	readonly includeRaw: boolean;
	/** How long deliveries are gathered before Xero is read, in milliseconds. */
	readonly gatherMs: number;
	/** Least time between sweeps, in milliseconds; 0 for none. */
	readonly sweepEveryMs: number;
	/** Addresses of further Xero Triggers that get every delivery as it came. */
	readonly forwardTo: readonly string[];
}

const names = z.array(z.string()).catch([]);

const optionsSchema = z
	.object({
		gatherSeconds: z.number().min(0).max(60).catch(2),
		includeRaw: z.boolean().catch(false),
		forwardTo: z
			.object({ targets: z.array(z.object({ url: z.string().catch('') })).catch([]) })
			.catch({ targets: [] }),
	})
	.catch({ gatherSeconds: 2, includeRaw: false, forwardTo: { targets: [] } });

const locator = z.union([
	z.string(),
	z.object({ value: z.string().catch('') }).transform(({ value }) => value),
]);

const MINUTE_MS = 60_000;

/** Reads what the panel says. */
export function readXeroTriggerSettings(context: TriggerContext): XeroTriggerSettings {
	const organisation = locator.catch('').parse(context.getNodeParameter('organisation', '')).trim();
	const options = optionsSchema.parse(context.getNodeParameter('options', {}));
	const minutes = z.number().min(0).catch(15).parse(context.getNodeParameter('sweepMinutes', 15));
	return {
		filter: {
			...(organisation === '' ? {} : { organisationId: organisation.toLowerCase() }),
			categories: names.parse(context.getNodeParameter('categories', [])),
			types: names.parse(context.getNodeParameter('eventTypes', [])),
		},
		includeRaw: options.includeRaw,
		gatherMs: options.gatherSeconds * 1_000,
		sweepEveryMs: minutes * MINUTE_MS,
		forwardTo: options.forwardTo.targets.flatMap(({ url }) => url.trim() || []),
	};
}

const keyData = z.object({ webhookSigningKey: z.string().catch('') });

/** The app's webhooks key; empty when none was pasted. */
export async function readSigningKey(context: TriggerContext): Promise<string> {
	const data = keyData.parse(await context.getCredentials(XERO_CREDENTIAL));
	return data.webhookSigningKey.trim();
}
