import type { Issue } from '../issue';
import type { FieldValues } from '../xero/documents/definition';
import type { GuardAnswers } from './guard/guardSettings';
import type { ApprovalAnswers } from './approval/approved';
import type { UnusualAnswers } from './unusual/answers';

/** Which record of Knack it is, as far as the item tells. */
export interface RecordPlace {
	readonly knackRecordId?: string;
	/** `object_4`. */
	readonly table?: string;
	/** Id of the Knack app. */
	readonly applicationId?: string;
}

/** Where a draft came from in Knack, and what the record and the node say of it besides. */
export interface DraftSource extends RecordPlace {
	/** The item is one line of the document, and its record may be the line's and not the document's. */
	readonly isOfLine?: boolean;
	/** Address of the record's page in the live app, where the user gives one. */
	readonly recordPage?: string;
	/** What was last sent, as a Knack field keeps it; see `keptFingerprint.ts`. */
	readonly fingerprint?: string;
	/** When the record was last edited, epoch milliseconds, where it says so. */
	readonly editedAtMs?: number;
	/** What it says for Unusual Records. */
	readonly unusual?: UnusualAnswers;
	/** What it says for Guards. */
	readonly guard?: GuardAnswers;
	/** What is said for its approval. */
	readonly approval?: ApprovalAnswers;
}

/** One line of a draft, before it is matched with a line in Xero. */
export interface DraftLine {
	/** LineItemID, when the user keeps it in Knack. */
	readonly id?: string;
	/** What identifies the line across runs, such as its Knack record id. */
	readonly key?: string;
	readonly fields: FieldValues;
	/** Mapped discounts that are blank in the record, where a blank leaves Xero's value alone. */
	readonly leftBlank?: readonly string[];
	/** Code of an account that a person has to choose on Xero's screen: it is not sent. */
	readonly accountByHand?: string;
}

/**
 * What the user's mapping makes of one record: values that are present, and nothing else.
 * A path that is missing leaves Xero's value alone; an empty text clears it.
 */
export interface Draft {
	readonly type: string;
	/** Input items that the draft stands for; more than one when items are lines of one document. */
	readonly itemIndexes: readonly number[];
	/** The document's own id in Xero, when Knack has it. */
	readonly id?: string;
	readonly fields: FieldValues;
	/** Mapped fields of a contact that are blank in the record, where a blank leaves Xero's value alone. */
	readonly leftBlank?: readonly string[];
	readonly lines?: readonly DraftLine[];
	readonly source: DraftSource;
	/** What people call its document, where what that is found by is an id: "Ida Berg, 2026-11-16 to …". */
	readonly name?: string;
	/** What was found amiss so far, mapping included. */
	readonly issues: readonly Issue[];
	/** What stops it only where anything is to be written for it. */
	readonly issuesWhenDue?: readonly Issue[];
	/** Set when the user's condition says that the record is not meant to be synced. */
	readonly skipReason?: string;
}
