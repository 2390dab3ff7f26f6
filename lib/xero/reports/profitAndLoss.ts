import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import { readReport, type ReportRow } from './reportRows';

/** Profit and loss of some days, both included, on an accruals basis. Throws ServiceFaultError. */
export async function readProfitAndLoss(
	client: XeroClient,
	{ from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ReportRow[]> {
	const query = { fromDate: from, toDate: to, standardLayout: 'true' };
	return await readReport(client, 'ProfitAndLoss', query);
}
