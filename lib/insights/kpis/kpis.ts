import { addDays, addMonths, dateText, endOfMonth, type CalendarDate } from '../../dates';
import { amountText, moneyText, type Decimal } from '../../money';
import { readStanding, standIn, type ReadStanding } from '../ageing/onDay';
import { tieAgeing } from '../ageing/ties';
import { readUnbilled, unbilledTotal, type UnbilledWork } from '../cashForecast/unbilled';
import { lastDays } from '../daysToPay/waits';
import type { Cell, Insight, InsightColumn, InsightRow } from '../insight';
import type { Books } from '../reading/books';
import { creditNotesOfDays } from '../reading/credits';
import { invoicesOfDays } from '../reading/invoices';
import { FIGURES, type FigureKind, type Figures } from './figures';
import { DAYS, monthFigures, type MonthFigures, type SalesRead } from './monthFigures';

export interface KpisInput {
	/** The last whole month up to the day is told. */
	readonly day: CalendarDate;
	readonly unbilled?: UnbilledWork;
}

/**
 * The figures of the last whole month in one row, with their change to the month before and to the
 * same month of the year before. Throws ServiceFaultError, and InsightInputError for a Knack field or
 * value that cannot be read.
 */
export async function reckonKpis(books: Books, { day, unbilled }: KpisInput): Promise<Insight> {
	const end = lastMonthEnd(day);
	const months = [end, ...[-1, -12].map((count) => monthsFrom(end, count))];
	const earliest = months.reduce((first, one) => (one < first ? one : first));
	const [standing, sales, work] = await Promise.all([
		readStanding(books, 'sales', earliest),
		readSales(books, lastDays('sales', earliest, DAYS).from, end),
		unbilled ? readUnbilled(unbilled) : undefined,
	]);
	const [now, before, yearBefore] = await Promise.all(
		months.map(async (to) => await figuresOf(books, to, { standing, sales })),
	);
	if (!now) throw new Error('A month has no figures.');
	const currency = books.organisation.baseCurrency;
	const tie = await tieAgeing(books, { side: 'sales', day: end, stand: standIn(standing, end) });
	const row = kpiRow({ end, currency, unbilled: work && unbilledTotal(work) }, now.figures, [
		before?.figures,
		yearBefore?.figures,
	]);
	return {
		summary: row.summary,
		day: end,
		currency,
		columns: COLUMNS,
		rowKey: ['month'],
		rows: [row],
		tie,
		notIn: [
			...now.notIn,
			...(work ? [] : ['Unbilled work is not in, since no Knack table is chosen for it.']),
		],
	};
}

/** The end of the month whose last day the day is, else of the one before. */
function lastMonthEnd(day: CalendarDate): CalendarDate {
	const end = endOfMonth(day);
	return end === day ? end : addDays(day, -Number(dateText(day, 'd')));
}

function monthsFrom(end: CalendarDate, count: number): CalendarDate {
	return endOfMonth(addMonths(end, count));
}

async function readSales(books: Books, from: CalendarDate, to: CalendarDate): Promise<SalesRead> {
	const days = { side: 'sales', from, to } as const;
	const [invoices, creditNotes] = await Promise.all([
		invoicesOfDays(books, days),
		creditNotesOfDays(books, days),
	]);
	return { invoices, creditNotes };
}

async function figuresOf(
	books: Books,
	to: CalendarDate,
	{ standing, sales }: { readonly standing: ReadStanding; readonly sales: SalesRead },
): Promise<MonthFigures> {
	const from = addDays(to, 1 - Number(dateText(to, 'd')));
	return await monthFigures(books, { from, to, stand: standIn(standing, to), sales });
}

/** A figure and how far it is above the month before, and the year before. */
const CHANGES = ['ChangeMonth', 'ChangeYear'] as const;

const CHANGE_LABELS: Readonly<Record<(typeof CHANGES)[number], string>> = {
	ChangeMonth: 'Change to Month Before',
	ChangeYear: 'Change to Year Before',
};

const COLUMNS: readonly InsightColumn[] = [
	{ key: 'month', label: 'Month', kind: 'text' },
	...FIGURES.flatMap(({ key, label, kind }): InsightColumn[] => {
		const shown = kind === 'money' ? 'money' : 'number';
		return [
			{ key, label, kind: shown },
			...CHANGES.map(
				(change): InsightColumn => ({
					key: `${key}${change}`,
					label: `${label}, ${CHANGE_LABELS[change]}`,
					kind: shown,
				}),
			),
		];
	}),
	{ key: 'unbilled', label: 'Unbilled', kind: 'money' },
];

interface Told {
	readonly end: CalendarDate;
	readonly currency: string;
	readonly unbilled: Decimal | undefined;
}

function kpiRow(
	{ end, currency, unbilled }: Told,
	now: Figures,
	earlier: ReadonlyArray<Figures | undefined>,
): InsightRow {
	const cell = (kind: FigureKind['kind'], value: Decimal | undefined): Cell =>
		value === undefined ? null : kind === 'money' ? amountText(value, currency) : value.toNumber();
	const cells = FIGURES.flatMap(
		({ key, kind }): Array<[string, Cell]> => [
			[key, cell(kind, now[key])],
			...CHANGES.map((change, index): [string, Cell] => {
				const then = earlier[index]?.[key];
				return [`${key}${change}`, cell(kind, then && now[key]?.minus(then))];
			}),
		],
	);
	return {
		summary: sentence(end, currency, now, earlier[0]),
		month: dateText(end, 'yyyy-MM'),
		...Object.fromEntries(cells),
		unbilled: cell('money', unbilled),
	};
}

function sentence(
	end: CalendarDate,
	currency: string,
	now: Figures,
	before: Figures | undefined,
): string {
	const text = (value: Decimal) => moneyText(value, currency);
	const { revenue, marginPercent, receivables, overdue, cash, debtorDays } = now;
	const change = revenue && before?.revenue && revenue.minus(before.revenue);
	const parts = [
		...(revenue
			? [`revenue ${text(revenue)}${change ? ` (${change.lt(0) ? '' : '+'}${text(change)})` : ''}`]
			: []),
		...(marginPercent ? [`margin ${marginPercent.toFixed()} %`] : []),
		...(cash ? [`cash ${text(cash)}`] : []),
		...(receivables ? [`receivables ${text(receivables)}`] : []),
		...(overdue ? [`overdue ${text(overdue)}`] : []),
		...(debtorDays ? [`debtor days ${debtorDays.toFixed()}`] : []),
	];
	return `${dateText(end, 'MMMM yyyy')}: ${parts.join(', ')}.`;
}
