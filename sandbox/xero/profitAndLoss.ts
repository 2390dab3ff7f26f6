import type Big from 'big.js';

import type { Call } from './call';
import { sum, ZERO } from './decimals';
import { badRequest, type Answer } from './failures';
import type { JsonObject } from './json';
import type { AccountRow, TrackingCategoryRow } from './organisationModel';
import type { Posting } from './posting';
import { accountsIn, balances, postings } from './postings';
import { revaluationOn } from './revaluation';
import { accountRow, headerRow, plainRow, report, section } from './reportShape';
import { addDays, addMonths, columnDate, endOfMonth, longDate } from './xeroDates';

const TIMEFRAMES: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const MOST_PERIODS = 12;

interface Column {
	readonly title: string;
	readonly from: string;
	readonly to: string;
	readonly passes: (posting: Posting) => boolean;
}

/**
 * Profit and loss: one column for the window, or one for each period (newest first), or one for
 * each option of a tracking category with Unassigned and Total.
 */
export function profitAndLoss(call: Call): Answer {
	const fromDate = call.query('fromDate') ?? `${call.today().slice(0, 8)}01`;
	const toDate = call.query('toDate') ?? endOfMonth(call.today());
	const columns = readColumns(call, fromDate, toDate);
	const all = postings(call);
	const sums = columns.map((column) =>
		balances([...all, ...revaluedWithin(call, all, column)], column.passes),
	);
	const accounts = accountsIn(call, sums).filter((account) =>
		['REVENUE', 'EXPENSE'].includes(account.accountClass),
	);
	const of = (...types: readonly string[]): AccountRow[] =>
		accounts.filter((account) => types.includes(account.type));
	const amounts = (account: AccountRow): Big[] =>
		sums.map((one) => {
			const amount = one.get(account.accountId) ?? ZERO;
			return account.accountClass === 'REVENUE' ? amount.neg() : amount;
		});
	const totals = (list: readonly AccountRow[]): Big[] =>
		columns.map((_column, index) => sum(list.map((account) => amounts(account)[index] ?? ZERO)));
	const rowsOf = (list: readonly AccountRow[]): JsonObject[] => {
		const gains = list.filter((account) => isGrouped(call, account));
		return [
			...gains.slice(0, 1).map((one) => accountRow({ ...one, ...GAINS }, totals(gains))),
			...list
				.filter((account) => !gains.includes(account))
				.map((account) => accountRow(account, amounts(account))),
		];
	};
	const block = (title: string, total: string, list: readonly AccountRow[]): JsonObject[] =>
		list.length === 0
			? []
			: [section(title, [...rowsOf(list), plainRow('SummaryRow', total, totals(list))])];

	const income = of('REVENUE', 'SALES');
	const other = of('OTHERINCOME');
	const direct = of('DIRECTCOSTS');
	const operating = accounts.filter(
		(account) => account.accountClass === 'EXPENSE' && account.type !== 'DIRECTCOSTS',
	);
	const gross = minus(totals(income), totals(direct));
	const net = minus(plus(gross, totals(other)), totals(operating));
	const rows = [
		headerRow(['', ...columns.map((column) => column.title)]),
		...block('Income', 'Total Income', income),
		...block('Less Cost of Sales', 'Total Cost of Sales', direct),
		section('', [plainRow('Row', 'Gross Profit', gross)]),
		...block('Plus Other Income', 'Total Other Income', other),
		...block('Less Operating Expenses', 'Total Operating Expenses', operating),
		section('', [plainRow('Row', 'Net Profit', net)]),
	];
	const period = `${longDate(fromDate)} to ${longDate(toDate)}`;
	return report(call, 'ProfitAndLoss', 'Profit and Loss', 'Profit & Loss', period, rows);
}

/** Its words are a guess. */
const GAINS = { accountId: 'FXGROUPID', name: 'Foreign Currency Gains and Losses' };

const CURRENCY_GAINS: ReadonlySet<string | undefined> = new Set([
	'BANKCURRENCYGAIN',
	'REALISEDCURRENCYGAIN',
	'UNREALISEDCURRENCYGAIN',
]);

/**
 * The standard layout has the accounts of currency gains as one line, which is no account; not in the
 * US (developer.xero.com, "Reports", Multi-Currency System Accounts).
 */
