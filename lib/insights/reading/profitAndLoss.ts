import type { CalendarDate } from '../../dates';
import { readProfitAndLoss } from '../../xero/reports/profitAndLoss';
import type { ReportRow } from '../../xero/reports/reportRows';
import { bookList } from './books';

/** Xero's profit and loss of some days, both included, on an accruals basis. */
export const profitAndLoss = bookList(
	async (
		{ client },
		days: { readonly from: CalendarDate; readonly to: CalendarDate },
	): Promise<readonly ReportRow[]> => await readProfitAndLoss(client, days),
);
