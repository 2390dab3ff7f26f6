import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import { readReport, type ReportRow } from './reportRows';

export interface TrackedDays {
	/** Both included; not more than 365 days, which is the longest that Xero is known to take. */
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly categoryId: string;
	/** One option alone; without it a column for each active one, then Unassigned and Total. */
	readonly optionId?: string;
}

/** Profit and loss by a tracking category, on an accruals basis. Throws ServiceFaultError. */
export async function readTrackedProfitAndLoss(
	client: XeroClient,
	{ from, to, categoryId, optionId }: TrackedDays,
): Promise<ReportRow[]> {
	return await readReport(client, 'ProfitAndLoss', {
		fromDate: from,
		toDate: to,
		trackingCategoryID: categoryId,
		...(optionId === undefined ? {} : { trackingOptionID: optionId }),
		// A layout of the organisation's own may leave accounts out or put them together.
		standardLayout: 'true',
	});
}
