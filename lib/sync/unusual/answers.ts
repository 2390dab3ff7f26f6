import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';

/** What a record says for Unusual Records beside its document. */
export interface UnusualAnswers {
	/** How much its contact may owe. */
	readonly creditLimit?: Decimal;
	/** When the work was done that the document is for. */
	readonly workDay?: CalendarDate;
	readonly release?: Release;
}

/** A person's word that what was found is right. */
export interface Release {
	/** What the finding asked for; it stands for the numbers that it named. */
	readonly code: string;
	readonly by?: string;
	/** When, in the person's own words or as a day. */
	readonly on?: string;
	readonly reason?: string;
}
