import { grouped } from '../../grouped';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import type { Outcome } from '../outcome';
import { placeOfSource } from '../outcomes';
import type { CarriedOut } from './carryOut';
import type { DecisionEntry } from './decisions';
import { DIFFERENCE_KINDS } from './kinds';

/** An outcome as the log of a run takes it. */
export type WrittenOutcome = Omit<Outcome, 'subject'>;

/** A difference that was to be carried out, and what became of it. */
interface TriedDifference {
	readonly entry: DecisionEntry;
	readonly result: CarriedOut;
}

type Tried = readonly [TriedDifference, ...TriedDifference[]];

/**
 * What Compare has written or tried to write, a record at a time and who decided it: what was sent to
 * Xero, and the records that were to take what Xero says.
 * @param calls of the run by now
 */
export function writtenOutcomes(
	definition: DocumentDefinition,
	tried: readonly TriedDifference[],
	calls: number,
): WrittenOutcome[] {
	const sent = grouped(
		tried.flatMap((one) => (one.result.outcome ? [[one.result.outcome, one] as const] : [])),
	);
	const taken = grouped(
		tried.flatMap((one) => {
			const { way, difference } = one.entry;
			return way === 'takeXeros' && difference.draft ? [[difference.draft, one] as const] : [];
		}),
	);
	return [
		...[...sent].map(([outcome, own]) => ({
			...outcome,
			operations: [...(outcome.operations ?? []), ...decidedBy(own)],
		})),
		...[...taken].map(([draft, own]) => takenOutcome(definition, draft, own, calls)),
	];
}

function takenOutcome(
	{ type, label }: DocumentDefinition,
	draft: Draft,
	own: Tried,
	calls: number,
): WrittenOutcome {
	const [{ entry, result }] = own;
	const { document, record, digest } = entry.difference;
	const { id, number, status, contactName } = document ?? {};
	const told = own.map((one) => one.entry.difference);
	const kinds = told.map(({ kind }) => DIFFERENCE_KINDS[kind].toLowerCase()).join(', ');
	const what = `the Knack record of ${label.toLowerCase()} ${record}: ${kinds}.`;
	return {
		record,
		outcome: result.isDone ? 'updated' : 'failed',
		document: {
			type,
			...(id === undefined ? {} : { id }),
			...(number === undefined ? {} : { number }),
			...(status === undefined ? {} : { status }),
			...(contactName === undefined ? {} : { contactName }),
		},
		source: placeOfSource(draft.source),
		changes: told.map(({ kind, ours, theirs }) => ({
			field: DIFFERENCE_KINDS[kind],
			before: ours,
			after: theirs,
		})),
		operations: decidedBy(own),
		issues: [],
		summary: result.isDone
			? `Wrote what Xero says into ${what}`
			: `Could not write what Xero says into ${what}${result.why ? ` ${result.why}` : ''}`,
		sync: { key: record, contentHash: digest, calls, at: entry.at ?? '' },
		itemIndexes: draft.itemIndexes,
	};
}

function decidedBy(own: Tried): string[] {
	const names = new Set(own.flatMap(({ entry: { by } }) => (by ? [by] : [])));
	return [...names].map((name) => `Decided by ${name}`);
}
