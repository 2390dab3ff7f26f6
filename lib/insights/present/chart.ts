import { moneyText, parseDecimal } from '../../money';
import { markup } from '../../sync/report/markup';
import { shortened, visible } from '../../texts';
import {
	BarChart,
	GridComponent,
	init,
	LegendComponent,
	LineChart,
	SVGRenderer,
	TitleComponent,
	use,
} from '../../vendor/charts';
import type { Insight, InsightColumn, InsightRow } from '../insight';
import { aboutColumn, currencyOf, isFigure, measureColumn, shownCell, shownDay } from './figures';
import { tieState } from './tieWords';

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** More bars cannot be told apart. */
const MOST_BARS = 25;
const MOST_POINTS = 120;
const WIDTH = 960;
const HEIGHT_OF_LINES = 480;
const HEIGHT_OF_BAR = 28;
const AROUND_BARS = 180;
const FONT = 'Arial, Helvetica, sans-serif';
const INK = '#1f2328';
const FAINT = '#57606a';
/** Told apart by those who see no red or green as well (Okabe and Ito), dark enough on white. */
const COLOURS = ['#0b5cad', '#b54708', '#00795c', '#8f3f71', '#6b5900', '#57606a'];
/** For those who see no colours, and for paper without any. */
const DASHES = ['solid', 'dashed', 'dotted'] as const;

export interface ChartInput {
	readonly title: string;
	readonly insight: Insight;
	/** Keys of the columns that are drawn; the first with money where none is told. */
	readonly series?: readonly string[];
}

export interface Chart {
	/** Stands by itself: no style sheet, no script, nothing from elsewhere. */
	readonly svg: string;
	/** Rows that are not drawn: beyond the most that can be read, or in another currency. */
	readonly notDrawn: number;
}

/** An insight as a drawing: lines where its rows go by day, bars else. */
export function chartOf({ title, insight, series = [] }: ChartInput): Chart {
	const about = aboutColumn(insight);
	const columns = drawnColumns(insight, series);
	const isOverTime = about?.kind === 'date';
	const comparable = insight.rows.filter((row) =>
		columns.every((column) => currencyOf(insight, column, row) === insight.currency),
	);
	const rows = comparable.slice(0, isOverTime ? MOST_POINTS : MOST_BARS);
	const notDrawn = insight.rows.length - rows.length;
	const names = rows.map((row) =>
		about ? shortened(visible(shownCell(insight, about, row)), 32) : '',
	);
	const drawing: Drawing = { insight, title, columns, rows, names, isOverTime, notDrawn };
	return { svg: described(drawn(drawing), drawing), notDrawn };
}

interface Drawing {
	readonly insight: Insight;
	readonly title: string;
	readonly columns: readonly InsightColumn[];
	readonly rows: readonly InsightRow[];
	readonly names: readonly string[];
	readonly isOverTime: boolean;
	readonly notDrawn: number;
}

function drawnColumns(insight: Insight, wanted: readonly string[]): InsightColumn[] {
	const chosen = insight.columns.filter(
		(column) => isFigure(column) && wanted.includes(column.key),
	);
	if (chosen.length > 0) return chosen.slice(0, COLOURS.length);
	const measure = measureColumn(insight);
	return measure ? [measure] : [];
}

function drawn(drawing: Drawing): string {
	const { rows, columns, isOverTime } = drawing;
	const height = isOverTime
		? HEIGHT_OF_LINES
		: AROUND_BARS + Math.max(1, rows.length * columns.length) * HEIGHT_OF_BAR;
	const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
	try {
		chart.setOption(optionOf(drawing));
		return chart.renderToSVGString();
	} finally {
		// Its timer would keep the process from ending.
		chart.dispose();
	}
}

function optionOf({ insight, title, columns, rows, names, isOverTime, notDrawn }: Drawing) {
	const more = notDrawn > 0 ? `, ${notDrawn} more not drawn` : '';
	const under = [
		`${shownDay(insight.day)}, ${insight.currency}${more}`,
		...insight.tie.map(tieState),
	];
	const named = { color: INK, fontFamily: FONT, fontSize: 13 };
	const categories = {
		type: 'category' as const,
		data: [...names],
		inverse: !isOverTime,
		axisLabel: { ...named, interval: isOverTime ? ('auto' as const) : 0 },
		axisTick: { show: false },
		axisLine: { lineStyle: { color: FAINT }, onZero: isOverTime },
	};
	const values = {
		type: 'value' as const,
		axisLabel: {
			...named,
			color: FAINT,
			formatter: (value: number) => axisText(value, columns[0]),
			hideOverlap: true,
		},
		splitNumber: 4,
		splitLine: { lineStyle: { color: '#d0d7de' } },
	};
	return {
		animation: false,
		backgroundColor: '#ffffff',
		color: COLOURS,
		title: {
			text: shortened(visible(title), 90),
			subtext: under
				.map((words) => shortened(visible(words), 130))
				.slice(0, 3)
				.join('\n'),
			left: 16,
			top: 12,
			textStyle: { ...named, fontSize: 18 },
			subtextStyle: { ...named, color: FAINT, lineHeight: 18 },
		},
		legend: { show: columns.length > 1, bottom: 10, textStyle: named, selectedMode: false },
		grid: {
			left: 16,
			right: 130,
			top: 104,
			bottom: columns.length > 1 ? 48 : 24,
			outerBoundsMode: 'same' as const,
			outerBoundsContain: 'axisLabel' as const,
		},
		xAxis: isOverTime ? categories : values,
		yAxis: isOverTime ? values : categories,
		series: columns.map((column, index) => ({
			name: column.label,
			type: isOverTime ? ('line' as const) : ('bar' as const),
			silent: true,
			symbolSize: 6,
			lineStyle: { type: DASHES[index % DASHES.length], width: 2 },
			barMaxWidth: 18,
			data: rows.map((row) => parseDecimal(row[column.key])?.toNumber() ?? null),
			label: {
				...named,
				show: !isOverTime,
				position: 'right' as const,
				formatter: ({ dataIndex }: { dataIndex: number }) => {
					const row = rows[dataIndex];
					return row ? shownCell(insight, column, row) : '';
				},
			},
		})),
	};
}

/** Marks of the axis are round numbers. */
function axisText(value: number, column: InsightColumn | undefined): string {
	const exact = parseDecimal(value);
	if (!exact) return '';
	return column?.kind === 'money' ? moneyText(exact, '').replace(/\.00$/, '') : exact.toFixed();
}

/**
 * The drawing with its words for those who do not see it. ECharts adds a style sheet for what a pointer
 * does; mail programs would show its text.
 */
function described(svg: string, { title, insight }: Drawing): string {
	const label = markup`<title>${`${title}. ${insight.summary}`}</title>`.toString();
	return svg
		.replace(/<style\b[^>]*>[\s\S]*?<\/style>\s*/g, '')
		.replace(/^<svg ([^>]*)>/, (_whole, attributes: string) => {
			return `<svg role="img" ${attributes}>\n${label}`;
		});
}
