import type { IWebhookFunctions } from 'n8n-workflow';
import { contentHash } from '../../hash';
import { isSafeUrl } from '../../urls';
import { z } from '../../vendor/zod';
import { triggerKey } from '../trigger/triggerKey';

/** A neighbour that does not answer does not hold the workflow up. */
const TIMEOUT_MS = 5_000;

/** Says which trigger has forwarded a delivery. Not signed, so nothing but forwarding rests on it. */
const FORWARDED_BY = 'x-forwarded-by-xero-trigger';

/** Whether a delivery may be handed on to other triggers, or is one that was handed on. */
export type Forwarding = 'fromXero' | 'fromNeighbour' | 'fromItself';

/** Tells a delivery of Xero from those of other triggers, and of this one by another address. */
export function forwardingOf(context: IWebhookFunctions): Forwarding {
	const by = z.string().safeParse(context.getHeaderData()[FORWARDED_BY]);
	if (!by.success) return 'fromXero';
	return by.data === nameOf(context) ? 'fromItself' : 'fromNeighbour';
}

/** The same in all processes of one n8n, and for no other trigger. */
function nameOf(context: IWebhookFunctions): string {
	return contentHash([context.getInstanceId(), triggerKey(context)]).slice(0, 16);
}

/**
 * Hands a delivery of Xero on to other Xero Triggers, byte for byte and with Xero's own signature,
 * which each of them checks by itself. It bears a mark, so that none of them hands it on again. Xero has one address for an app, however many workflows want its
 * events. What a neighbour misses its own sweep brings, so a failure is only logged. Never rejects.
 */
export async function forwardDelivery(
	context: IWebhookFunctions,
	delivery: { readonly body: Buffer; readonly signature: string },
	targets: readonly string[],
): Promise<void> {
	const own = addressOf(context.getNodeWebhookUrl('default') ?? '');
	await Promise.all(
		targets.map(async (url) => {
			if (addressOf(url) === own) return;
			if (!isSafeUrl(url)) {
				context.logger.warn('Xero Trigger forwards to https addresses only, or this machine', {
					url,
				});
				return;
			}
			try {
				await context.helpers.httpRequest({
					method: 'POST',
					url,
					body: delivery.body,
					headers: {
						'content-type': 'application/json; charset=utf-8',
						'x-xero-signature': delivery.signature,
						[FORWARDED_BY]: nameOf(context),
					},
					timeout: TIMEOUT_MS,
				});
			} catch {
				// The error holds the request with its signature, so it is not logged itself.
				context.logger.warn('A delivery of Xero could not be forwarded', { url });
			}
		}),
	);
}

/** An address in one spelling. */
function addressOf(url: string): string {
	try {
		return new URL(url.trim()).href.replace(/\/$/, '');
	} catch {
		return url;
	}
}
