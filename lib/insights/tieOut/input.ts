import type { CalendarDate } from '../../dates';
import type { KnackTableSource } from '../reading/knackRecords';

/** By what Knack's records and lines of Xero's documents are put side by side. */
export type MatchBy = 'contact' | 'number' | 'tracking';

export interface TieOutInput {
	readonly day: CalendarDate;
	readonly source: KnackTableSource;
	/** The field that is added up, by key or name. */
	readonly amount: string;
	/** An account of the balance sheet, by code or id. */
	readonly account: string;
	/** Whether the balance counts with the other sign, such as deposits on an account of assets. */
	readonly isReversed: boolean;
	/** The field that names the contact, number or option; without it records stand alone. */
	readonly match?: { readonly by: MatchBy; readonly field: string };
}
