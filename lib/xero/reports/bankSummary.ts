import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import { readReport, requireColumns, type ReportRow } from './reportRows';

export const BANK_COLUMNS = {
	opening: 'Opening Balance',
	received: 'Cash Received',
	spent: 'Cash Spent',
	closing: 'Closing Balance',
} as const;

/** What each bank account had, got, gave and has, over some days. Throws ServiceFaultError. */
export async function readBankSummary(
	client: XeroClient,
	{ from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ReportRow[]> {
	const rows = await readReport(client, 'BankSummary', { fromDate: from, toDate: to });
	return requireColumns('BankSummary', rows, Object.values(BANK_COLUMNS));
}
