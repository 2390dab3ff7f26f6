import { instantText } from '../../dates';
import type { Issue } from '../../issue';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { isStopping } from '../check/check';
import type { Draft } from '../draft';
import type { Outcome, OutcomeKind } from '../outcome';
import { outcomeOf } from '../outcomes';
import type { UpsertContext } from '../upsertContext';
import type { Undoing } from './way';

/** What became of one document, or would become of it. */
export interface Undone {
	readonly undoing: Undoing;
	readonly outcome: OutcomeKind;
	/** As Xero has it now. */
	readonly document?: XeroDocument;
	/** What is done in Xero, in words, in the order of doing. */
	readonly operations: readonly string[];
	readonly issues: readonly Issue[];
}

const VERBS: Readonly<Partial<Record<OutcomeKind, string>>> = {
	undone: 'Undid',
	wouldUndo: 'Would undo',
	unchanged: 'Nothing to undo of',
	skipped: 'Left',
	blocked: 'Did not undo',
	held: 'Did not undo',
	failed: 'Could not undo',
};

/** The outcome of one document, told under the record that the run told it under. */
export function outcomeOfUndone(context: UpsertContext, undone: Undone): Outcome {
	const { undoing, outcome, operations, issues } = undone;
	const { ran } = undoing;
	const [first] = ran.outcomes;
	const document = undone.document ?? undoing.document;
	const { id, number, contactName } = ran.left;
	const fields: FieldValues = contactName === undefined ? {} : { 'contact.name': contactName };
	const draft: Draft = {
		type: ran.definition.type,
		itemIndexes: ran.outcomes.flatMap(({ itemIndexes }) => itemIndexes),
		...(id === undefined ? {} : { id }),
		...(number === undefined ? {} : { name: number }),
		fields,
		source: first.source ?? {},
		issues: [],
	};
	const told = outcomeOf(
		{
			outcome,
			plan: { action: 'skip', draft, key: `undo:${id ?? ''}`, contentHash: '', issues },
			...(document ? { document } : {}),
			issues,
			operations,
		},
		factsOf(context, ran.definition),
	);
	return {
		...told,
		...(first.record === undefined ? {} : { record: first.record }),
		summary: summaryOf(undone, told.subject),
	};
}

function summaryOf({ undoing, outcome, operations, issues }: Undone, subject: string): string {
	const what = `${VERBS[outcome] ?? 'Undo of'} ${subject}`;
	const { way } = undoing;
	if (way.kind === 'done') return `${what}: it ${way.why}`;
	if (way.kind === 'stays') return `${what} as it is: it ${way.why}`;
	const stopping = issues.find(isStopping);
	if (stopping) return `${what}: ${stopping.message}`;
	const details = operations.length > 0 ? operations : ['the Knack record alone'];
	return `${what}: ${details.join('; ')}`;
}

function factsOf({ client, settings, clock }: UpsertContext, definition: DocumentDefinition) {
	const { reads, writes } = client.calls();
	return {
		definition,
		shortCode: settings.organisation.shortCode,
		settings,
		calls: reads + writes,
		at: instantText(clock.now()),
	};
}
