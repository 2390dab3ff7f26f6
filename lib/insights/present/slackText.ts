import { beginning, visible } from '../../texts';
import type { Insight, InsightColumn, InsightRow } from '../insight';
import { aboutColumn, barsOf, measureColumn, shownCell, shownDay, type Bar } from './figures';
import { escaped, inText } from './slackWords';
import { tieSentence, tieState } from './tieWords';

/** Characters of the columns; a line fits beside Slack's margin on a telephone turned sideways. */
const NAME = 20;
const BAR = 12;
/** Slack takes 3,000 characters for the text of a section. */
const MOST = 3_000;
const LONGEST_SENTENCE = 400;
const MOST_SENTENCES = 5;

export interface SlackTextInput {
	readonly title: string;
	readonly insight: Insight;
	/** Whether amounts are told; bars, names and what agrees are told anyhow. */
	readonly showsAmounts: boolean;
	/** The column that bars show; the first with money where not told. */
	readonly measure?: string;
	/** Rows that are listed at most. */
	readonly mostRows: number;
}

/** An insight as text for a Slack message, in Slack's mrkdwn. */
export function slackText({
	title,
	insight,
	showsAmounts,
	measure: wanted,
	mostRows,
}: SlackTextInput): string {
	const sentences = [
		`*${inText(beginning(title, 150))}*, ${inText(shownDay(insight.day))}`,
		...(showsAmounts ? [inText(beginning(insight.summary, LONGEST_SENTENCE))] : []),
	];
	const ends = [
		...insight.tie.map(showsAmounts ? tieSentence : tieState),
		...(showsAmounts ? insight.notIn.map((words) => `Not in it: ${words}`) : []),
	]
		.slice(0, MOST_SENTENCES)
		.map((words) => inText(beginning(words, LONGEST_SENTENCE)));
	const about = aboutColumn(insight);
	const measure = measureColumn(insight, wanted);
	const lines = about && measure ? barLines(insight, about, measure, showsAmounts) : [];
	return withRoom(sentences, lines, ends, mostRows);
}

function barLines(
	insight: Insight,
	about: InsightColumn,
	measure: InsightColumn,
	showsAmounts: boolean,
): string[] {
	const bars = barsOf(insight, insight.rows, measure);
	return insight.rows.map((row, index) => {
		const bar = barText(bars[index]);
		const figure = showsAmounts ? inCode(shownCell(insight, measure, row)) : '';
		return `${nameText(insight, about, row)} ${inWidth(bar, BAR)} ${figure}`.trimEnd();
	});
}

function nameText(insight: Insight, about: InsightColumn, row: InsightRow): string {
	return escaped(inWidth(plainCode(shownCell(insight, about, row)), NAME));
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Full blocks and a part of one; what is below nothing is hatched. */
function barText(bar: Bar | undefined): string {
	if (!bar) return '';
	if (bar.isNegative) return '░'.repeat(Math.max(1, Math.round((bar.length * BAR) / 100)));
	const eighths = Math.round((bar.length * BAR * 8) / 100);
	return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** As many rows as there is room for, and how many there are besides. */
function withRoom(
	sentences: readonly string[],
	lines: readonly string[],
	ends: readonly string[],
	mostRows: number,
): string {
	const around = [...sentences, ...ends].join('\n').length + 60;
	const listed: string[] = [];
	let length = around;
	for (const line of lines.slice(0, mostRows)) {
		length += line.length + 1;
		if (length > MOST) break;
		listed.push(line);
	}
	const left = lines.length - listed.length;
	const block = listed.length === 0 ? [] : ['```', ...listed, '```'];
	const more = left > 0 ? [`And ${left} more ${left === 1 ? 'row' : 'rows'}.`] : [];
	return [...sentences, ...block, ...more, ...ends].join('\n');
}

/** Inside a block no mark counts, but three back-ticks would end it. */
function plainCode(text: string): string {
	return visible(text).replace(/`/g, "'");
}

function inCode(text: string): string {
	return escaped(plainCode(text));
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** The text in so many places of a fixed pitch, cut or filled up with spaces. */
function inWidth(text: string, places: number): string {
	const parts = [...GRAPHEMES.segment(beginning(text, LONGEST_SENTENCE))].map(
		({ segment }) => segment,
	);
	const isCut = widthOf(parts) > places;
	while (widthOf(parts) > (isCut ? places - 1 : places)) parts.pop();
	const shown = isCut ? [...parts, '…'] : parts;
	return shown.join('') + ' '.repeat(places - widthOf(shown));
}

function widthOf(parts: readonly string[]): number {
	return parts.reduce((width, part) => width + (WIDE.test(part) ? 2 : 1), 0);
}
