import type { Issue } from '../../issue';
import { decimal, moneyText } from '../../money';
import { shortened } from '../../texts';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { FieldChange, Outcome } from '../outcome';
import { changedLabel } from '../plan/changeWords';
import { linked, markup, value, type Markup } from './markup';
import { aside, cell, numberCell, row, table } from './page';

/** One record may take so much of the page, however much there is to say of it. */
const MOST_OF_EACH = 12;
const LONGEST_VALUE = 200;
export const LONGEST_SENTENCE = 600;

/** A record by itself: what it is, what is the matter with it, and what changes. */
export function recordBlock(
	definition: DocumentDefinition,
	{ subject, document, issues, changes, operations = [] }: Outcome,
	changed: readonly [before: string, after: string],
): Markup {
	return markup`<section style="margin:12px 0;padding:4px 0 4px 12px;border-left:4px solid #d0d7de">
<h3 style="margin:0;font-size:15px">${linked(named(subject), document.url)}</h3>
${first(issues, issueBlock)}${changes.length === 0 ? '' : changesTable(definition, changes, changed)}${first(operations, (words) => aside(shortened(words, LONGEST_SENTENCE)))}</section>
`;
}

/** A record as a row of a table: what it is, with what goes with it, and its total. */
export function recordRow({ subject, document, issues, operations = [] }: Outcome): Markup {
	const about = markup`${linked(named(subject), document.url)}${first(operations, (words) => aside(shortened(words, LONGEST_SENTENCE)))}${first(issues, issueBlock)}`;
	return row(about, [numberCell(amountOf(document))]);
}

/** An amount with its tax, where the record has one. */
export function amountOf({
	total,
	totalTax = '0',
	currency,
}: Pick<Outcome['document'], 'total' | 'totalTax' | 'currency'>): Markup {
	if (total === undefined || currency === undefined) return markup``;
	const tax = decimal(totalTax);
	return markup`${moneyText(decimal(total), currency)}${tax.eq(0) ? '' : aside(`with ${moneyText(tax, currency)} tax`)}`;
}

/** As a sentence begins. */
export function named(words: string): string {
	const text = shortened(words, LONGEST_VALUE);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is the matter, what helps, and the documents between which a person is to choose. */
function issueBlock({ severity, message, fix, candidates = [] }: Issue): Markup {
	const isNote = severity === 'warn';
	const mark = isNote ? 'Note' : 'Why';
	const colour = isNote ? '#7a4b00' : '#a40e26';
	const others = first(
		candidates,
		({ label, url }) => markup`<li>${linked(shortened(label, LONGEST_VALUE), url)}</li>`,
	);
	return markup`<div style="margin:4px 0"><strong class="${isNote ? 'note' : 'bad'}" style="color:${colour}">${mark}:</strong> ${shortened(message, LONGEST_SENTENCE)}<br><strong>What to do:</strong> ${shortened(fix, LONGEST_SENTENCE)}</div>
${candidates.length === 0 ? '' : markup`<ul style="margin:4px 0">${others}</ul>`}`;
}

function changesTable(
	definition: DocumentDefinition,
	changes: readonly FieldChange[],
	[before, after]: readonly [before: string, after: string],
): Markup {
	return table(
		'Field by field',
		[
			{ label: 'Field', width: 30 },
			{ label: before, width: 35 },
			{ label: after, width: 35 },
		],
		first(
			changes,
			(change) =>
				row(named(changedLabel(definition, change.field)), [
					cell(valueOf(change.before)),
					cell(valueOf(change.after)),
				]),
			(left) => row(`And ${left} more`, [cell(''), cell('')]),
		),
	);
}

function valueOf(given: FieldChange['before']): Markup {
	if (given === undefined || given === '') return markup`<em>nothing</em>`;
	if (typeof given === 'boolean') return markup`${given ? 'Yes' : 'No'}`;
	return value(shortened(given, LONGEST_VALUE));
}

/** The first ones, and how many more there are. */
export function first<Entry>(
	entries: readonly Entry[],
	made: (entry: Entry) => Markup,
	counted = (left: number) => aside(`And ${left} more`),
): Markup[] {
	const shown = entries.slice(0, MOST_OF_EACH).map(made);
	const left = entries.length - shown.length;
	return left > 0 ? [...shown, counted(left)] : shown;
}
