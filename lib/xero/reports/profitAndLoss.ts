import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import { basisTerm, readReport, STANDARD_LAYOUT, type Basis, type ReportRow } from './reportRows';

/** Of one period. Without a category of tracking there is one column. */
export type ProfitAndLossQuestion = Readonly<{
	from: CalendarDate;
	to: CalendarDate;
	basis: Basis;
	/** A column for each option, for what has none, and for the sum of all. */
	trackingCategoryId?: string;
}>;

/**
 * The profit and loss of a period. Xero's own columns by month are not used: a month before ends there
 * on the day of the month on which the last one does, so that 30 November makes it 30 October. Throws
 * ServiceFaultError.
 */
export async function readProfitAndLoss(
	client: XeroClient,
	{ from, to, basis, trackingCategoryId }: ProfitAndLossQuestion,
): Promise<ReportRow[]> {
	return await readReport(client, 'ProfitAndLoss', {
		fromDate: from,
		toDate: to,
		...STANDARD_LAYOUT,
		...basisTerm(basis),
		...(trackingCategoryId === undefined ? {} : { trackingCategoryID: trackingCategoryId }),
	});
}
