import { dateText, type CalendarDate } from '../../dates';
import { moneyText, type Decimal } from '../../money';
import { isOfLiabilities } from '../../xero/reports/balanceSheet';
import { BANK_COLUMNS } from '../../xero/reports/bankSummary';
import { classOfRow } from '../../xero/reports/profitAndLoss';
import type { Account } from '../../xero/settings';
import type { Tie } from '../insight';
import { compared, notChecked } from '../tie';
import { sumWhere, type Figure } from './figure';
import type { ReportInput, ReportName } from './input';
import type { Month } from './months';

/** What the main figure of a report is worked out from. */
export interface Reported {
	readonly figures: readonly Figure[];
	readonly months: readonly [Month, ...Month[]];
	readonly currency: string;
	readonly chart: readonly Account[];
}

interface Main {
	/** The main figure in a sentence. */
	readonly sentence: string;
	readonly tie: Tie;
}

/** The main figure of a report: added up from its rows, and held against Xero's own sum. */
export function mainFigure({ report, basis }: ReportInput, reported: Reported): Main {
	const { sentence, tie } = MAIN[report](reported);
	const told =
		report === 'bankSummary' ? '' : `, on ${basis === 'cash' ? 'a cash' : 'an accrual'} basis`;
	return { sentence: `${sentence}${told}.`, tie };
}

const MAIN: Readonly<Record<ReportName, (reported: Reported) => Main>> = {
	profitAndLoss: netProfit,
	balanceSheet: netAssets,
	trialBalance: debits,
	bankSummary: bankBalance,
};

function netProfit({ figures, months, currency, chart }: Reported): Main {
	const classOf = classes(chart);
	const ofClass = (accountClass: string) =>
		sumWhere(figures, ({ accountId, isTotal }) => !isTotal && classOf(accountId) === accountClass);
	const ours = ofClass('REVENUE').minus(ofClass('EXPENSE'));
	const to = months[months.length - 1]?.to ?? months[0].to;
	return {
		sentence: `Net profit from ${longDay(months[0].from)} to ${longDay(to)} was ${moneyText(ours, currency)}`,
		tie: against("Net Profit in Xero's profit and loss", 'Net Profit', ours, { figures, currency }),
	};
}

function netAssets({ figures, months, currency, chart }: Reported): Main {
	const classOf = classes(chart);
	const last = figures.filter(({ month }) => month === months[months.length - 1]);
	const signOf = ({ section, accountId, isTotal }: Figure): number => {
		if (isTotal) return 0;
		// A bank that is overdrawn stands among the liabilities, above zero.
		if (isOfLiabilities(section)) return -1;
		const accountClass = classOf(accountId);
		if (accountClass === 'ASSET') return 1;
		return accountClass === 'LIABILITY' ? -1 : 0;
	};
	const ours = sumWhere(last, (one) => signOf(one) > 0).minus(
		sumWhere(last, (one) => signOf(one) < 0),
	);
	return {
		sentence: `Net assets on ${lastDay(months)} were ${moneyText(ours, currency)}`,
		tie: against("Net Assets in Xero's balance sheet", 'Net Assets', ours, {
			figures: last,
			currency,
		}),
	};
}

function debits({ figures, months, currency }: Reported): Main {
	const last = figures.filter(
		({ month, isTotal }) => !isTotal && month === months[months.length - 1],
	);
	const ours = sumWhere(last, ({ figure }) => figure === 'Debit');
	const figure = sumWhere(last, (one) => one.figure === 'Credit');
	return {
		sentence: `Debits on ${lastDay(months)} were ${moneyText(ours, currency)}`,
		tie: compared({ against: "the credits of Xero's trial balance", currency, ours, figure }),
	};
}

function bankBalance({ figures, months, currency }: Reported): Main {
	const accounts = figures.filter(({ isTotal }) => !isTotal);
	const last = months[months.length - 1];
	const of = (column: string, month: Month | undefined) =>
		sumWhere(accounts, (one) => one.figure === column && one.month === month);
	const moved = (column: string) => sumWhere(accounts, ({ figure }) => figure === column);
	const { opening, received, spent, closing } = BANK_COLUMNS;
	const ours = of(opening, months[0]).plus(moved(received)).minus(moved(spent));
	const figure = of(closing, last);
	return {
		sentence: `Bank balances on ${lastDay(months)} were ${moneyText(figure, currency)}`,
		tie: compared({
			against: "Closing Balance in Xero's bank summary",
			currency,
			ours,
			figure,
			why: 'What rates made of balances in other currencies is neither received nor spent.',
		}),
	};
}

/** Xero's own sum of all months, by its name. */
function against(
	name: string,
	row: string,
	ours: Decimal,
	{ figures, currency }: Pick<Reported, 'figures' | 'currency'>,
): Tie {
	const theirs = figures.filter((one) => one.isTotal && one.name === row);
	const named = { against: name, currency, ours };
	if (theirs.length === 0) return notChecked(named, `The report has no row ${row}.`);
	// By tracking, the whole is the column without an option.
	const wholes = theirs.filter(({ tracking }) => tracking === undefined);
	const figure = sumWhere(wholes.length > 0 ? wholes : theirs, () => true);
	return compared({ ...named, figure, why: 'The rows of the report do not add up to its sum.' });
}

function classes(chart: readonly Account[]): (accountId: string | undefined) => string | undefined {
	const byId = new Map(chart.map((account) => [account.id, account]));
	return (accountId) => classOfRow(accountId, byId);
}

function lastDay(months: readonly Month[]): string {
	const last = months[months.length - 1];
	return last ? longDay(last.to) : '';
}

export function longDay(day: CalendarDate): string {
	return dateText(day, 'd MMMM yyyy');
}
