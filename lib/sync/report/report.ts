import { shortened } from '../../texts';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { ATTENTION, type Outcome, type OutcomeKind } from '../outcome';
import { fitting } from './fitting';
import { markup, type Markup } from './markup';
import { aside, heading, numberCell, page, paragraph, row, table } from './page';
import { amountOf, first, LONGEST_SENTENCE, named, recordBlock, recordRow } from './recordParts';
import { totalsOf, type Total } from './totals';

/** Bytes for the records that are listed one by one: Gmail hides what a mail has beyond some 100 kB. */
const ROOM_FOR_RECORDS = 80_000;

export interface ReportInput {
	readonly definition: DocumentDefinition;
	readonly isPreview: boolean;
	/** Names of the organisations in Xero, as far as they were reached. */
	readonly organisations: readonly string[];
	/** When, in words, such as "28 November 2026, 18:04 (Europe/London)". */
	readonly at: string;
	/** What is said of the run as a whole; the first gives it in numbers. */
	readonly sentences: readonly string[];
	readonly outcomes: readonly Outcome[];
}

export interface RunReport {
	readonly title: string;
	readonly totals: readonly Total[];
	readonly needsAttention: number;
	/** Records that the page counts but has no room to list. */
	readonly notListed: number;
	/** A whole page, of a size that a mail can carry. */
	readonly html: string;
}

/** A run as a page for a person: held, changed and created records, totals and calls. */
export function reportOf(input: ReportInput): RunReport {
	const { definition, isPreview, organisations, at, sentences, outcomes } = input;
	const where =
		organisations.length === 0 ? '' : `, ${shortened(organisations.join(' and '), 200)}`;
	const title = `${isPreview ? 'Preview' : 'Report'} of ${definition.plural}${where}`;
	const totals = totalsOf(outcomes);
	const { parts, notListed } = sectionsOf(input);
	const html = page(title, [
		aside(at),
		...first(sentences, (words) => paragraph(shortened(words, LONGEST_SENTENCE))),
		heading('Totals'),
		totalsTable(totals),
		...parts,
	]);
	return {
		title,
		totals,
		needsAttention: outcomes.filter(({ outcome }) => ATTENTION.has(outcome)).length,
		notListed,
		html: html.toString(),
	};
}

function totalsTable(totals: readonly Total[]): Markup {
	return table(
		'By what becomes of the records, and by currency',
		[
			{ label: 'Outcome', width: 40 },
			{ label: 'Records', width: 20, isNumber: true },
			{ label: 'Total', width: 40, isNumber: true },
		],
		totals.map(({ what, records, ...amounts }) =>
			row(named(what), [numberCell(String(records)), numberCell(amountOf(amounts))]),
		),
	);
}

interface Section {
	readonly title: string;
	readonly records: readonly Outcome[];
	readonly one: (outcome: Outcome) => Markup;
	readonly all: (records: readonly Markup[]) => Markup;
}

/** Sections share the room: what one does not need is there for those that follow. */
function sectionsOf(input: ReportInput): { parts: Markup[]; notListed: number } {
	const sections = sectionsIn(input).filter(({ records }) => records.length > 0);
	const parts: Markup[] = [];
	let left = ROOM_FOR_RECORDS;
	let notListed = 0;
	for (const [index, { title, records, one, all }] of sections.entries()) {
		const { listed, bytes } = fitting(records, one, left / (sections.length - index));
		const missing = records.length - listed.length;
		left -= bytes;
		notListed += missing;
		parts.push(heading(`${title} (${records.length})`), all(listed));
		if (missing > 0) {
			parts.push(
				paragraph(
					`${missing} more ${missing === 1 ? 'is' : 'are'} not listed here. They are counted above, and each is an item of the other outputs.`,
				),
			);
		}
	}
	return { parts, notListed };
}

function sectionsIn({ definition, isPreview, outcomes }: ReportInput): Section[] {
	const of = (...kinds: OutcomeKind[]) => outcomes.filter(({ outcome }) => kinds.includes(outcome));
	const changed = isPreview
		? (['In Xero Now', 'Would Become'] as const)
		: (['Before', 'After'] as const);
	const block = (outcome: Outcome) => recordBlock(definition, outcome, changed);
	const apart = (records: readonly Markup[]) => markup`${records}`;
	const columns = [
		{ label: 'Document', width: 68 },
		{ label: 'Total', width: 32, isNumber: true },
	];
	const listed = (caption: string) => (records: readonly Markup[]) =>
		records.length === 0 ? markup`` : table(caption, columns, records);
	const made = isPreview ? 'Would Be Created' : 'Created';
	const joined = isPreview ? 'Would Be Linked' : 'Linked';
	return [
		{ title: 'Needs Attention', records: of('blocked', 'held', 'failed'), one: block, all: apart },
		{
			title: isPreview ? 'Would Be Changed' : 'Changed',
			records: of('wouldUpdate', 'updated'),
			one: block,
			all: apart,
		},
		{
			title: made,
			records: of('wouldCreate', 'created'),
			one: recordRow,
			all: listed('New in Xero'),
		},
		{
			title: joined,
			records: of('wouldLink', 'linked'),
			one: recordRow,
			all: listed('In Xero already'),
		},
		{
			title: 'As It Was, With a Note',
			records: of('unchanged', 'skipped').filter(({ issues }) => issues.length > 0),
			one: block,
			all: apart,
		},
	];
}
