import { amountText, moneyText } from '../../money';
import type { Account } from '../../xero/settings';
import type { Insight, InsightColumn, InsightRow } from '../insight';
import { accounts } from '../reading/accounts';
import type { Books } from '../reading/books';
import { optionTies } from './balanceByOption';
import type { Figure } from './figure';
import { figuresOf } from './figures';
import type { ReportInput, ReportName } from './input';
import { monthsUpTo } from './months';
import { longDay, mainFigure } from './reckoned';

const NAMES: Readonly<Record<ReportName, string>> = {
	profitAndLoss: 'Profit and Loss',
	balanceSheet: 'Balance Sheet',
	trialBalance: 'Trial Balance',
	bankSummary: 'Bank Summary',
};

const COLUMNS: readonly InsightColumn[] = [
	{ key: 'report', label: 'Report', kind: 'text' },
	{ key: 'month', label: 'Month', kind: 'text' },
	{ key: 'from', label: 'From', kind: 'date' },
	{ key: 'to', label: 'To', kind: 'date' },
	{ key: 'section', label: 'Section', kind: 'text' },
	{ key: 'account', label: 'Account', kind: 'text' },
	{ key: 'accountCode', label: 'Account Code', kind: 'text' },
	{ key: 'tracking', label: 'Tracking', kind: 'text' },
	{ key: 'figure', label: 'Figure', kind: 'text' },
	{ key: 'amount', label: 'Amount', kind: 'money' },
	{ key: 'isTotal', label: 'Total', kind: 'yesNo' },
	{ key: 'accountId', label: 'Account ID', kind: 'text' },
];

/** A row is the same one while its month goes on, so that its last day is not part of what tells it. */
const KEY = ['report', 'month', 'section', 'account', 'accountId', 'tracking', 'figure'];

/** One of Xero's reports as rows, an amount each, month by month. Throws ServiceFaultError. */
export async function reckonReport(books: Books, input: ReportInput): Promise<Insight> {
	const { day, report, withTotals } = input;
	const months = monthsUpTo(day, input.months);
	const [figures, chart] = await Promise.all([
		figuresOf(books, input, months),
		accounts(books, {}),
	]);
	const currency = books.organisation.baseCurrency;
	const { sentence, tie } = mainFigure(input, { figures, months, currency, chart });
	const shown = figures.filter(({ isTotal }) => withTotals || !isTotal);
	return {
		summary: `${sentence} ${tieText(tie)}`,
		day,
		currency,
		columns: COLUMNS,
		rowKey: KEY,
		rows: shown.map((figure) => rowOf(report, figure, { currency, chart })),
		tie: [tie, ...(isByOption(input) ? optionTies(figures, currency) : [])],
		notIn: notIn(books, input),
	};
}

function isByOption({ report, trackingCategoryId }: ReportInput): boolean {
	return report === 'balanceSheet' && trackingCategoryId !== undefined;
}

function tieText({ state, against, difference }: Insight['tie'][number]): string {
	if (state === 'agrees') return `This agrees with ${against}, difference ${difference}.`;
	if (state === 'differs') return `This differs from ${against} by ${difference}.`;
	return "This was not checked against Xero's own sum.";
}

function rowOf(
	report: ReportName,
	{ month, section, name, accountId, tracking, figure, amount, isTotal }: Figure,
	{ currency, chart }: { readonly currency: string; readonly chart: readonly Account[] },
): InsightRow {
	const isOnDay = report === 'balanceSheet' || report === 'trialBalance';
	const account = chart.find(({ id }) => id === accountId);
	// The trial balance calls an account "Sales (200)".
	const called = account?.name ?? name;
	const of = [
		called,
		...(tracking === undefined ? [] : [tracking]),
		isOnDay ? longDay(month.to) : month.name,
	].join(', ');
	const what = figure === 'Amount' ? '' : ` ${figure.toLowerCase()}`;
	return {
		summary: `${of}: ${moneyText(amount, currency)}${what}.`,
		report: NAMES[report],
		month: month.name,
		from: isOnDay ? null : month.from,
		to: month.to,
		section,
		account: called,
		accountCode: account?.code ?? null,
		tracking: tracking ?? null,
		figure,
		amount: amountText(amount, currency),
		isTotal,
		// Currency gains are on one line of several accounts.
		accountId: account?.id ?? null,
	};
}

const OF_OPTIONS = [
	'Xero gives the balance sheet of one option at a time: Unassigned is the whole less the active options, so that archived ones are in it.',
	'Where only one side of an entry bears an option, Xero balances its sheet by the account Tracking Transfers.',
];

function notIn(books: Books, input: ReportInput): string[] {
	const { report, day, basis, withTotals } = input;
	const { name } = books.organisation;
	return [
		...(day > books.today ? [`What is entered until ${longDay(day)} is not known yet.`] : []),
		...(basis === 'cash' && report !== 'bankSummary'
			? ['On a cash basis, documents that are not paid are left out, as Xero works it out.']
			: []),
		...(isByOption(input) ? OF_OPTIONS : []),
		...(withTotals ? [] : ["Xero's own sums are no rows; the option Totals adds them."]),
		...(report === 'bankSummary'
			? [`What banks have told and nobody has entered in ${name} is in no report.`]
			: []),
	];
}
