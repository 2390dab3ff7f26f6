import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import type { KnackTableSource } from '../reading/knackRecords';

export interface OnStopInput {
	readonly day: CalendarDate;
	/** The table of customers. */
	readonly source: KnackTableSource;
	readonly fields: {
		/** Holds the name, number or id of the contact in Xero; the record's title where not chosen. */
		readonly contact?: string;
		/** What a customer may owe in all, in the base currency; a blank one has no limit. */
		readonly limit?: string;
		/** Done and not invoiced yet. */
		readonly unbilled?: string;
	};
	/** A customer who is later than that is on stop; undefined where lateness does not count. */
	readonly mostDaysLate?: number;
	/** Whether rows are those of customers on stop alone; the summary counts all. */
	readonly stoppedAlone: boolean;
	/** One customer alone, by record id, title or what names the contact. */
	readonly customer?: string;
	/** What that customer orders now. */
	readonly order?: Decimal;
}
