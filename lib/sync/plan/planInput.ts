import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { RuleSeverities } from '../check/check';
import type { Draft } from '../draft';
import type { Match } from '../find/matching';

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
	/** A day of the user's own, `YYYY-MM-DD`, up to which the books are closed. */
	readonly booksClosedUntil?: string;
}

/** All that a plan is made of. */
export interface PlanInput {
	readonly definition: DocumentDefinition;
	readonly draft: Draft;
	readonly match: Match | undefined;
	/** The document's contact in Xero, when it is there. */
	readonly contactId?: string;
	readonly settings: OrganisationSettings;
	readonly options: PlanOptions;
}
