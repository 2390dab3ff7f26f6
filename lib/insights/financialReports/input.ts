import type { CalendarDate } from '../../dates';
import type { Basis } from '../../xero/reports/reportRows';

export type ReportName = 'profitAndLoss' | 'balanceSheet' | 'trialBalance' | 'bankSummary';

/** What Financial Reports is asked for. */
export interface ReportInput {
	readonly report: ReportName;
	readonly day: CalendarDate;
	/** How many, with the day's own as the last; each takes a call. */
	readonly months: number;
	/** The bank summary knows none. */
	readonly basis: Basis;
	/** Of profit and loss and balance sheet: rows for each of its options. */
	readonly trackingCategoryId?: string;
	/** Whether Xero's sums are rows as well. */
	readonly withTotals: boolean;
}
