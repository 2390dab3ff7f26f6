import { parseDecimal } from '../../../lib/money';
import { ATTENTION, type Outcome } from '../../../lib/sync/outcome';
import type { DocumentRow } from '../../../sandbox/xero/model';
import { folded } from '../identity/books';
import type { Finding } from '../identity/findings';
import type { Wanted } from './knackEdits';
import type { Kept, PersonEdit } from './personEdits';

/** What is promised of documents that people have edited in Xero. */
export const EDIT_PROMISES = {
	written: 'where the record is unchanged nothing is written',
	overwritten: 'what a person set in Xero stays',
	lost: 'what was changed in Knack goes over, or is said not to',
	oneSided: 'a conflict is said with both values',
	ledger: 'nobody else’s is touched, and none made twice',
	again: 'a second run writes nothing',
} as const;
export type EditPromise = keyof typeof EDIT_PROMISES;

export interface Broken {
	readonly what: EditPromise;
	readonly text: string;
}

export interface Case {
	readonly kept: readonly Kept[];
	/** What was changed in Knack; undefined where the record is as it was sent. */
	readonly wanted: Wanted | undefined;
	readonly row: DocumentRow;
	readonly outcome: Outcome;
	readonly isChanged: boolean;
	/** Of the whole run, against the generator's book. */
	readonly misdeeds: readonly Finding[];
	readonly writesAgain: number;
}

/** Edits that end or lock a document rather than setting a value of a field. */
const WITHOUT_VALUE: ReadonlySet<PersonEdit> = new Set(['approved', 'paid', 'voided']);

export function brokenBy(each: Case): Broken[] {
	const { kept, wanted, row, outcome, misdeeds, writesAgain } = each;
	const whats: EditPromise[] = [];
	const isWritten = each.isChanged || ['created', 'updated'].includes(outcome.outcome);
	if (!wanted && isWritten) whats.push('written');
	if (!kept.every((edit) => edit.stands(row))) whats.push('overwritten');
	if (wanted && !wanted.isIn(row)) whats.push(...brokenByNotGoing(wanted, each));
	if (misdeeds.length > 0) whats.push('ledger');
	if (writesAgain > 0) whats.push('again');
	const issues = outcome.issues.map(({ code, message }) => `${code} ${message}`).join(' | ');
	const [first] = misdeeds;
	const text = `${describe(each)}: ${outcome.outcome}: ${outcome.summary} ${issues}${first ? ` (${first.what}: ${first.text})` : ''}`;
	return whats.map((what) => ({ what, text }));
}

function describe({ kept, wanted }: Pick<Case, 'kept' | 'wanted'>): string {
	const byPerson = kept.map(({ edit, value }) => `${edit} ${value}`.trim()).join(', ');
	return wanted
		? `${byPerson} in Xero, ${wanted.edit} ${wanted.value} in Knack`
		: `${byPerson} in Xero`;
}

/** What does not go over is said, with Knack's value and the one that Xero has. */
function brokenByNotGoing(
	wanted: Wanted,
	{ kept, outcome }: Pick<Case, 'kept' | 'outcome'>,
): EditPromise[] {
	if (!ATTENTION.has(outcome.outcome) && outcome.issues.length === 0) return ['lost'];
	// A document that is voided or paid says so; there is no other value to name.
	if (kept.some(({ edit }) => WITHOUT_VALUE.has(edit))) return [];
	const said = outcome.issues.map(({ message }) => message).join(' ');
	const theirs = [
		wanted.before,
		...kept.flatMap(({ value, rest, line }) => [value, rest, line?.description]),
	];
	const isBothSided =
		mentions(said, wanted.value) &&
		theirs.some((value) => value !== undefined && value !== '' && mentions(said, value));
	return isBothSided ? [] : ['oneSided'];
}

/** As text, or as the same number written otherwise. */
function mentions(said: string, value: string): boolean {
	if (folded(said).includes(folded(value))) return true;
	const wanted = parseDecimal(value);
	const numbers = said.match(/\d+(\.\d+)?/g) ?? [];
	return wanted !== undefined && numbers.some((number) => parseDecimal(number)?.eq(wanted));
}
