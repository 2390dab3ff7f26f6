import type { Sketch, SketchRow } from './sketch';

const WIDTH = 760;
const MARGIN = 28;
const MENU_WIDTH = 150;
const HEAD_HEIGHT = 44;
const TITLE_HEIGHT = 50;

/** The picture's own ground makes it readable on a white page and on a dark one. */
const STYLE = `
.ground{fill:#fbfaf7;stroke:#c9c4b8}.bar{fill:#efece4}.box{fill:#fff;stroke:#a8a293}.chosen{fill:#e4eef5;stroke:#4d7c99}
.text{fill:#22272e}.soft{fill:#5b6470}.mark{fill:#7a3e9d}.markText{fill:#fff}
@media (prefers-color-scheme:dark){.ground{fill:#1e2227;stroke:#4a515a}.bar{fill:#282d34}.box{fill:#15181c;stroke:#6b7480}.chosen{fill:#20394a;stroke:#7fb2d0}
.text{fill:#e8eaed}.soft{fill:#aab2bc}.mark{fill:#b98ad6}.markText{fill:#15181c}}`;

interface Drawn {
	readonly svg: string;
	readonly height: number;
}

/** Draws a sketch as SVG, which says at its top that it is one. */
export function drawSketch(sketch: Sketch): string {
	const left = MARGIN + (sketch.menu ? MENU_WIDTH : 0);
	const rows: string[] = [];
	let y = HEAD_HEIGHT + TITLE_HEIGHT;
	for (const row of sketch.rows) {
		const { svg, height } = drawRow(row, { x: left + 26, y, width: WIDTH - left - 26 - MARGIN });
		rows.push(svg, row.step === undefined ? '' : stepMark(row.step, left, y + 9));
		y += height;
	}
	const menuHeight = HEAD_HEIGHT + 24 + (sketch.menu?.entries.length ?? 0) * 30;
	const height = Math.max(y, menuHeight) + 12;
	return `${[
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="14">`,
		`<title>${escaped(`Sketch of ${sketch.window}: ${sketch.title}`)}</title>`,
		`<style>${STYLE}</style>`,
		`<rect class="ground" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="10"/>`,
		`<path class="bar" d="M1 11a10 10 0 0 1 10-10h${WIDTH - 22}a10 10 0 0 1 10 10v${HEAD_HEIGHT - 11}H1z"/>`,
		label(MARGIN, 28, sketch.window, 'text', 'font-weight="700"'),
		label(WIDTH - MARGIN, 28, 'Sketch. Yours may look otherwise.', 'soft', 'text-anchor="end"'),
		...menuOf(sketch),
		label(left, HEAD_HEIGHT + 32, sketch.title, 'text', 'font-size="17" font-weight="700"'),
		...rows,
		'</svg>',
	]
		.filter((part) => part !== '')
		.join('\n')}\n`;
}

function menuOf({ menu }: Sketch): string[] {
	if (!menu) return [];
	return menu.entries.flatMap((entry, index) => {
		const y = HEAD_HEIGHT + 18 + index * 30;
		const here = entry === menu.chosen;
		return [
			here ? `<rect class="chosen" x="16" y="${y}" width="128" height="26" rx="5"/>` : '',
			label(MARGIN, y + 18, entry, here ? 'text' : 'soft', here ? 'font-weight="600"' : ''),
		];
	});
}

interface Place {
	readonly x: number;
	readonly y: number;
	readonly width: number;
}

function drawRow(row: SketchRow, place: Place): Drawn {
	switch (row.kind) {
		case 'field':
			return drawField(row, place);
		case 'choice':
			return drawChoice(row, place);
		case 'button':
			return drawButton(row, place);
		case 'text':
			return {
				svg: label(place.x, place.y + 14, row.text, 'text', 'font-weight="600"'),
				height: 34,
			};
		case 'table':
			return drawTable(row, place);
	}
}

function drawField(row: Extract<SketchRow, { kind: 'field' }>, { x, y, width }: Place): Drawn {
	const note = row.note === undefined ? '' : ` (${row.note})`;
	return {
		svg: [
			`<text class="text" x="${x}" y="${y + 14}"><tspan font-weight="600">${escaped(row.label)}</tspan><tspan class="soft">${escaped(note)}</tspan></text>`,
			`<rect class="box" x="${x}" y="${y + 22}" width="${width}" height="30" rx="5"/>`,
			label(x + 10, y + 42, row.value, 'text'),
		].join('\n'),
		height: 68,
	};
}

function drawChoice(row: Extract<SketchRow, { kind: 'choice' }>, { x, y }: Place): Drawn {
	let at = x;
	const options = row.options.map((option) => {
		const width = 24 + option.length * 8.4;
		const chosen = row.chosen.includes(option);
		const svg = [
			`<rect class="${chosen ? 'chosen' : 'box'}" x="${at}" y="${y + 22}" width="${width}" height="30" rx="5"/>`,
			label(
				at + width / 2,
				y + 42,
				option,
				'text',
				`text-anchor="middle"${chosen ? ' font-weight="600"' : ''}`,
			),
		].join('\n');
		at += width + 10;
		return svg;
	});
	return {
		svg: [label(x, y + 14, row.label, 'text', 'font-weight="600"'), ...options].join('\n'),
		height: 68,
	};
}

function drawButton(row: Extract<SketchRow, { kind: 'button' }>, { x, y }: Place): Drawn {
	const width = 32 + row.label.length * 8.2;
	return {
		svg: [
			`<rect class="chosen" x="${x}" y="${y}" width="${width}" height="32" rx="16"/>`,
			label(x + width / 2, y + 21, row.label, 'text', 'text-anchor="middle" font-weight="600"'),
			row.note === undefined ? '' : label(x + width + 12, y + 21, row.note, 'soft'),
		].join('\n'),
		height: 48,
	};
}

function drawTable(row: Extract<SketchRow, { kind: 'table' }>, { x, y, width }: Place): Drawn {
	const line = 26;
	const column = width / row.head.length;
	const cells = (texts: readonly string[], index: number, more: string): string[] =>
		texts.map((text, at) => label(x + 10 + at * column, y + 18 + index * line, text, 'text', more));
	return {
		svg: [
			`<rect class="box" x="${x}" y="${y}" width="${width}" height="${(row.rows.length + 1) * line + 4}" rx="5"/>`,
			...cells(row.head, 0, 'font-weight="700"'),
			...row.rows.flatMap((texts, index) => cells(texts, index + 1, '')),
		].join('\n'),
		height: (row.rows.length + 1) * line + 20,
	};
}

function stepMark(step: number, x: number, y: number): string {
	return `<circle class="mark" cx="${x + 6}" cy="${y}" r="11"/>\n${label(x + 6, y + 5, String(step), 'markText', 'text-anchor="middle" font-weight="700"')}`;
}

function label(x: number, y: number, text: string, look: string, more = ''): string {
	return `<text class="${look}" x="${x}" y="${y}"${more === '' ? '' : ` ${more}`}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
