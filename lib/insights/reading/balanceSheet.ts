import type { CalendarDate } from '../../dates';
import { readBalanceSheet } from '../../xero/reports/balanceSheet';
import type { ReportRow } from '../../xero/reports/reportRows';
import { bookList } from './books';

/** Xero's balance sheet at the end of a day, on an accruals basis. */
export const balanceSheet = bookList(
	async ({ client }, { day }: { readonly day: CalendarDate }): Promise<readonly ReportRow[]> =>
		await readBalanceSheet(client, { day }),
);
