import type { CalendarDate } from '../../dates';
import { beginning, countOf } from '../../texts';
import { aboutColumn, shownCell, shownDay } from './figures';
import type { MissingInsight, ReportedInsight } from './report';
import { inText } from './slackWords';
import { tieSentence, tieState } from './tieWords';

/** Slack takes 3,000 characters for the text of a section. */
const MOST = 3_000;
const LONGEST_SENTENCE = 400;
const MOST_TIES = 3;
const MOST_NAMES = 5;

export interface SlackPageInput {
	readonly title: string;
	readonly day: CalendarDate;
	readonly insights: ReadonlyArray<ReportedInsight | MissingInsight>;
	/** Whether amounts are told; names and what agrees are told anyhow. */
	readonly showsAmounts: boolean;
}

/** Several insights as one text for a Slack message, in Slack's mrkdwn: a few lines for each. */
export function slackPage({ title, day, insights, showsAmounts }: SlackPageInput): string {
	const first = `*${inText(beginning(title, 150))}*, ${inText(shownDay(day))}`;
	// Those who owe, are on stop and get statements tie to the same account: it is told once.
	const told = new Set<string>();
	const parts = insights.map((one) => {
		const { head, ties } = linesOf(one, showsAmounts);
		const news = ties.filter((line) => !told.has(line)).slice(0, MOST_TIES);
		for (const line of news) told.add(line);
		return [...head, ...news].join('\n');
	});
	const listed: string[] = [];
	let length = first.length + 60;
	for (const part of parts) {
		length += part.length + 1;
		if (length > MOST) break;
		listed.push(part);
	}
	const left = parts.length - listed.length;
	const more = left > 0 ? [`And ${left} more ${left === 1 ? 'part' : 'parts'} on the page.`] : [];
	return [first, ...listed, ...more].join('\n');
}

interface Lines {
	readonly head: readonly string[];
	readonly ties: readonly string[];
}

function linesOf(part: ReportedInsight | MissingInsight, showsAmounts: boolean): Lines {
	const title = `*${inText(beginning(part.title, 150))}*`;
	if (!('insight' in part)) {
		const why = showsAmounts ? ` ${sentence(part.problem)}` : '';
		return { head: [title, `✗ This could not be worked out.${why}`], ties: [] };
	}
	const { insight } = part;
	const words = showsAmounts ? tieSentence : tieState;
	const marks = { agrees: '✓', differs: '✗', 'not checked': '–' } as const;
	return {
		head: [title, sentence(showsAmounts ? insight.summary : namesIn(part))],
		ties: insight.tie.map((tie) => `${marks[tie.state]} ${sentence(words(tie))}`),
	};
}

/** What the first rows are about, where that is a name, and how many there are. */
function namesIn({ insight }: ReportedInsight): string {
	const { rows } = insight;
	const count = countOf(rows.length, 'row');
	const about = aboutColumn(insight);
	if (rows.length === 0 || about?.kind !== 'text') return `${count}.`;
	const names = rows.slice(0, MOST_NAMES).map((row) => shownCell(insight, about, row));
	const more = rows.length - names.length;
	return `${count}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function sentence(words: string): string {
	return inText(beginning(words, LONGEST_SENTENCE));
}
