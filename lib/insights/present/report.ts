import { shortened } from '../../texts';
import { fitting } from '../../sync/report/fitting';
import { markup, type Markup } from '../../sync/report/markup';
import { aside, heading, page, paragraph } from '../../sync/report/page';
import type { Insight, Tie } from '../insight';
import { shownDay } from './figures';
import { insightTable } from './reportTable';
import { tieSentence } from './tieWords';

/** Bytes for all rows together: Gmail hides what a mail has beyond some 100 kB. */
const ROOM_FOR_ROWS = 75_000;
const LONGEST_SENTENCE = 600;
const MOST_SENTENCES = 12;

/** An insight under its heading, such as "Receivables". */
export interface ReportedInsight {
	readonly title: string;
	readonly insight: Insight;
	/** The column that bars show; the insight's own where not told. */
	readonly measure?: string;
}

/** What was to be on the page, and could not be worked out. */
export interface MissingInsight {
	readonly title: string;
	/** Why, and what to do about it. */
	readonly problem: string;
}

export interface InsightReportInput {
	readonly title: string;
	/** When, in words, such as "28 November 2026, 18:04 (Europe/London)". */
	readonly at: string;
	readonly insights: ReadonlyArray<ReportedInsight | MissingInsight>;
}

export interface InsightReport {
	/** A whole page, of a size that a mail can carry. */
	readonly html: string;
	/** Rows that the page has no room for; it says how many of each table. */
	readonly notListed: number;
}

/** Insights as one page for a person, which mail programs show as well. */
export function insightReport({ title, at, insights }: InsightReportInput): InsightReport {
	const parts: Markup[] = [];
	let left = ROOM_FOR_ROWS;
	let notListed = 0;
	for (const [index, reported] of insights.entries()) {
		if (!('insight' in reported)) {
			parts.push(missingSection(reported));
			continue;
		}
		const made = sectionOf(reported, left / (insights.length - index));
		parts.push(made.section);
		left -= made.bytes;
		notListed += made.notListed;
	}
	return { html: page(shortened(title, 200), [aside(at), ...parts]).toString(), notListed };
}

function sectionOf(
	{ title, insight, measure }: ReportedInsight,
	room: number,
): { section: Markup; bytes: number; notListed: number } {
	const { rowOf, framed } = insightTable(insight, shortened(title, 200), measure);
	const { listed, bytes } = fitting([...insight.rows.entries()], rowOf, room);
	const notListed = insight.rows.length - listed.length;
	const section = markup`${[
		heading(shortened(title, 200)),
		aside(`${shownDay(insight.day)}, ${insight.currency}`),
		paragraph(shortened(insight.summary, LONGEST_SENTENCE)),
		...insight.tie.slice(0, MOST_SENTENCES).map(tieLine),
		insight.rows.length === 0 ? paragraph('There are no rows.') : framed(listed),
		...(notListed > 0 ? [paragraph(moreRows(notListed))] : []),
		...notInList(insight.notIn),
	]}`;
	return { section, bytes, notListed };
}

function missingSection({ title, problem }: MissingInsight): Markup {
	const { className, colour, mark } = TIE_LOOKS.differs;
	const words = shortened(`This could not be worked out. ${problem}`, LONGEST_SENTENCE);
	return markup`${heading(shortened(title, 200))}${marked(className, colour, mark, words)}`;
}

const TIE_LOOKS = {
	agrees: { className: 'good', colour: '#116329', mark: '✓' },
	differs: { className: 'bad', colour: '#a40e26', mark: '✗' },
	'not checked': { className: 'note', colour: '#7a4b00', mark: '–' },
} as const;

function tieLine(tie: Tie): Markup {
	const { className, colour, mark } = TIE_LOOKS[tie.state];
	return marked(className, colour, mark, shortened(tieSentence(tie), LONGEST_SENTENCE));
}

function marked(className: string, colour: string, mark: string, words: string): Markup {
	return markup`<p class="${className}" style="margin:4px 0;color:${colour}"><span aria-hidden="true">${mark}</span> ${words}</p>
`;
}

function moreRows(notListed: number): string {
	return notListed === 1
		? '1 more row is not listed here. The figures above count it.'
		: `${notListed} more rows are not listed here. The figures above count them.`;
}

function notInList(sentences: readonly string[]): Markup[] {
	if (sentences.length === 0) return [];
	const shown = sentences
		.slice(0, MOST_SENTENCES)
		.map((words) => markup`<li>${shortened(words, LONGEST_SENTENCE)}</li>`);
	const more = sentences.length - shown.length;
	return [
		markup`<h3 style="margin:12px 0 4px;font-size:15px">What is not in these figures</h3>
<ul style="margin:4px 0;padding-left:20px">${shown}${more > 0 ? markup`<li>And ${more} more</li>` : ''}</ul>
`,
	];
}
