import type { CalendarDate } from '../dates';

/** What a run does where the document is the ledger's rather than the record's. */
export interface LedgerPolicies {
	/** Whether documents bear the address of their Knack record as Xero's link to the source. */
	readonly sourceLink: boolean;
	/** A change of a document that was sent to the customer, or lies in a closed period. */
	readonly issuedDocuments: 'hold' | 'creditNote' | 'overwrite';
	/** A field that changed both in the record and in Xero since it was last sent. */
	readonly accountantEdits: 'hold' | 'knackWins';
	/** A document that would be posted in a closed period. */
	readonly lateDocuments: 'hold' | 'draft' | 'firstOpenDay';
	/** The last day of a period that the user closed, besides Xero's lock dates. */
	readonly booksClosedUntil?: CalendarDate;
	/** A line with a price and without a quantity. */
	readonly blankQuantity: 'hold' | 'one';
}
