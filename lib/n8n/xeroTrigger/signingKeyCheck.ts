import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';
import { readSigningKey } from './triggerSettings';

/** Whether deliveries can be told from forgeries. Xero knows no address to ask for a webhook. */
export async function hasSigningKey(context: IHookFunctions | IPollFunctions): Promise<boolean> {
	return (await readSigningKey(context)) !== '';
}

/**
 * Refuses to listen without a signing key: a webhook that believes everybody would let anyone on
 * the internet start the workflow. Says where the address and the key belong.
 */
export async function requireSigningKey(
	context: IHookFunctions | IPollFunctions,
): Promise<boolean> {
	const url = 'getNodeWebhookUrl' in context ? context.getNodeWebhookUrl('default') : undefined;
	if (await hasSigningKey(context)) {
		if (url !== undefined && !url.startsWith('https:')) {
			context.logger.info('Xero sends webhooks to https addresses only; this one is not', { url });
		}
		return true;
	}
	throw new NodeOperationError(
		context.getNode(),
		// Both ways out are in the message itself: on activation n8n shows no description.
		'The Xero credential has no webhook signing key, so nobody could tell Xero from a forger. Enter the Webhooks Key of your Xero app as its Webhook Signing Key, or, where Xero cannot reach your n8n, switch this step off (select it and press D) and let a schedule start Payment Status to Knack instead.',
		{
			description: `In Xero's developer portal (developer.xero.com/app/manage) open your app, then Webhooks. Tick the events, paste ${url ?? 'the Production URL of this step'} as the Delivery URL, copy the Webhooks Key into Webhook Signing Key of the Xero credential, save both, and activate again. Then choose Send Intent to Receive in the portal.`,
		},
	);
}
