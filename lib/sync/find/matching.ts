import type { Issue } from '../../issue';
import type { XeroDocument } from '../../xero/documents/definition';

/** What is known of a record in Xero: this one, none, or unclear. */
export type Match =
	| {
			readonly kind: 'matched';
			readonly document: XeroDocument;
			/** What decided: `id`, `sourceLink`, or a key such as `invoiceNumber`. */
			readonly by: string;
			/** Whether that is of another contact, which was merged into the one that is found. */
			readonly isThroughMerge?: boolean;
			readonly issues: readonly Issue[];
			/** What stops the record where anything is to be written for it. */
			readonly issuesWhenDue?: readonly Issue[];
			/** What speaks for it beside that, in words; of its own by id or link only where that was asked. */
			readonly reasons?: readonly string[];
			/** The same document posted again by a run at the same moment: to be taken back. */
			readonly surplus?: readonly XeroDocument[];
			/** The credit note of this app that corrects it, while nothing has taken its place yet. */
			readonly credited?: XeroDocument;
	  }
	| { readonly kind: 'missing'; readonly issues: readonly Issue[] }
	/** Never guessed: a person must look. */
	| {
			readonly kind: 'stopped';
			readonly issues: readonly Issue[];
			/** The archived contact that is meant: what was posted to it before is there all the same. */
			readonly archived?: XeroDocument;
			/** Several documents that could each be the record's, and by which key they were found. */
			readonly fitting?: { readonly documents: readonly XeroDocument[]; readonly by: string };
			/** A document that may be the record's, under a contact which may be the record's renamed. */
			readonly underOtherName?: XeroDocument;
	  };

/** A match by which one document is the record's. */
export type Matched = Extract<Match, { kind: 'matched' }>;

export function asMatched(match: Match | undefined): Matched | undefined {
	return match?.kind === 'matched' ? match : undefined;
}

/** A match by which a person has to look. */
export type Stopped = Extract<Match, { kind: 'stopped' }>;

export function asStopped(match: Match | undefined): Stopped | undefined {
	return match?.kind === 'stopped' ? match : undefined;
}

/** The contact that is meant, archived or not. */
export function contactFound(match: Match | undefined): XeroDocument | undefined {
	return asMatched(match)?.document ?? asStopped(match)?.archived;
}

/** Whether the record's own document was found by what only the record bears. */
export function isOwn({ by }: Matched): boolean {
	return by === 'id' || by === 'sourceLink';
}
