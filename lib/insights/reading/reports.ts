import type { CalendarDate } from '../../dates';
import { dayOfSheet, OtherDayError, readBalanceSheet } from '../../xero/reports/balanceSheet';
import { readBankSummary } from '../../xero/reports/bankSummary';
import { readProfitAndLoss, type ProfitAndLossQuestion } from '../../xero/reports/profitAndLoss';
import type { Basis, ReportRow } from '../../xero/reports/reportRows';
import { readTrialBalance } from '../../xero/reports/trialBalance';
import { bookList } from './books';

/** Xero's own reports. */

/** On an accrual basis where none is told. */
type OnDay = Readonly<{ day: CalendarDate; basis?: Basis }>;

/**
 * Xero's documentation has the sheet at the end of the day's month; its answers have been seen for other
 * days. One of another day is refused (OtherDayError), but for the month that runs: until its end no more
 * is in than what is dated ahead.
 */
export const balanceSheet = bookList(
	async (
		{ client, today },
		{ day, basis = 'accrual', trackingOptionId }: OnDay & { readonly trackingOptionId?: string },
	): Promise<readonly ReportRow[]> => {
		const sheet = await readBalanceSheet(client, { day, basis, trackingOptionId });
		const given = dayOfSheet(sheet) ?? day;
		if (given !== day && given < today) throw new OtherDayError(day, given);
		return sheet;
	},
);

export const trialBalance = bookList(
	async ({ client }, { day, basis = 'accrual' }: OnDay): Promise<readonly ReportRow[]> =>
		await readTrialBalance(client, { day, basis }),
);

export const profitAndLoss = bookList(
	async ({ client }, question: ProfitAndLossQuestion): Promise<readonly ReportRow[]> =>
		await readProfitAndLoss(client, question),
);

export const bankSummary = bookList(
	async (
		{ client },
		days: { readonly from: CalendarDate; readonly to: CalendarDate },
	): Promise<readonly ReportRow[]> => await readBankSummary(client, days),
);
