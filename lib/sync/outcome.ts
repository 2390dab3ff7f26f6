import type { Issue } from '../issue';
import type { PlanApproval } from './approval/approved';
import type { RecordPlace } from './draft';

export type OutcomeKind =
	| 'created'
	| 'updated'
	| 'unchanged'
	| 'skipped'
	| 'blocked'
	| 'held'
	| 'failed'
	/** In a preview: what a write would do. */
	| 'wouldCreate'
	| 'wouldUpdate'
	/** By Adopt: the Knack record now belongs to a document that was in Xero already. */
	| 'linked'
	| 'wouldLink'
	/** By Undo: what an earlier run did is taken back. */
	| 'undone'
	| 'wouldUndo';

/** Outcomes that belong on the Needs Attention output. */
export const ATTENTION: ReadonlySet<OutcomeKind> = new Set(['blocked', 'held', 'failed']);

export interface FieldChange {
	readonly field: string;
	readonly before?: string | boolean;
	readonly after?: string | boolean;
}

/** A field of a Knack record that a run has written. */
export interface WrittenBack extends FieldChange {
	/** What the field is called in Knack; `field` is its key. `before` is left out where it was not known. */
	readonly where: string;
	readonly knackRecordId: string;
	/** Key. */
	readonly table: string;
}

export interface AfterWritten {
	/** Names of the files that were attached now. */
	readonly attached: readonly string[];
	readonly noteAdded: boolean;
	readonly emailed: boolean;
	/** Where the customer can see and pay the invoice. */
	readonly onlineInvoiceUrl?: string;
}

/** What became of one record. Names are fixed: workflows read them. */
export interface Outcome {
	/** The record's own number or name, as people know it. */
	readonly record?: string;
	readonly outcome: OutcomeKind;
	readonly document: {
		readonly type: string;
		readonly id?: string;
		readonly number?: string;
		readonly status?: string;
		/** Amounts are text with all places of the currency: "120.00". */
		readonly subTotal?: string;
		readonly totalTax?: string;
		readonly total?: string;
		readonly amountDue?: string;
		readonly currency?: string;
		readonly contactId?: string;
		readonly contactName?: string;
		readonly url?: string;
	};
	readonly source: RecordPlace;
	readonly match?: {
		readonly by: string;
		/** What speaks for it, in words, where that is more than one key. */
		readonly reasons?: readonly string[];
	};
	/** Why a record was skipped, for counting: Adopt found nothing of it in Xero. */
	readonly reason?: 'notInXero';
	readonly changes: readonly FieldChange[];
	/** Everything that is done in Xero for the record, or would be, in words. */
	readonly operations?: readonly string[];
	readonly issues: readonly Issue[];
	/** What a person has changed in Xero of what goes both ways, for the Knack record to take over. */
	readonly forKnack?: {
		/** As the document's own fields stand in it: `{ phones: { default: { phoneNumber } } }`. */
		readonly values: Readonly<Record<string, unknown>>;
		/** What counts as sent once the record has them; to be written with them. */
		readonly fingerprint: string;
	};
	/** What stands for the plan of a record that is written, or would be, and who has approved it. */
	readonly approval?: PlanApproval;
	/** What was done beside the document, when that was asked for. */
	readonly after?: AfterWritten;
	/** The Knack fields that were written. */
	readonly writtenBack?: readonly WrittenBack[];
	/** One sentence for a person, such as "Would create INV-7 for Acme: 3 lines, GBP 1,488.00". */
	readonly summary: string;
	readonly sync: {
		/** What identifies the record across runs. */
		readonly key: string;
		readonly contentHash: string;
		/** What was last sent, for a Knack field to keep. */
		readonly fingerprint?: string;
		/** Xero calls that the whole run had made when this outcome was known. */
		readonly calls: number;
		/** ISO 8601 UTC. */
		readonly at: string;
	};
	/** What it is about: "sales invoice INV-7 for Acme". Not part of the item. */
	readonly subject: string;
	/** The Idempotency-Key of the request that wrote the document. Not part of the item. */
	readonly requestKey?: string;
	/** In a preview: another document is made in the place of this one. Not part of the item. */
	readonly isMadeAnew?: boolean;
	/** Input items that it stands for, for pairing. Not part of the item. */
	readonly itemIndexes: readonly number[];
}
