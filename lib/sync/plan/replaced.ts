import type { CalendarDate } from '../../dates';
import type { XeroDocument } from '../../xero/documents/definition';
import type { Fingerprint } from '../sourceLink/fingerprint';

/** A document that is credited, and what is known of the one in its place. */
export interface Replaced {
	readonly document: XeroDocument;
	/** What counts as sent with the new one: what the record says, not what a person set in Xero. */
	readonly sent: Fingerprint;
	/** The day before which the new one cannot have been made. */
	readonly from: CalendarDate;
}
