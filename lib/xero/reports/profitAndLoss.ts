import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import type { Account } from '../settings';
import { basisTerm, readReport, STANDARD_LAYOUT, type Basis, type ReportRow } from './reportRows';

/**
 * In the place of an account's id: the standard layout has the accounts of currency gains as one line,
 * among the costs (developer.xero.com, "Reports", Multi-Currency System Accounts).
 */
const CURRENCY_GAINS = 'fxgroupid';

/** The class of a row's account; undefined for sums and for accounts that the chart lacks. */
export function classOfRow(
	accountId: string | undefined,
	chart: ReadonlyMap<string, Pick<Account, 'accountClass'>>,
): string | undefined {
	if (accountId === CURRENCY_GAINS) return 'EXPENSE';
	return accountId === undefined ? undefined : chart.get(accountId)?.accountClass;
}

/** Of one period of 365 days at most, which is the longest that Xero is known to take. Without a category of tracking there is one column. */
export type ProfitAndLossQuestion = Readonly<{
	from: CalendarDate;
	to: CalendarDate;
	basis: Basis;
	/** A column for each option, for what has none, and for the sum of all. */
	trackingCategoryId?: string;
	/** One option of the category alone, such as an archived one. */
	trackingOptionId?: string;
}>;

/**
 * The profit and loss of a period. Xero's own columns by month are not used: a month before ends there
 * on the day of the month on which the last one does, so that 30 November makes it 30 October. Throws
 * ServiceFaultError.
 */
export async function readProfitAndLoss(
	client: XeroClient,
	{ from, to, basis, trackingCategoryId, trackingOptionId }: ProfitAndLossQuestion,
): Promise<ReportRow[]> {
	return await readReport(client, 'ProfitAndLoss', {
		fromDate: from,
		toDate: to,
		...STANDARD_LAYOUT,
		...basisTerm(basis),
		...(trackingCategoryId === undefined ? {} : { trackingCategoryID: trackingCategoryId }),
		...(trackingOptionId === undefined ? {} : { trackingOptionID: trackingOptionId }),
	});
}
