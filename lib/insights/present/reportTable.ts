import { parseDecimal } from '../../money';
import { shortened } from '../../texts';
import { linked, markup, value, type Markup } from '../../sync/report/markup';
import { cell, numberCell, row, table } from '../../sync/report/page';
import type { Cell, Insight, InsightColumn, InsightRow } from '../insight';
import { aboutColumn, barsOf, isFigure, measureColumn, shownCell, type Bar } from './figures';

const LONGEST_CELL = 120;

/** Pixels of a character of the table's type, of one of a heading, and around a cell's text. */
const CHARACTER = 8;
const HEADING_CHARACTER = 9;
const AROUND = 14;
/** Text breaks into lines, so that its column may be narrower than it. */
const WIDTHS_OF_TEXT = { least: 90, most: 200 };
const LEAST_OF_BARS = 140;

export interface InsightTable {
	rowOf(entry: readonly [index: number, row: InsightRow]): Markup;
	/** The table with these of its rows. */
	framed(rows: readonly Markup[]): Markup;
}

/**
 * An insight as a table: what a row is about with its bar below, then what the bar shows, so that a
 * telephone has both in sight, then the other columns.
 */
export function insightTable(insight: Insight, caption: string, wanted?: string): InsightTable {
	const about = aboutColumn(insight);
	const measure = measureColumn(insight, wanted);
	const isFirst = (column: InsightColumn) => column === about || column === measure;
	const columns = [
		...insight.columns.filter((column) => column === about),
		...insight.columns.filter((column) => column === measure && column !== about),
		...insight.columns.filter((column) => !isFirst(column) && tellsReaders(insight, column)),
	];
	const bars = measure && measure !== about ? barsOf(insight, insight.rows, measure) : [];
	const words = measure && bars.length > 0 ? `${caption}. ${barWords(measure, bars)}` : caption;
	return {
		rowOf: ([index, given]) => rowOf(insight, columns, given, bars[index]),
		framed: (rows) => {
			const widths = columns.map((column) => widthOf(insight, column));
			if (bars.length > 0) widths[0] = Math.max(widths[0] ?? 0, LEAST_OF_BARS);
			const total = widths.reduce((sum, width) => sum + width, 0);
			const heads = columns.map((column, index) => ({
				label: column.label,
				width: Math.floor(((widths[index] ?? 0) * 100) / total),
				isNumber: isFigure(column),
			}));
			return table(words, heads, rows, total);
		},
	};
}

/**
 * Whether a column is for a person who reads the page: no ids, no currency, which the amounts name
 * themselves, no page for a mail, and nothing that is empty or nil throughout.
 */
function tellsReaders({ columns, rows }: Insight, { key, kind }: InsightColumn): boolean {
	const isId = kind === 'text' && /Id$/.test(key);
	const isCurrency = columns.some(({ currencyKey }) => currencyKey === key);
	const isNil = (cell: Cell | undefined) =>
		cell === undefined || cell === null || cell === '' || parseDecimal(cell)?.eq(0) === true;
	return kind !== 'html' && !isId && !isCurrency && !rows.every((given) => isNil(given[key]));
}

function barWords({ label }: InsightColumn, bars: ReadonlyArray<Bar | undefined>): string {
	const isMixed = bars.some((bar) => bar?.isNegative);
	return isMixed ? `Bars show ${label}, below zero in brown.` : `Bars show ${label}.`;
}

function rowOf(
	insight: Insight,
	[about, ...others]: readonly InsightColumn[],
	given: InsightRow,
	bar: Bar | undefined,
): Markup {
	const cells = others.map((column) => {
		const content = cellOf(insight, column, given);
		return isFigure(column) ? numberCell(content) : cell(content);
	});
	return row(markup`${about ? cellOf(insight, about, given) : ''}${barOf(bar)}`, cells);
}

function cellOf(insight: Insight, column: InsightColumn, given: InsightRow): Markup {
	const text = shortened(shownCell(insight, column, given), LONGEST_CELL);
	if (column.kind !== 'link') return value(text);
	return text === '' ? markup`` : linked(column.label, String(given[column.key]));
}

/** In pixels, by the longest that stands in the column. */
function widthOf(insight: Insight, column: InsightColumn): number {
	const word = Math.max(...column.label.split(' ').map(({ length }) => length));
	const longest =
		column.kind === 'link'
			? 0
			: insight.rows.reduce(
					(most, given) => Math.max(most, shownCell(insight, column, given).length),
					0,
				);
	const width = Math.max(longest * CHARACTER, word * HEADING_CHARACTER) + AROUND;
	if (isFigure(column) || column.kind === 'yesNo') return width;
	return Math.min(WIDTHS_OF_TEXT.most, Math.max(WIDTHS_OF_TEXT.least, width));
}

const COLOURS = { above: '#0b5cad', below: '#b54708' } as const;
const BAR = 'height:6px;line-height:6px;font-size:1px;padding:0;border:0';

/** A bar of table cells with a background: what every mail program draws. The figure stands beside it. */
function barOf(bar: Bar | undefined): Markup {
	if (!bar || bar.length === 0) return markup``;
	const side = bar.isNegative ? 'below' : 'above';
	const colour = COLOURS[side];
	const rest =
		bar.length < 100 ? markup`<td width="${100 - bar.length}%" style="${BAR}">&nbsp;</td>` : '';
	return markup`<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:3px 0 0"><tr><td class="${side}" width="${bar.length}%" bgcolor="${colour}" style="${BAR};background:${colour}">&nbsp;</td>${rest}</tr></table>`;
}
