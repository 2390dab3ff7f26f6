import { type Markup, markup } from '../../sync/report/markup';
import type { Insight, InsightColumn } from '../insight';
import { drawnBars } from './chartBars';
import { drawnLines } from './chartLines';
import { COLOURS, type Drawing, FAINT, FONT_SIZE, MARGIN, WIDTH, words } from './chartParts';
import { aboutColumn, currencyOf, isFigure, measureColumn, shownCell, shownDay } from './figures';
import { fitted } from './textWidth';
import { tieState } from './tieWords';

/** More bars cannot be told apart. */
const MOST_BARS = 25;
const MOST_POINTS = 120;
const MOST_LINES_UNDER_TITLE = 3;
const TITLE_SIZE = 18;
const LINE_HEIGHT = 18;
const BELOW_HEADING = 20;

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
	const columns = shownColumns(insight, series);
	const isOverTime = about?.kind === 'date';
	const comparable = insight.rows.filter((row) =>
		columns.every((column) => currencyOf(insight, column, row) === insight.currency),
	);
	const rows = comparable.slice(0, isOverTime ? MOST_POINTS : MOST_BARS);
	const notDrawn = insight.rows.length - rows.length;
	const names = rows.map((row) => (about ? shownCell(insight, about, row) : ''));
	const heading = headingOf(title, insight, notDrawn);
	const drawing: Drawing = { insight, columns, rows, names, top: heading.bottom };
	const drawn = drawnFigures(drawing, isOverTime);
	const height = Math.ceil(drawn.bottom + MARGIN);
	const label = fitted(`${title}. ${insight.summary}`, Infinity, FONT_SIZE);
	const svg = markup`<svg role="img" xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Arial, Helvetica, sans-serif">
<title>${label}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${heading.body}${drawn.body}</svg>
`;
	return { svg: svg.toString(), notDrawn };
}

function shownColumns(insight: Insight, wanted: readonly string[]): InsightColumn[] {
	const chosen = insight.columns.filter(
		(column) => isFigure(column) && wanted.includes(column.key),
	);
	if (chosen.length > 0) return chosen.slice(0, COLOURS.length);
	const measure = measureColumn(insight);
	return measure ? [measure] : [];
}

function headingOf(title: string, insight: Insight, notDrawn: number) {
	const room = WIDTH - 2 * MARGIN;
	const more = notDrawn > 0 ? `, ${notDrawn} more not drawn` : '';
	const under = [
		`${shownDay(insight.day)}, ${insight.currency}${more}`,
		...insight.tie.map(tieState),
	].slice(0, MOST_LINES_UNDER_TITLE);
	const first = MARGIN + TITLE_SIZE;
	const body: Markup[] = [
		words({
			text: fitted(title, room, TITLE_SIZE),
			x: MARGIN,
			y: first,
			size: TITLE_SIZE,
			weight: 'bold',
		}),
		...under.map((line, index) => {
			const y = first + 6 + (index + 1) * LINE_HEIGHT;
			return words({ text: fitted(line, room, FONT_SIZE), x: MARGIN, y, colour: FAINT });
		}),
	];
	return { body, bottom: first + 6 + under.length * LINE_HEIGHT + BELOW_HEADING };
}

function drawnFigures(drawing: Drawing, isOverTime: boolean) {
	const { rows, columns, top } = drawing;
	if (rows.length > 0 && columns.length > 0)
		return isOverTime ? drawnLines(drawing) : drawnBars(drawing);
	const y = top + FONT_SIZE;
	return { body: [words({ text: 'There is nothing to draw.', x: MARGIN, y })], bottom: y };
}
