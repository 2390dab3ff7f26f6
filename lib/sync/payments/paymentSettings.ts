import type { Clock } from '../../clock';
import type { CalendarDate } from '../../dates';
import type { KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { HistorySettings } from './historyFields';
import type { InvoiceTurns } from './invoiceTurns';
import type { ClaimingInvoice, InvoiceSnapshot } from './invoiceSnapshot';
import type { MatchFields, MatchKey } from './locateRecords';
import type { HistoryContext } from './paymentHistory';
import type { PaymentGuard } from './paymentGuard';
import type { PaymentTargets } from './paymentValues';
import type { OwnWords } from './paymentWording';

/** What a user has set for payments on their way to Knack. */
export interface PaymentSettings {
	readonly table: KnackTable;
	readonly match: MatchFields;
	readonly targets: PaymentTargets;
	/** The user's own words by state; the usual ones for the others. */
	readonly words: OwnWords;
	/** Whether a blank invoice id field is filled in once the record was found otherwise. */
	readonly fillInvoiceId: boolean;
	/** Whether a target is emptied when Xero has no value for it, such as after a payment's removal. */
	readonly clearWhenNone: boolean;
	/** What becomes of an invoice that no record belongs to. */
	readonly whenMissing: 'attention' | 'skip';
	/** Shows what would be written, and writes nothing. */
	readonly preview: boolean;
	/** Where each payment goes as a row of its own, when that is wanted. */
	readonly history?: HistorySettings;
}

/** An invoice, and the key by which its record was found, where other invoices may bear the same. */
export interface BorneKey {
	readonly invoice: Pick<InvoiceSnapshot, 'status' | 'number' | 'reference'>;
	readonly by: Extract<MatchKey, 'invoiceNumber' | 'reference'>;
}

/** What a run has at hand. */
export interface PaymentContext extends HistoryContext {
	readonly knack: KnackClient;
	readonly clock: Clock;
	/** Shared by all executions that may write the same records. */
	readonly turns: InvoiceTurns;
	/** Holds what guards do not let through. */
	readonly guard?: PaymentGuard;
	/** Awaited before the first record is written of those that differ. */
	readonly beforeWriting?: () => Promise<void>;
	/** The organisation's own day. */
	readonly today: CalendarDate;
	/**
	 * How invoices of the run stand in Xero by now, in one read as a rule; those that did not change
	 * may be left out. Throws ServiceFaultError.
	 */
	readAgain(ids: readonly string[]): Promise<readonly InvoiceSnapshot[]>;
	/** All approved invoices that were made from repeating ones. Throws ServiceFaultError. */
	madeFrom(repeatingInvoiceIds: readonly string[]): Promise<InvoiceSnapshot[]>;
	/** All that are not gone and bear the keys of these, in one read as a rule. Throws ServiceFaultError. */
	bearersOf(borne: readonly BorneKey[]): Promise<ClaimingInvoice[]>;
	/** The invoice's page in Xero. */
	linkOf(invoice: InvoiceSnapshot): string;
	/** Xero calls so far. */
	xeroCalls(): number;
}

/** One invoice whose payment status goes to Knack. */
export interface PaymentRequest {
	readonly snapshot: InvoiceSnapshot;
	/** The Knack record that the item came from, when it is one of the table. */
	readonly recordId?: string;
	readonly itemIndexes: readonly number[];
}
