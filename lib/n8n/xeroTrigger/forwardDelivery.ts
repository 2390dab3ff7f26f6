import type { IWebhookFunctions } from 'n8n-workflow';
import { isSafeUrl } from '../../urls';

/** A neighbour that does not answer does not hold the workflow up. */
const TIMEOUT_MS = 5_000;

/**
 * Hands a delivery on to other Xero Triggers, byte for byte and with Xero's own signature, which
 * each of them checks by itself. Xero has one address for an app, however many workflows want its
 * events. What a neighbour misses its own sweep brings, so a failure is only logged. Never rejects.
 */
export async function forwardDelivery(
	context: IWebhookFunctions,
	delivery: { readonly body: Buffer; readonly signature: string },
	targets: readonly string[],
): Promise<void> {
	const own = context.getNodeWebhookUrl('default');
	await Promise.all(
		targets.map(async (url) => {
			if (url === own) return;
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
