import { createHmac, hash, randomBytes } from 'crypto';

/** What the rows of a log are signed with. It never leaves the process. */
export interface LogKey {
	/** Tells keys apart, and nothing of the key itself. */
	readonly id: string;
	/** HMAC-SHA-256 of a text, in hexadecimal. */
	digestOf(text: string): string;
}

/**
 * The key of an app's log, derived from a secret of its credential: who can edit rows in Knack cannot
 * make a digest that fits, unless they know the secret.
 */
export function createLogKey(secret: string, applicationId: string): LogKey {
	const key = hmac(secret, `knack-xero sync log of ${applicationId}`);
	return {
		id: hash('sha256', `key ${key}`, 'hex').slice(0, 12),
		digestOf: (text) => hmac(key, text),
	};
}

/** Without it nobody can tell by its digest what a value was, not even who tries all names. */
export function newSalt(): string {
	return randomBytes(16).toString('hex');
}

export function newRunId(): string {
	return randomBytes(8).toString('hex');
}

/** Letters of a digest that are enough where it stands beside others in a row. */
const SHORT = 32;

export function saltedDigest(salt: string, text: string): string {
	return hmac(salt, text).slice(0, SHORT);
}

function hmac(key: string, text: string): string {
	return createHmac('sha256', key).update(text).digest('hex');
}
