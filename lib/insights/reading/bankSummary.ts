import type { CalendarDate } from '../../dates';
import { readBankSummary } from '../../xero/reports/bankSummary';
import type { ReportRow } from '../../xero/reports/reportRows';
import { bookList } from './books';

/** What came into each bank account in some days, both included, and what went out. */
export const bankSummary = bookList(
	async (
		{ client },
		days: { readonly from: CalendarDate; readonly to: CalendarDate },
	): Promise<readonly ReportRow[]> => await readBankSummary(client, days),
);