function isGrouped(call: Call, { systemAccount }: AccountRow): boolean {
	const isStandard = call.query('standardLayout')?.toLowerCase() === 'true';
	const { countryCode } = call.ledger.info.value;
	return isStandard && countryCode !== 'US' && CURRENCY_GAINS.has(systemAccount);
}

/** What the rates of a period made of foreign balances. */
function revaluedWithin(call: Call, all: readonly Posting[], { from, to }: Column): Posting[] {
	const before = revaluationOn(call, all, addDays(from, -1));
	return [
		...revaluationOn(call, all, to),
		...before.map((posting) => ({ ...posting, date: to, amount: posting.amount.neg() })),
	];
}

function plus(a: readonly Big[], b: readonly Big[]): Big[] {
	return a.map((amount, index) => amount.plus(b[index] ?? ZERO));
}

function minus(a: readonly Big[], b: readonly Big[]): Big[] {
	return a.map((amount, index) => amount.minus(b[index] ?? ZERO));
}

function readColumns(call: Call, fromDate: string, toDate: string): Column[] {
	const first = readTracking(call, 'trackingCategoryID', 'trackingOptionID', '1');
	const second = readTracking(call, 'trackingCategoryID2', 'trackingOptionID2', '2');
	const inWindow =
		(from: string, to: string) =>
		(posting: Posting): boolean =>
			posting.date >= from && posting.date <= to && (second?.passes(posting) ?? true);
	if (first && first.optionId === undefined) {
		const within = inWindow(fromDate, toDate);
		const options = first.category.options.filter((option) => option.status === 'ACTIVE');
		const categoryId = first.category.trackingCategoryId;
		const window = { from: fromDate, to: toDate };
		return [
			...options.map((option) => ({
				...window,
				title: option.name,
				passes: (posting: Posting) =>
					within(posting) && optionOf(posting, categoryId) === option.trackingOptionId,
			})),
			{
				...window,
				title: 'Unassigned',
				passes: (posting) =>
					within(posting) &&
					!options.some((option) => option.trackingOptionId === optionOf(posting, categoryId)),
			},
			{ ...window, title: 'Total', passes: within },
		];
	}
	const periods = Number(call.query('periods') ?? '0');
	if (!(periods >= 0 && periods <= MOST_PERIODS)) {
		throw badRequest(10, 'ValidationException', 'periods must be between 1 and 12.');
	}
	const months = TIMEFRAMES[call.query('timeframe')?.toUpperCase() ?? 'MONTH'] ?? 1;
	// A comparison is as long as the window asked for, moved back: a long one stays long.
	return Array.from({ length: periods + 1 }, (_none, index) => {
		const from = addMonths(fromDate, -index * months);
		const shifted = addMonths(toDate, -index * months);
		const to = toDate === endOfMonth(toDate) ? endOfMonth(shifted) : shifted;
		const within = inWindow(from, to);
		return {
			from,
			to,
			title: first?.optionName ?? columnDate(to),
			passes: (posting: Posting) => within(posting) && (first?.passes(posting) ?? true),
		};
	});
}

function optionOf(posting: Posting, categoryId: string): string | undefined {
	return posting.tracking.find((ref) => ref.trackingCategoryId === categoryId)?.trackingOptionId;
}

interface TrackingFilter {
	readonly category: TrackingCategoryRow;
	readonly optionId?: string;
	readonly optionName?: string;
	readonly passes: (posting: Posting) => boolean;
}

function readTracking(
	call: Call,
	categoryName: string,
	optionName: string,
	number: '1' | '2',
): TrackingFilter | undefined {
	const categoryId = call.query(categoryName)?.toLowerCase();
	const optionId = call.query(optionName)?.toLowerCase();
	if (categoryId === undefined) {
		if (optionId === undefined) return undefined;
		throw badRequest(
			10,
			'ValidationException',
			`TrackingCategoryID${number} must be provided if a TrackingOptionID${number} is provided.`,
		);
	}
	const category = call.ledger.trackingCategories.get(categoryId);
	if (!category) throw badRequest(10, 'ValidationException', 'Tracking category not found.');
	const option = category.options.find((held) => held.trackingOptionId === optionId);
	if (optionId !== undefined && !option) {
		throw badRequest(10, 'ValidationException', 'Tracking option not found.');
	}
	return {
		category,
		optionId,
		optionName: option?.name,
		passes: (posting) =>
			optionId === undefined || optionOf(posting, category.trackingCategoryId) === optionId,
	};
}
