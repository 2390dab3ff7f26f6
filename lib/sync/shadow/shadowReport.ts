import { decimal, moneyText } from '../../money';
import { shortened } from '../../texts';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { documentName } from '../compare/comparedNames';
import { fitting } from '../report/fitting';
import { linked, markup, value, type Markup } from '../report/markup';
import { aside, cell, heading, numberCell, page, paragraph, row, table } from '../report/page';
import { first, LONGEST_SENTENCE } from '../report/recordParts';
import { SHADOWS, type Shadow } from './kinds';
import type { ShadowedDocument } from './shadowRow';
import { differingFields, shadowTotals } from './shadowTotals';

/** Bytes for the documents that are listed one by one: Gmail hides what a mail has beyond some 100 kB. */
const ROOM = 80_000;
const LONGEST_VALUE = 200;

/** In the order in which a person looks at them; what is the same is counted alone. */
const SECTIONS: readonly Shadow[] = [
	'doubledByThem',
	'different',
	'onlyOurs',
	'onlyTheirs',
	'notCompared',
];

interface ShadowReportInput {
	readonly definition: DocumentDefinition;
	/** Names of the organisations in Xero. */
	readonly organisations: readonly string[];
	/** When, in words. */
	readonly at: string;
	readonly sentences: readonly string[];
	readonly documents: ReadonlyArray<ShadowedDocument & { readonly shortCode?: string }>;
}

/** A period beside another tool as a page for a person, of a size that a mail can carry. */
export function shadowReport(input: ShadowReportInput): {
	readonly title: string;
	/** Documents that the page counts but has no room to list. */
	readonly notListed: number;
	readonly html: string;
} {
	const { definition, organisations, at, sentences, documents } = input;
	const where = organisations.length === 0 ? '' : `, ${organisations.join(' and ')}`;
	const title = `Shadow of ${definition.plural}${shortened(where, LONGEST_VALUE)}`;
	const { parts, notListed } = sectionsOf(input);
	const html = page(title, [
		aside(at),
		...sentences.map((words) => paragraph(shortened(words, LONGEST_SENTENCE))),
		heading('Totals'),
		totalsTable(documents),
		fieldsTable(documents),
		...parts,
	]);
	return { title, notListed, html: html.toString() };
}

function totalsTable(documents: readonly ShadowedDocument[]): Markup {
	return table(
		'What became of the documents; of doubles, what is there too often',
		[
			{ label: 'Beside Theirs', width: 40 },
			{ label: 'Documents', width: 20, isNumber: true },
			{ label: 'Total', width: 40, isNumber: true },
		],
		shadowTotals(documents).map(({ shadow, documents: count, total, currency }) =>
			row(SHADOWS[shadow], [
				numberCell(String(count)),
				numberCell(
					total === undefined || currency === undefined ? '' : moneyText(decimal(total), currency),
				),
			]),
		),
	);
}

function fieldsTable(documents: readonly ShadowedDocument[]): Markup {
	const fields = differingFields(documents);
	if (fields.length === 0) return markup``;
	return table(
		'In how many documents a field differs',
		[
			{ label: 'Field', width: 60 },
			{ label: 'Documents', width: 40, isNumber: true },
		],
		first(
			fields,
			({ field, documents: count }) => row(field, [numberCell(String(count))]),
			(left) => row(`And ${left} more`, [numberCell('')]),
		),
	);
}

/** Sections share the room: what one does not need is there for those that follow. */
function sectionsOf({ definition, documents }: ShadowReportInput): {
	parts: Markup[];
	notListed: number;
} {
	const sections = SECTIONS.map((shadow) => ({
		shadow,
		own: documents.filter((each) => each.shadow === shadow),
	})).filter(({ own }) => own.length > 0);
	const parts: Markup[] = [];
	let left = ROOM;
	let notListed = 0;
	for (const [index, { shadow, own }] of sections.entries()) {
		const block = (each: (typeof own)[number]) => documentBlock(definition, each);
		const { listed, bytes } = fitting(own, block, left / (sections.length - index));
		const missing = own.length - listed.length;
		left -= bytes;
		notListed += missing;
		parts.push(heading(`${SHADOWS[shadow]} (${own.length})`), markup`${listed}`);
		if (missing > 0) {
			parts.push(
				paragraph(`${missing} more are not listed here. Each is an item of Needs Attention.`),
			);
		}
	}
	return { parts, notListed };
}

function documentBlock(
	definition: DocumentDefinition,
	{ record, said, documents, differences, shortCode }: ShadowedDocument & { shortCode?: string },
): Markup {
	const links = documents.map(
		(each: XeroDocument) =>
			markup`${linked(documentName(definition, each), definition.link(each.id, shortCode))} `,
	);
	return markup`<section style="margin:12px 0;padding:4px 0 4px 12px;border-left:4px solid #d0d7de">
<h3 style="margin:0;font-size:15px">${value(shortened(record, LONGEST_VALUE))}</h3>
${aside(shortened(said, LONGEST_SENTENCE))}${documents.length === 0 ? '' : markup`<div>${links}</div>`}${differences.length === 0 ? '' : differencesTable(differences)}</section>
`;
}

function differencesTable(differences: ShadowedDocument['differences']): Markup {
	const shown = (text: string) =>
		text === '' ? markup`<em>nothing</em>` : value(shortened(text, LONGEST_VALUE));
	return table(
		'Field by field',
		[
			{ label: 'Field', width: 30 },
			{ label: 'Theirs', width: 35 },
			{ label: 'Ours', width: 35 },
		],
		first(
			differences,
			({ field, theirs, ours }) => row(field, [cell(shown(theirs)), cell(shown(ours))]),
			(left) => row(`And ${left} more`, [cell(''), cell('')]),
		),
	);
}
