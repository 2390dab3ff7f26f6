import { moneyText, parseDecimal } from '../../money';
import { type Markup, markup } from '../../sync/report/markup';
import { scaleLinear } from '../../vendor/charts';
import type { Insight, InsightColumn, InsightRow } from '../insight';
import { fitted, textWidth, widestOf } from './textWidth';

export const WIDTH = 960;
/** Of free room at the edges. */
export const MARGIN = 16;
export const FONT_SIZE = 13;
const INK = '#1f2328';
export const FAINT = '#57606a';
const GRID = '#d0d7de';
/** Told apart by those who see no red or green as well (Okabe and Ito), dark enough on white. */
export const COLOURS = ['#0b5cad', '#b54708', '#00795c', '#8f3f71', '#6b5900', '#57606a'];
/** For those who see no colours, and for paper without any: solid, dashed, dotted. */
const DASHES = ['none', '8 6', '1 5'];

const MARKS = 4;
const LONGEST_FIGURE = 190;
const LEGEND_ROW = 22;
const LEGEND_KEY = 34;
const LEGEND_GAP = 20;

export interface Drawing {
	readonly insight: Insight;
	readonly columns: readonly InsightColumn[];
	readonly rows: readonly InsightRow[];
	/** What each row is about, in full. */
	readonly names: readonly string[];
	/** Where the heading ends. */
	readonly top: number;
}

/** What is drawn below the heading. */
export interface Drawn {
	readonly body: readonly Markup[];
	readonly bottom: number;
}

export interface Words {
	readonly text: string;
	readonly x: number;
	/** Of the line on which the letters stand. */
	readonly y: number;
	readonly anchor?: 'start' | 'middle' | 'end';
	readonly colour?: string;
	readonly size?: number;
	readonly weight?: 'normal' | 'bold';
}

/** Words with all settings beside them, since a mail program drops style sheets. */
export function words({ text, x, y, ...look }: Words): Markup {
	const { anchor = 'start', colour = INK, size = FONT_SIZE, weight = 'normal' } = look;
	return markup`<text x="${pixels(x)}" y="${pixels(y)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${colour}">${text}</text>
`;
}

/** A tenth of a pixel is as fine as anybody sees. */
export function pixels(length: number): number {
	return Math.round(length * 10) / 10;
}

/** Where the letters stand whose middle is at a height. */
export function middled(y: number): number {
	return y + FONT_SIZE * 0.36;
}

/** A figure for its place in the drawing alone: what is shown of it is text. */
export function lengthOf(row: InsightRow, column: InsightColumn): number | undefined {
	const length = parseDecimal(row[column.key])?.toNumber();
	return Number.isFinite(length) ? length : undefined;
}

export interface Axis {
	readonly from: number;
	readonly to: number;
	readonly marks: ReadonlyArray<{ readonly at: number; readonly text: string }>;
	/** Of the widest mark's text. */
	readonly width: number;
}

/** From zero, or from below it, to the longest, with round numbers as marks. */
export function axisOf({ rows, columns }: Drawing, most = MARKS): Axis {
	const lengths = rows.flatMap((row) => columns.map((column) => lengthOf(row, column) ?? 0));
	const ends = [Math.min(0, ...lengths), Math.max(0, ...lengths)];
	const scale = scaleLinear(ends[0] === ends[1] ? [0, 1] : ends, [0, 1]).nice(most);
	const [from = 0, to = 1] = scale.domain();
	const marks = scale.ticks(most).map((at) => ({ at, text: markText(at, columns[0]) }));
	const width = widestOf(
		marks.map(({ text }) => text),
		FONT_SIZE,
	);
	return { from, to, marks, width };
}

function markText(at: number, column: InsightColumn | undefined): string {
	const exact = parseDecimal(at);
	if (!exact) return '';
	const text =
		column?.kind === 'money' ? moneyText(exact, '').replace(/\.00$/, '') : exact.toFixed();
	return shownFigure(text);
}

/** Room for any amount that somebody has; a figure of a hundred places is cut. */
export function shownFigure(text: string): string {
	return fitted(text, LONGEST_FIGURE, FONT_SIZE);
}

/** A line across the figures; the one of zero is plain to see. */
export function rule(at: number, from: readonly [number, number], to: readonly [number, number]) {
	return markup`<line x1="${pixels(from[0])}" y1="${pixels(from[1])}" x2="${pixels(to[0])}" y2="${pixels(to[1])}" stroke="${at === 0 ? FAINT : GRID}" stroke-width="1"/>
`;
}

/** How the line of a column is drawn. */
export function stroke(index: number): Markup {
	return markup`fill="none" stroke="${colourOf(index)}" stroke-width="2" stroke-dasharray="${DASHES[index % DASHES.length]}" stroke-linecap="round" stroke-linejoin="round"`;
}

export function colourOf(index: number): string {
	return COLOURS[index % COLOURS.length] ?? INK;
}

/** The names of the columns, each beside a piece of how it is drawn; nothing where there is one. */
export function legend(
	{ columns }: Drawing,
	y: number,
	key: (index: number, x: number, y: number) => Markup,
): Drawn {
	if (columns.length < 2) return { body: [], bottom: y };
	const room = (WIDTH - 2 * MARGIN) / 3 - LEGEND_KEY - LEGEND_GAP;
	let x = MARGIN;
	let middle = y + LEGEND_ROW / 2;
	const body = columns.flatMap(({ label }, index) => {
		const text = fitted(label, room, FONT_SIZE);
		const width = LEGEND_KEY + textWidth(text, FONT_SIZE);
		if (x > MARGIN && x + width > WIDTH - MARGIN) {
			x = MARGIN;
			middle += LEGEND_ROW;
		}
		const parts = [key(index, x, middle), words({ text, x: x + LEGEND_KEY, y: middled(middle) })];
		x += width + LEGEND_GAP;
		return parts;
	});
	return { body, bottom: middle + LEGEND_ROW / 2 };
}
