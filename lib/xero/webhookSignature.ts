import { createHmac } from 'crypto';
import { isSecret } from '../constantTime';

/**
 * What Xero sends as `x-xero-signature`: base64 of HMAC-SHA256 over the body's bytes with the app's
 * webhooks key (developer.xero.com, "Webhooks overview").
 * @internal
 */
export function webhookSignature(body: Buffer, signingKey: string): string {
	return createHmac('sha256', signingKey).update(body).digest('base64');
}

/**
 * Whether a body was signed with the key. Takes the bytes as they came: JSON that was read and
 * written again need not be the same. Compares in constant time; an empty key signs nothing.
 */
export function isSignedWebhook(
	body: Buffer,
	signature: string | undefined,
	signingKey: string,
): boolean {
	if (signingKey === '' || signature === undefined) return false;
	return isSecret(signature.trim(), webhookSignature(body, signingKey));
}
