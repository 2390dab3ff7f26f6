import { createHmac, timingSafeEqual } from 'crypto';

/**
 * What Xero sends as `x-xero-signature`: base64 of HMAC-SHA256 over the body's bytes with the app's
 * webhooks key (developer.xero.com, "Webhooks overview").
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
	const expected = Buffer.from(webhookSignature(body, signingKey));
	const given = Buffer.from(signature.trim());
	return given.length === expected.length && timingSafeEqual(given, expected);
}
