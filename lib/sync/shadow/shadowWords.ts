import type { DocumentDefinition } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import type { Period } from '../compare/comparedPeriod';
import { hasSourceLink } from '../plan/sourceLink';
import { SHADOWS } from './kinds';
import type { ShadowedDocument } from './shadowRow';
import { shadowCounts } from './shadowTotals';

/** The first differences of a document are named, the others counted. */
const MOST_NAMED = 4;

/** "Sales invoice SO-1003: different. Theirs is INV-0042. Account: theirs 260, ours 200." */
export function shadowSentence({ label }: DocumentDefinition, document: ShadowedDocument): string {
	const { shadow, said, record, differences } = document;
	const named = differences
		.slice(0, MOST_NAMED)
		.map(({ field, theirs, ours }) => `${field}: theirs ${shown(theirs)}, ours ${shown(ours)}`);
	const left = differences.length - named.length;
	if (left > 0) named.push(`and ${left} more`);
	const what = `${label} ${record}: ${SHADOWS[shadow].toLowerCase()}. ${said}`;
	return named.length === 0 ? what : `${what} ${named.join('; ')}.`;
}

function shown(value: string): string {
	return value === '' ? 'none' : value.replace(/\.$/, '');
}

/** What tells whose a document is, as a person reads it. */
export function recognisedBy({ fields }: DocumentDefinition, by: string): string {
	return NAMED_BY[by] ?? fieldsByPath(fields).get(by)?.label ?? by;
}

const NAMED_BY: Readonly<Record<string, string>> = {
	id: 'Xero ID kept in Knack',
	sourceLink: 'Link to Source',
	name: 'Number or reference in its text',
	signs: 'Contact, total and day',
};

/** What is to be said of a period as a whole; the first gives it in numbers. */
export function shadowSentences(
	definition: DocumentDefinition,
	documents: readonly ShadowedDocument[],
	{ from, to }: Period,
	comparesPayment: boolean,
): string[] {
	const counts = shadowCounts(documents);
	const { plural } = definition;
	const bearsMark = hasSourceLink(definition);
	const parts = [
		`${counts.same} the same`,
		`${counts.different} different`,
		`${counts.onlyTheirs} only theirs`,
		`${counts.onlyOurs} only ours`,
		`${counts.doubledByThem} doubled by them`,
		...(counts.notCompared > 0 ? [`${counts.notCompared} not compared`] : []),
		...(counts.leftOut > 0 ? [`${counts.leftOut} left out`] : []),
	];
	return [
		`Of ${documents.length} ${plural} of ${from} to ${to}: ${parts.join(', ')}.`,
		`Theirs are the ${plural} of these days that are not ours, made by hand included: Xero does not say who made them. ${bearsMark ? 'Ours bear a link to their record.' : `As ${plural} bear no link to a record, ours are counted among them.`}`,
		`Only theirs are those that none of the items makes, so give the node all records of these days.`,
		...(comparesPayment
			? []
			: ['Payment is not compared: name the Amount Paid Field under Shadow Options.']),
	];
}
