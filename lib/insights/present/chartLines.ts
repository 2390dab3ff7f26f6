import { type Markup, markup } from '../../sync/report/markup';
import { line, scaleLinear, scalePoint } from '../../vendor/charts';
import type { InsightColumn } from '../insight';
import {
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
	stroke,
	WIDTH,
	words,
} from './chartParts';
import { fitted, widestOf } from './textWidth';

const HEIGHT = 330;
const GAP = 10;
const LONGEST_DAY = 120;
const DAY_HEIGHT = 32;
/** More dots would hide their line. */
const MOST_DOTS = 40;

/** A line for each column, with a place for each row. */
export function drawnLines(drawing: Drawing): Drawn {
	const { columns, rows, top } = drawing;
	const days = drawing.names.map((name) => fitted(name, LONGEST_DAY, FONT_SIZE));
	const dayWidth = widestOf(days, FONT_SIZE);
	const axis = axisOf(drawing);
	const left = MARGIN + Math.max(dayWidth / 2, GAP + axis.width);
	const right = WIDTH - MARGIN - dayWidth / 2;
	const bottom = top + HEIGHT;
	const up = scaleLinear([axis.from, axis.to], [bottom, top]);
	const across = scalePoint([...rows.keys()], [left, right]).padding(0.5);
	const xOf = (index: number) => across(index) ?? left;

	const marks = axis.marks.flatMap(({ at, text }) => [
		rule(at, [left, up(at)], [right, up(at)]),
		words({ text, x: left - GAP, y: middled(up(at)), anchor: 'end', colour: FAINT }),
	]);
	const every = Math.ceil((dayWidth + GAP) / across.step());
	const shownDays = days.flatMap((text, index) =>
		index % every === 0
			? [words({ text, x: xOf(index), y: bottom + DAY_HEIGHT - GAP, anchor: 'middle' })]
			: [],
	);
	const lines = columns.flatMap((column, index) =>
		drawnLine(pointsOf(drawing, column, xOf, up), index),
	);
	const keys = legend(drawing, bottom + DAY_HEIGHT + 6, (index, x, y) => {
		const [from, to] = [pixels(x), pixels(x + 26)];
		return markup`<path d="M${from},${pixels(y)}H${to}" ${stroke(index)}/>
`;
	});
	const body = [...marks, ...shownDays, ...lines, ...keys.body];
	return { body, bottom: Math.max(keys.bottom, bottom + DAY_HEIGHT) };
}

/** Where a column's figures are; nothing where there is no figure, so that the line is broken there. */
type Point = readonly [x: number, y: number] | undefined;

function pointsOf(
	{ rows }: Drawing,
	column: InsightColumn,
	xOf: (index: number) => number,
	up: (length: number) => number,
): Point[] {
	return rows.map((row, index) => {
		const length = lengthOf(row, column);
		return length === undefined ? undefined : [xOf(index), up(length)];
	});
}

function drawnLine(points: readonly Point[], index: number): Markup[] {
	const path = line<Point>(
		(point) => point?.[0] ?? 0,
		(point) => point?.[1] ?? 0,
	)
		.defined((point) => point !== undefined)
		.digits(1);
	const dots = points.flatMap((point, place) => {
		const isAlone = points[place - 1] === undefined && points[place + 1] === undefined;
		return point && (isAlone || points.length <= MOST_DOTS) ? [point] : [];
	});
	return [
		markup`<path d="${path(points) ?? ''}" ${stroke(index)}/>
`,
		...dots.map(
			([x, y]) =>
				markup`<circle cx="${pixels(x)}" cy="${pixels(y)}" r="3" fill="#ffffff" stroke="${colourOf(index)}" stroke-width="2"/>
`,
		),
	];
}
