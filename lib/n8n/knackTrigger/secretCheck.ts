import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';
import { isInstant, readWebhookSecret } from './triggerSettings';

/** A shorter one could be guessed by trying. */
const LEAST_CHARACTERS = 16;

/** In the message itself: on activation n8n shows no description. */
const WAYS_OUT =
	'Enter a long password as its Webhook Secret, or switch Start Instantly off in the trigger: it then polls only.';

/** Whether calls can be told from forgeries, where Knack may call. It has no address to ask. */
export async function hasWebhookSecret(context: IHookFunctions | IPollFunctions): Promise<boolean> {
	return !isInstant(context) || (await readWebhookSecret(context)).length >= LEAST_CHARACTERS;
}

/**
 * Refuses to listen without a secret: an address that believes everybody would let anyone on the
 * internet start the workflow. Says where the secret belongs.
 */
export async function requireWebhookSecret(
	context: IHookFunctions | IPollFunctions,
): Promise<boolean> {
	if (await hasWebhookSecret(context)) return true;
	const isShort = (await readWebhookSecret(context)) !== '';
	throw new NodeOperationError(
		context.getNode(),
		isShort
			? `The webhook secret of the Knack API credential has fewer than ${LEAST_CHARACTERS} characters, so it could be guessed. ${WAYS_OUT}`
			: `The Knack API credential has no webhook secret, so nobody could tell Knack from a forger. ${WAYS_OUT}`,
		{
			description:
				'Make up a long password, enter it under Webhook Secret of the Knack API credential, and put the same into the header x-knack-xero-secret of the HTTP step of your Knack Flow. Then publish again. Or switch Start Instantly off: the trigger polls all the same.',
		},
	);
}
