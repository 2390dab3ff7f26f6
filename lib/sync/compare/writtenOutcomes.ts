import { grouped } from '../../grouped';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Outcome } from '../outcome';
import { placeOfSource } from '../outcomes';
import type { Comparison, StandingDifference } from './compare';
import { DIFFERENCE_KINDS } from './kinds';

/** An outcome as the log of a run takes it. */
export type WrittenOutcome = Omit<Outcome, 'subject'>;

/**
 * What Compare has written, a record at a time and who decided it: what was sent to Xero, and the
 * records that took what Xero says. What was tried and came to nothing in Xero is among it.
 */
export function writtenOutcomes(
	definition: DocumentDefinition,
	{ standing, outcomes }: Pick<Comparison, 'standing' | 'outcomes'>,
	calls: number,
): WrittenOutcome[] {
	const chosen = standing.filter(
		({ way, state }) => way === 'sendOurs' || (way === 'takeXeros' && state === 'carriedOut'),
	);
	const [sent, taken] = (['sendOurs', 'takeXeros'] as const).map((wanted) =>
		grouped(
			chosen.flatMap((each) => {
				const [first] = each.difference.draft?.itemIndexes ?? [];
				return each.way === wanted && first !== undefined ? [[first, each] as const] : [];
			}),
		),
	);
	return [
		...outcomes.map((outcome) => ({
			...outcome,
			operations: [
				...(outcome.operations ?? []),
				...decidedBy(sent?.get(outcome.itemIndexes[0] ?? -1) ?? []),
			],
		})),
		...[...(taken?.values() ?? [])].map((own) => takenOutcome(definition, own, calls)),
	];
}

function takenOutcome(
	{ type, label }: DocumentDefinition,
	own: readonly [StandingDifference, ...StandingDifference[]],
	calls: number,
): WrittenOutcome {
	const [{ difference, at = '' }] = own;
	const { draft, document, record } = difference;
	const kinds = own.map((each) => DIFFERENCE_KINDS[each.difference.kind].toLowerCase());
	return {
		record,
		outcome: 'updated',
		document: {
			type,
			...(document ? { id: document.id } : {}),
			...(document?.number === undefined ? {} : { number: document.number }),
			...(document?.status === undefined ? {} : { status: document.status }),
			...(document?.contactName === undefined ? {} : { contactName: document.contactName }),
		},
		source: placeOfSource(draft?.source ?? {}),
		changes: own.map((each) => ({
			field: DIFFERENCE_KINDS[each.difference.kind],
			before: each.difference.ours,
			after: each.difference.theirs,
		})),
		operations: decidedBy(own),
		issues: [],
		summary: `Wrote what Xero says into the Knack record of ${label.toLowerCase()} ${record}: ${kinds.join(', ')}.`,
		sync: { key: record, contentHash: difference.digest, calls, at },
		itemIndexes: draft?.itemIndexes ?? [],
	};
}

function decidedBy(own: readonly StandingDifference[]): string[] {
	const names = new Set(own.flatMap(({ by }) => (by === undefined || by === '' ? [] : [by])));
	return [...names].map((name) => `Decided by ${name}`);
}
