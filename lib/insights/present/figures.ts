import { calendarDate, dateText } from '../../dates';
import { moneyText, parseDecimal, roundHalfUp, type Decimal } from '../../money';
import type { Cell, Insight, InsightColumn, InsightRow } from '../insight';

/** The currency of a cell with money. */
export function currencyOf(insight: Insight, column: InsightColumn, row: InsightRow): string {
	const own = column.currencyKey === undefined ? undefined : row[column.currencyKey];
	return typeof own === 'string' && own !== '' ? own : insight.currency;
}

/** A cell as a person reads it; money names its currency where that is not the insight's. */
export function shownCell(insight: Insight, column: InsightColumn, row: InsightRow): string {
	const given = row[column.key] ?? '';
	if (given === '') return '';
	if (typeof given === 'boolean') return given ? 'Yes' : 'No';
	switch (column.kind) {
		case 'money':
			return shownMoney(given, currencyOf(insight, column, row), insight.currency);
		case 'number':
			return parseDecimal(given)?.toFixed() ?? String(given);
		case 'date':
			return shownDay(String(given));
		case 'text':
		case 'yesNo':
		case 'link':
			return String(given);
		case 'html':
			return '';
	}
}

function shownMoney(given: Cell, currency: string, usual: string): string {
	const amount = parseDecimal(given);
	return amount ? moneyText(amount, currency === usual ? '' : currency) : String(given);
}

/** "30 Nov 2026"; what is no day stands as it is. */
export function shownDay(text: string): string {
	const day = calendarDate(text);
	return day ? dateText(day, 'd LLL yyyy') : text;
}

export function isFigure({ kind }: InsightColumn): boolean {
	return kind === 'money' || kind === 'number';
}

/** The column that says what a row is about. */
export function aboutColumn({ columns }: Insight): InsightColumn | undefined {
	return columns.find(({ kind }) => kind === 'text' || kind === 'date') ?? columns[0];
}

/** The column that bars show: the wanted one, else the insight's, the first with money or numbers. */
export function measureColumn(
	{ columns, measure }: Insight,
	wanted = measure,
): InsightColumn | undefined {
	return (
		columns.find((column) => column.key === wanted && isFigure(column)) ??
		columns.find(({ kind }) => kind === 'money') ??
		columns.find(isFigure)
	);
}

export interface Bar {
	/** In hundredths of the longest. */
	readonly length: number;
	readonly isNegative: boolean;
}

/** The bars of the rows, each against the longest of its currency: money of two is not compared. */
export function barsOf(
	insight: Insight,
	rows: readonly InsightRow[],
	measure: InsightColumn,
): Array<Bar | undefined> {
	const scaleOf = (row: InsightRow) =>
		measure.kind === 'money' ? currencyOf(insight, measure, row) : '';
	const longest = new Map<string, Decimal>();
	for (const row of rows) {
		const size = parseDecimal(row[measure.key])?.abs();
		if (size?.gt(longest.get(scaleOf(row)) ?? 0)) longest.set(scaleOf(row), size);
	}
	return rows.map((row) => {
		const value = parseDecimal(row[measure.key]);
		const most = longest.get(scaleOf(row));
		if (!value || !most) return undefined;
		const length = roundHalfUp(value.abs().times(100).div(most), 0).toNumber();
		// What is not nothing is seen.
		return { length: value.eq(0) ? 0 : Math.max(1, length), isNegative: value.lt(0) };
	});
}
