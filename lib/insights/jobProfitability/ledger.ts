import { addDays, daysBetween, type CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { classOfRow } from '../../xero/reports/profitAndLoss';
import type { ReportRow } from '../../xero/reports/reportRows';
import type { Account, TrackingCategory } from '../../xero/settings';
import type { Books } from '../reading/books';
import { profitAndLoss } from '../reading/reports';

/** What stands for costs and revenue without a job. */
export const NO_JOB = '';

/** What profit and loss has of a job, whichever way it was entered. */
export interface LedgerPart {
	readonly revenue: Decimal;
	readonly costs: Decimal;
	/** Those of the costs that are on accounts of wages. */
	readonly wages: Decimal;
}

export interface JobLedger {
	/** By the option's id; what is on no option under `NO_JOB`. */
	readonly parts: ReadonlyMap<string, LedgerPart>;
	readonly whole: LedgerPart;
	/** Xero's own line for what is left; undefined where the report has none that is known. */
	readonly netProfit: Decimal | undefined;
}

interface LedgerAsked {
	readonly from: CalendarDate;
	readonly day: CalendarDate;
	readonly category: TrackingCategory;
	readonly accountsById: ReadonlyMap<string, Account>;
	readonly isWages: (account: Account) => boolean;
	/** Archived options, which are in no column and are asked for one by one. */
	readonly archived: readonly string[];
}

const NOTHING: LedgerPart = { revenue: decimal(0), costs: decimal(0), wages: decimal(0) };

function added(one: LedgerPart, other: LedgerPart): LedgerPart {
	return {
		revenue: one.revenue.plus(other.revenue),
		costs: one.costs.plus(other.costs),
		wages: one.wages.plus(other.wages),
	};
}

function less(one: LedgerPart, other: LedgerPart): LedgerPart {
	return {
		revenue: one.revenue.minus(other.revenue),
		costs: one.costs.minus(other.costs),
		wages: one.wages.minus(other.wages),
	};
}

/** The longest stretch of days that one report is asked for. */
const MOST_DAYS = 365;

function stretchesOf(
	from: CalendarDate,
	to: CalendarDate,
): ReadonlyArray<{ readonly from: CalendarDate; readonly to: CalendarDate }> {
	const last = addDays(from, MOST_DAYS - 1);
	if (daysBetween(last, to) <= 0) return [{ from, to }];
	return [{ from, to: last }, ...stretchesOf(addDays(last, 1), to)];
}

const NET_PROFIT = /^net (profit|loss|surplus|deficit|income)\b/i;

/**
 * Profit and loss of each option, a call for each year and for each archived option in it. What is on
 * no option is the whole less all options: Xero's column for it may hold archived ones. Throws
 * ServiceFaultError.
 */
export async function readLedger(books: Books, asked: LedgerAsked): Promise<JobLedger> {
	const { from, day, category, archived } = asked;
	const parts = new Map<string, LedgerPart>();
	const add = (id: string, part: LedgerPart) =>
		parts.set(id, added(parts.get(id) ?? NOTHING, part));
	let whole = NOTHING;
	let netProfit: Decimal | undefined = decimal(0);
	const byCategory = { basis: 'accrual', trackingCategoryId: category.id } as const;
	for (const days of stretchesOf(from, day)) {
		const report = await profitAndLoss(books, { ...days, ...byCategory });
		// Nothing at all happened in a year without a row.
		const total = report.reduce((last, { columnIndex }) => Math.max(last, columnIndex), 0);
		const ofTotal = report.filter(({ columnIndex }) => columnIndex === total);
		whole = added(whole, partOf(ofTotal, asked));
		for (const { id, name } of category.options.filter(({ status }) => status === 'ACTIVE')) {
			const own = report.filter((row) => row.column === name && row.columnIndex < total);
			add(id, partOf(own, asked));
		}
		for (const optionId of archived) {
			const one = await profitAndLoss(books, {
				...days,
				...byCategory,
				trackingOptionId: optionId,
			});
			add(optionId, partOf(one, asked));
		}
		const net = ofTotal.find(({ accountId, name }) => !accountId && NET_PROFIT.test(name));
		netProfit = net && netProfit?.plus(net.amount);
	}
	const tracked = [...parts.values()].reduce(added, NOTHING);
	parts.set(NO_JOB, less(whole, tracked));
	return { parts, whole, netProfit };
}

function partOf(
	rows: readonly ReportRow[],
	{ accountsById, isWages }: Pick<LedgerAsked, 'accountsById' | 'isWages'>,
): LedgerPart {
	return rows.reduce((part, { accountId, amount, isTotal }) => {
		const accountClass = isTotal ? undefined : classOfRow(accountId, accountsById);
		if (accountClass === 'REVENUE') return { ...part, revenue: part.revenue.plus(amount) };
		if (accountClass !== 'EXPENSE') return part;
		const account = accountsById.get(accountId ?? '');
		const wages = account && isWages(account) ? part.wages.plus(amount) : part.wages;
		return { ...part, costs: part.costs.plus(amount), wages };
	}, NOTHING);
}
