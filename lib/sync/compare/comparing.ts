import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { Draft } from '../draft';
import type { UpsertOptions } from '../upsertContext';

/** What a record says of its document beside the mapping: fields that other runs write. */
export interface SaidOfDocument {
	/** The status, as Write Back to Knack words it. */
	readonly status?: string;
	/** Decimal text; anything else is told as a difference, since nobody knows what it means. */
	readonly amountPaid?: string;
}

export interface Comparing {
	readonly definition: DocumentDefinition;
	readonly settings: OrganisationSettings;
	readonly options: UpsertOptions;
	/** What the record of a draft says besides. */
	saidOf(draft: Draft): SaidOfDocument;
}

/** Paths by which what a record says besides is known. */
export const STATUS_IN_KNACK = 'status';
export const PAID_IN_KNACK = 'amountPaid';
