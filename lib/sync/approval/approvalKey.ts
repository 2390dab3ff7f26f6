import { createHmac } from 'crypto';

/** What plan numbers and tokens are made with. It never leaves the process. */
export interface ApprovalKey {
	/** HMAC-SHA-256, in hexadecimal. Tells nothing of a text, not even to who tries all amounts. */
	planDigest(text: string): string;
	tokenSignature(text: string): string;
}

/**
 * The key of a connection to Xero, derived from the secret of its credential: the same on every
 * worker, and known to nobody who only edits records, items or messages.
 */
export function createApprovalKey(secret: string, clientId: string): ApprovalKey {
	const key = (purpose: string) => hmac(secret, `knack-xero ${purpose} of ${clientId}`);
	const [ofPlans, ofTokens] = [key('plan numbers'), key('approval tokens')];
	return {
		planDigest: (text) => hmac(ofPlans, text),
		tokenSignature: (text) => hmac(ofTokens, text),
	};
}

function hmac(key: string, text: string): string {
	return createHmac('sha256', key).update(text).digest('hex');
}
