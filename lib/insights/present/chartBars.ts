import { type Markup, markup } from '../../sync/report/markup';
import { scaleBand, scaleLinear } from '../../vendor/charts';
import {
	type Axis,
	axisOf,
	colourOf,
	type Drawing,
	type Drawn,
	FAINT,
	FONT_SIZE,
	legend,
	lengthOf,
	MARGIN,
	middled,
	pixels,
	rule,
	shownFigure,
	WIDTH,
	words,
} from './chartParts';
import { shownCell } from './figures';
import { fitted, widestOf } from './textWidth';

const BAR = 18;
const BETWEEN_BARS = 2;
const BETWEEN_ROWS = 8;
/** Between a bar and what is written beside it. */
const GAP = 8;
const LONGEST_NAME = 280;
const MARK_HEIGHT = 24;
const KEY = 13;

/** A bar for each row and column, to the right of zero or to the left, with its name and figure. */
export function drawnBars(drawing: Drawing): Drawn {
	const { insight, columns, rows, names, top } = drawing;
	const shownNames = names.map((name) => fitted(name, LONGEST_NAME, FONT_SIZE));
	const figures = rows.map((row) =>
		columns.map((column) => shownFigure(shownCell(insight, column, row))),
	);
	const axis = axisOf(drawing);
	const left = MARGIN + Math.max(axis.width / 2, GAP + widestOf(shownNames, FONT_SIZE));
	const right =
		WIDTH - MARGIN - Math.max(axis.width / 2, GAP + widestOf(figures.flat(), FONT_SIZE));
	const bottom = top + rows.length * (columns.length * (BAR + BETWEEN_BARS) + BETWEEN_ROWS);
	const across = scaleLinear([axis.from, axis.to], [left, right]);
	const down = scaleBand([...rows.keys()], [top, bottom]);

	const body = rows.flatMap((row, index) => {
		const start = (down(index) ?? top) + BETWEEN_ROWS / 2;
		const name = { text: shownNames[index] ?? '', x: left - GAP, anchor: 'end' as const };
		const bars = columns.flatMap((column, place) => {
			const y = start + place * (BAR + BETWEEN_BARS) + BETWEEN_BARS / 2;
			const length = lengthOf(row, column) ?? 0;
			const ends = [across(0), across(length)] as const;
			const text = figures[index]?.[place] ?? '';
			return [
				bar(length, ends, y, colourOf(place)),
				words({ text, x: Math.max(...ends) + GAP, y: middled(y + BAR / 2) }),
			];
		});
		const middle = start + (columns.length * (BAR + BETWEEN_BARS)) / 2;
		return [words({ ...name, y: middled(middle) }), ...bars];
	});
	const marks = drawnMarks(axis, across, [top, bottom]);
	const keys = legend(
		drawing,
		bottom + MARK_HEIGHT + 4,
		(index, x, y) =>
			markup`<rect x="${pixels(x)}" y="${pixels(y - KEY / 2)}" width="${KEY * 2}" height="${KEY}" fill="${colourOf(index)}"/>
`,
	);
	return { body: [...marks, ...body, ...keys.body], bottom: keys.bottom };
}

/** What is not nothing is seen. */
function bar(length: number, ends: readonly [number, number], y: number, colour: string): Markup {
	const width = length === 0 ? 0 : Math.max(1, Math.abs(ends[1] - ends[0]));
	return markup`<rect x="${pixels(Math.min(...ends))}" y="${pixels(y)}" width="${pixels(width)}" height="${BAR}" fill="${colour}"/>
`;
}

/** The lines across the bars, and as many of their numbers as have room beside each other. */
function drawnMarks(
	{ marks, width }: Axis,
	across: (at: number) => number,
	[top, bottom]: readonly [number, number],
): Markup[] {
	const [first, second] = marks;
	const step = first && second ? across(second.at) - across(first.at) : Infinity;
	const every = Math.ceil((width + GAP) / step);
	const zero = marks.findIndex(({ at }) => at === 0);
	return marks.flatMap(({ at, text }, index) => {
		const x = across(at);
		const line = rule(at, [x, top], [x, bottom]);
		if ((index - zero) % every !== 0) return [line];
		const y = bottom + MARK_HEIGHT - GAP;
		return [line, words({ text, x, y, anchor: 'middle', colour: FAINT })];
	});
}
