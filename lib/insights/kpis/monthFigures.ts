import type { CalendarDate } from '../../dates';
import { decimal, roundHalfUp, sum, type Decimal } from '../../money';
import { balanceOf } from '../../xero/reports/balanceSheet';
import { movementOf } from '../reading/bankMovement';
import type { Account } from '../../xero/settings';
import type { StandOnDay } from '../ageing/onDay';
import { debtorDays, salesOf } from '../daysToPay/debtorDays';
import { habitsOf } from '../daysToPay/habits';
import { lastDays, paidPartsOf } from '../daysToPay/waits';
import { accounts } from '../reading/accounts';
import { ifPermitted, type Books, type Permitted } from '../reading/books';
import type { BookedCredit } from '../reading/credits';
import type { BookedInvoice } from '../reading/invoices';
import { balanceSheet, bankSummary, profitAndLoss } from '../reading/reports';
import type { ReportRow } from '../../xero/reports/reportRows';
import type { Figures } from './figures';

/** Invoices of so many days tell debtor days and days to pay. */
export const DAYS = 365;

/** What was read of sales for all months that are compared. */
export interface SalesRead {
	readonly invoices: readonly BookedInvoice[];
	readonly creditNotes: readonly BookedCredit[];
}

interface Month {
	/** Its first and last day. */
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	/** What customers owed at its end. */
	readonly stand: StandOnDay;
	readonly sales: SalesRead;
}

export interface MonthFigures {
	readonly figures: Figures;
	/** Sentences on what could not be read. */
	readonly notIn: readonly string[];
}

/** The figures of a month, its balances at its end. Throws ServiceFaultError. */
export async function monthFigures(books: Books, month: Month): Promise<MonthFigures> {
	const { from, to, stand } = month;
	const [chart, result, sheet, banks] = await Promise.all([
		accounts(books, {}),
		ifPermitted(profitAndLoss(books, { from, to, basis: 'accrual' })),
		ifPermitted(balanceSheet(books, { day: to })),
		ifPermitted(bankSummary(books, { from: to, to })),
	]);
	const control = (systemAccount: string) => {
		const account = chart.find((one) => one.systemAccount === systemAccount);
		return sheet.isPermitted && account ? balanceOf(sheet.value, account) : undefined;
	};
	const late = stand.documents.filter(({ kind, daysLate }) => kind === 'invoice' && daysLate > 0);
	return {
		figures: {
			...earned(chart, result),
			cash: banks.isPermitted ? movementOf(banks.value).closing : undefined,
			receivables: control('DEBTORS'),
			overdue: sum(late.map(({ base }) => base)),
			payables: control('CREDITORS'),
			...paid(month),
		},
		notIn: [
			...missing('Revenue and margin', result),
			...missing('Receivables and payables', sheet),
			...missing('Cash', banks),
		],
	};
}

function missing(what: string, reading: Permitted<unknown>): string[] {
	return reading.isPermitted ? [] : [`Left out: ${what}. ${reading.fault.fix}`];
}

const SALES: ReadonlySet<string> = new Set(['REVENUE', 'SALES']);

/** Without tax, by the types of accounts, since titles of a report are in its own language. */
function earned(
	chart: readonly Account[],
	report: Permitted<readonly ReportRow[]>,
): Pick<Figures, 'revenue' | 'margin' | 'marginPercent'> {
	if (!report.isPermitted) {
		return { revenue: undefined, margin: undefined, marginPercent: undefined };
	}
	const types = new Map(chart.map(({ id, type }) => [id, type]));
	const total = (isWanted: (type: string) => boolean) =>
		sum(
			report.value
				.filter(
					({ accountId, columnIndex }) =>
						columnIndex === 0 && accountId !== undefined && isWanted(types.get(accountId) ?? ''),
				)
				.map(({ amount }) => amount),
		);
	const revenue = total((type) => SALES.has(type));
	const margin = revenue.minus(total((type) => type === 'DIRECTCOSTS'));
	return { revenue, margin, marginPercent: percentOf(margin, revenue) };
}

function percentOf(part: Decimal, whole: Decimal): Decimal | undefined {
	return whole.gt(0) ? roundHalfUp(part.times(100).div(whole), 1) : undefined;
}

function paid({ to, stand, sales }: Month): Pick<Figures, 'debtorDays' | 'daysToPay'> {
	const within = lastDays('sales', to, DAYS);
	const { everyone } = habitsOf(paidPartsOf(sales.invoices, within, stand));
	const median = everyone.daysToPay(0.5);
	return {
		debtorDays: debtorDays(
			stand.documents,
			salesOf(sales.invoices, sales.creditNotes, within),
			DAYS,
		),
		daysToPay: median === undefined ? undefined : decimal(median),
	};
}
