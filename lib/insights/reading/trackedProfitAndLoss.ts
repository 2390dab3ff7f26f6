import type { CalendarDate } from '../../dates';
import type { ReportRow } from '../../xero/reports/reportRows';
import { readTrackedProfitAndLoss } from '../../xero/reports/trackedProfitAndLoss';
import { bookList } from './books';

/** What is asked of it: days, both included, a tracking category, and one option or all. */
type TrackedQuestion = {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly categoryId: string;
	readonly optionId?: string;
};

/** Xero's profit and loss by a tracking category. */
export const trackedProfitAndLoss = bookList(
	async ({ client }, asked: TrackedQuestion): Promise<readonly ReportRow[]> =>
		await readTrackedProfitAndLoss(client, asked),
);
