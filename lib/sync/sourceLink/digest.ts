import { hash } from 'crypto';

/**
 * Without the letter x, so that no digest can spell "xero", which Xero refuses in an address
 * (Invoices endpoint, `Url`); in one case, so that nothing that folds case can change it.
 */
const LETTERS = '0123456789abcdfghjkmnpqrstuvwyz_';

/** Letters that stand for a text: five bits each, the same for the same text on every machine. */
export function digestOf(text: string, letters: number): string {
	// A character for each byte: a text is made faster than a buffer.
	const bytes = hash('sha256', text, 'binary');
	let digest = '';
	for (let at = 0; at < letters; at++)
		digest += LETTERS[bytes.charCodeAt(at) % LETTERS.length] ?? '';
	return digest;
}

export const DIGEST_LETTER = `[${LETTERS}]`;
