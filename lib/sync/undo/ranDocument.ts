import { readInstant } from '../../dates';
import { grouped } from '../../grouped';
import { sameValue } from '../../xero/documents/comparedValues';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { RanChange, RanOutcome } from './ranOutcome';

/**
 * What runs did to a document:
 * - `nothing`: it was only looked at;
 * - `unclear`: something may have been written that the item does not tell;
 * - `undone`: it took back what another run did.
 */
type Did = 'created' | 'updated' | 'corrected' | 'linked' | 'nothing' | 'unclear' | 'undone';

/** One document of Xero with all that is to be taken back of it. */
export interface RanDocument {
	readonly definition: DocumentDefinition;
	readonly did: Did;
	/** In the order of the runs; the first has what is told of it. */
	readonly outcomes: readonly [RanOutcome, ...RanOutcome[]];
	/** What a field was before the first of them, and what it is after the last. */
	readonly changes: readonly RanChange[];
	/** The document as the last of them left it. */
	readonly left: RanOutcome['document'];
	/** Whether one of them sent it to the contact. */
	readonly isEmailed: boolean;
}

/** The place of a line in the record, and the path of a field of it. */
export const OF_LINE = /^lineItems\[(\d+)\]\.(.+)$/;

const WRITTEN: ReadonlySet<string> = new Set(['created', 'updated', 'linked']);

function didOf({ outcome, document, match, changes = [], issues = [] }: RanOutcome): Did {
	const isCorrected = issues.some(({ code }) => code === LATE_RULES.corrected.code);
	if (isCorrected) return outcome === 'updated' ? 'corrected' : 'unclear';
	if (outcome === 'created' || outcome === 'updated' || outcome === 'linked') return outcome;
	if (outcome === 'undone') return 'undone';
	if (outcome === 'failed') return isUnsent(issues, document) ? 'nothing' : 'unclear';
	// Found there when Xero was asked again: it may be this run's.
	if (outcome === 'unchanged') return match?.by === 'readBack' ? 'unclear' : 'nothing';
	if (outcome !== 'blocked' && outcome !== 'held') return 'nothing';
	// What was not found, and has an id all the same, the run made; or a part of it went over.
	const isThere = document.id !== undefined && match === undefined;
	return isThere || changes.length > 0 ? 'unclear' : 'nothing';
}

/** Xero was not reached with it. A document that is there may be a draft that was to go further. */
function isUnsent(
	issues: ReadonlyArray<{ readonly code: string }>,
	{ id }: RanOutcome['document'],
): boolean {
	return id === undefined && issues.some(({ code }) => code === LATE_RULES.notReached.code);
}

/** Brings together what is said of one document, so that it is taken back once. */
export function ranDocuments(outcomes: readonly RanOutcome[]): RanDocument[] {
	const written = outcomes.filter(
		({ outcome, document }) => document.id !== undefined && WRITTEN.has(outcome),
	);
	const rest = outcomes.filter((each) => !written.includes(each));
	const groups = grouped(
		written.map((each) => [`${each.document.type} ${each.document.id ?? ''}`.toLowerCase(), each]),
	);
	return [...[...groups.values()].map(together), ...rest.map((each) => together([each]))];
}

function together(given: readonly [RanOutcome, ...RanOutcome[]]): RanDocument {
	const [first, ...others] = [...given].sort((a, b) => momentOf(a) - momentOf(b));
	const outcomes: RanDocument['outcomes'] = first ? [first, ...others] : given;
	const all = outcomes.map(didOf);
	const did = (['unclear', 'undone', 'created', 'corrected', 'updated', 'linked'] as const).find(
		(each) => all.includes(each),
	);
	const last = outcomes.at(-1) ?? outcomes[0];
	return {
		definition: last.definition,
		did: did ?? 'nothing',
		outcomes,
		changes: changesOf(last.definition, outcomes),
		left: last.document,
		isEmailed: outcomes.some(({ after }) => after?.emailed === true),
	};
}

function momentOf({ sync }: RanOutcome): number {
	return readInstant(sync?.at) ?? 0;
}

function changesOf(
	{ fields, lineFields = [] }: DocumentDefinition,
	outcomes: readonly RanOutcome[],
): RanChange[] {
	const [ofHeader, ofLines] = [fieldsByPath(fields), fieldsByPath(lineFields)];
	const kindOf = (field: string) =>
		ofHeader.get(field) ??
		ofLines.get(OF_LINE.exec(field)?.[2] ?? '') ??
		({ kind: 'tracking' } as const);
	const changes = new Map<string, RanChange>();
	for (const each of outcomes.flatMap((outcome) => outcome.changes ?? [])) {
		const known = changes.get(each.field);
		// What another has written in between is what the later run found, and is given back.
		const isChained = known && sameValue(kindOf(each.field), known.after, each.before);
		changes.set(each.field, isChained ? { ...each, before: known.before } : each);
	}
	return [...changes.values()];
}
