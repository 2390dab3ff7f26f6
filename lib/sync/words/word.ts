import type { Severity } from '../../issue';

/** What one of a service's messages means, and what to do about it. */
export interface Word {
	/** Loose where the service puts a value, or has changed a word over the years. */
	readonly pattern: RegExp;
	/** That of a rule where one says the same. */
	readonly code: string;
	/** Path of the field; `lineItems.accountCode` for a value of a line. */
	readonly field?: string;
	readonly fix: string;
	/** `block` unless told otherwise. */
	readonly severity?: Severity;
}

/** The first word that fits. */
export function findWord(words: readonly Word[], message: string): Word | undefined {
	return words.find((word) => word.pattern.test(message));
}
