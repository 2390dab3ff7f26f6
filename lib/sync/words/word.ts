import type { IssueCode, Severity } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';

/** What one of a service's messages means, and what to do about it. */
export interface Word {
	/** Loose where the service puts a value, or has changed a word over the years. */
	readonly pattern: RegExp;
	/** That of a rule where one says the same. */
	readonly code: IssueCode;
	/** Whether refusals of a type of documents mean it; those of all, where it is absent. */
	readonly only?: (definition: DocumentDefinition) => boolean;
	/** Path of the field; `lineItems.accountCode` for a value of a line. */
	readonly field?: string;
	readonly fix: string;
	/** `block` unless told otherwise. */
	readonly severity?: Severity;
}

const MOST_READ = 1_000;

/** The first word that fits a message, on a document of a type where that is known. */
export function findWord(
	words: readonly Word[],
	message: string,
	definition?: DocumentDefinition,
): Word | undefined {
	// What a sentence is about stands at its beginning, and patterns look back and forth.
	const beginning = message.slice(0, MOST_READ);
	return words.find(
		({ pattern, only }) =>
			pattern.test(beginning) &&
			(only === undefined || (definition !== undefined && only(definition))),
	);
}
