import { createHash, timingSafeEqual } from 'crypto';

/**
 * Whether what was given is the secret that is expected. How long it takes tells nothing of the
 * secret, not even its length; an empty secret is never matched.
 */
export function isSecret(given: string | undefined, expected: string): boolean {
	if (given === undefined || expected === '') return false;
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
