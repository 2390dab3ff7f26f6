import type { CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { RuleSeverities } from '../check/check';
import type { Draft } from '../draft';
import type { Match } from '../find/matching';
import type { Replaced } from './replaced';

/** What a price without a quantity is: nothing that may be sent, or one of it. */
export type BlankQuantity = 'hold' | 'one';

/**
 * What becomes of a document that would be posted in a closed period: it waits, or goes over as a
 * draft for the accountant, or is posted on the first open day and tells its own.
 */
type LateDocuments = 'hold' | 'draft' | 'firstOpenDay';

/** Parts of a contact that people edit on both sides, as the settings call them. */
export type ContactPart = 'name' | 'emailAddress' | 'person' | 'phone' | 'address';

/** What becomes of a part that the record and Xero have both changed. */
export type Winner = 'hold' | 'knack' | 'newest' | 'xero';

/** The parts that go both ways; the others go from Knack to Xero alone. */
export type BothWays = ReadonlyMap<ContactPart, Winner>;

export interface PlanOptions {
	readonly removeOmittedLines: boolean;
	readonly writePolicy: 'createOrUpdate' | 'createOnly' | 'updateOnly';
	readonly ruleSeverities: RuleSeverities;
	/** Whether documents bear a link back to their record; they do unless told. */
	readonly sourceLink?: boolean;
	/** `overwrite` changes documents that the customer has; they are held unless told. */
	readonly issuedDocuments?: 'hold' | 'creditNote' | 'overwrite';
	/** `knackWins` where the record and a person in Xero have both changed something. */
	readonly accountantEdits?: 'hold' | 'knackWins';
	/** Whether a person has decided that the record counts, also where Xero alone was changed. */
	readonly isDecided?: boolean;
	/** Parts of contacts that go both ways, and who wins each; none unless told. */
	readonly bothWays?: BothWays;
	/** Whether a field of the records keeps what was sent last, where anything goes both ways; one does unless told. */
	readonly keepsFingerprint?: boolean;
	/** A day of the user's own, `YYYY-MM-DD`, up to which the books are closed. */
	readonly booksClosedUntil?: string;
	/** What becomes of documents of a closed period; `hold` unless told. */
	readonly lateDocuments?: LateDocuments;
	/** What becomes of documents with lines on accounts of the Construction Industry Scheme. */
	readonly cisLines?: 'hold' | 'draft';
	/** What a price without a quantity is; `hold` unless told. */
	readonly blankQuantity?: BlankQuantity;
	/** Today by the organisation's own clock; set by the run itself. */
	readonly today?: CalendarDate;
}

/** All that a plan is made of. */
export interface PlanInput {
	readonly definition: DocumentDefinition;
	readonly draft: Draft;
	readonly match: Match | undefined;
	/** What stops the record where anything is to be written for it. */
	readonly issuesWhenDue?: readonly Issue[];
	/** The document's contact in Xero, when it is there. */
	readonly contactId?: string;
	readonly settings: OrganisationSettings;
	readonly options: PlanOptions;
	/** The document that a new one takes the place of. */
	readonly replaces?: Replaced;
}
