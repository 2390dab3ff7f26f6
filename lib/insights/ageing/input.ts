import type { CalendarDate } from '../../dates';
import type { Side } from '../reading/invoices';
import type { Buckets } from './buckets';

/** What Receivables or Payables is asked for. */
export interface AgeingInput {
	readonly side: Side;
	readonly day: CalendarDate;
	readonly buckets: Buckets;
	/** A row for each contact and currency, or for each document. */
	readonly detail: 'contacts' | 'documents';
	/** The account that lines with retention are on, by its code; none where it is not kept so. */
	readonly retentionAccount?: string;
}
