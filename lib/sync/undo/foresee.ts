import { createGiveWay } from '../../giveWay';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { MOST_ELEMENTS } from '../../xero/requestSize';
import type { Outcome } from '../outcome';
import { previewStatusChange } from '../status/changeStatus';
import { planStatus, type StatusPlan } from '../status/planStatus';
import { findLeaving } from '../status/statusOrders';
import { tellReversals } from '../status/statusReversals';
import { previewDocuments } from '../upsert';
import type { UpsertContext } from '../upsertContext';
import { expectedWrites } from '../write/expectedWrites';
import { operationsOf } from './inWords';
import { leaveOrders } from './leftBehind';
import { innerOptions, type UndoOptions } from './plan';
import { statusDraft, unwritten } from './statusDraft';
import type { Undone } from './undone';
import type { Undoing } from './way';

/** What carrying out the plans of one type would do. Reads only; throws ServiceFaultError. */
export async function foreseeType(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
): Promise<{ readonly undone: readonly Undone[]; readonly expectedCalls: number }> {
	const statuses = await foreseeStatuses(context, definition, undoings, options);
	const restores = await foreseeRestores(context, definition, undoings, options);
	const behind = await leaveOrders(context, definition, undoings, options, previewStatusChange);
	const notes = undoings.flatMap(({ way }) => (way.kind === 'credit' ? [way.back] : []));
	const [first] = notes;
	const count = (kind: Undoing['way']['kind']) =>
		undoings.filter(({ way }) => way.kind === kind).length;
	const alone = undoings.reduce((sum, { allocations }) => sum + allocations.length, 0);
	return {
		expectedCalls:
			statuses.calls +
			restores.calls +
			behind.calls +
			alone +
			count('delete') +
			count('reverse') +
			notes.length +
			(first
				? await expectedWrites(
						first.definition,
						notes.map(({ note }) => note),
						createGiveWay(context.clock),
					)
				: 0),
		undone: undoings.map((undoing): Undone => {
			const own = unwritten(undoing);
			if (own) return behind.tell(own);
			const restored = restores.outcomes.get(undoing);
			const status = statuses.words.get(undoing);
			const { issues } = undoing;
			if (!restored) {
				const operations = status ?? operationsOf(undoing);
				return { undoing, outcome: 'wouldUndo', operations, issues };
			}
			return {
				undoing,
				outcome: restored.outcome === 'wouldUpdate' ? 'wouldUndo' : restored.outcome,
				operations: [...(restored.operations ?? []), ...(status ?? [])],
				issues: [...issues, ...restored.issues],
			};
		}),
	};
}

/** The moves of status, with what they do to the orders of bills. */
async function foreseeStatuses(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
): Promise<{ readonly words: ReadonlyMap<Undoing, readonly string[]>; readonly calls: number }> {
	const inner = innerOptions(options);
	const plans = new Map<Undoing, StatusPlan>();
	let besides = 0;
	for (const undoing of undoings) {
		const { way, document } = undoing;
		const to = way.kind === 'status' || way.kind === 'restore' ? way.to : undefined;
		if (to === undefined || !document) continue;
		if (way.kind === 'status') besides += way.besides.length;
		const match = { kind: 'matched', document, by: 'id', issues: [] } as const;
		const draft = statusDraft(definition, document, to);
		plans.set(undoing, planStatus(definition, { draft, match }, to, context.settings, inner));
	}
	const all = [...plans.values()];
	const told = await tellReversals(context, definition, all);
	const leaving = await findLeaving(context, definition, told, inner.ruleSeverities);
	const words = new Map<Undoing, readonly string[]>();
	[...plans.keys()].forEach((undoing, index) => {
		const plan = told[index];
		if (!plan) return;
		const operations = operationsOf(undoing);
		const settled = { outcome: 'wouldUpdate' as const, plan, issues: [], operations };
		words.set(undoing, leaving.foresee(plan, settled).operations ?? []);
	});
	const perCall = definition.wire.singly ? 1 : MOST_ELEMENTS;
	return {
		words,
		calls: Math.ceil(plans.size / perCall) + Math.ceil(besides / perCall) + leaving.calls,
	};
}

async function foreseeRestores(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
): Promise<{ readonly outcomes: ReadonlyMap<Undoing, Outcome>; readonly calls: number }> {
	const outcomes = new Map<Undoing, Outcome>();
	const due = undoings.flatMap((undoing) =>
		undoing.way.kind === 'restore' && undoing.way.draft
			? [{ undoing, draft: undoing.way.draft }]
			: [],
	);
	if (due.length === 0) return { outcomes, calls: 0 };
	const drafts = due.map(({ draft }) => draft);
	const report = await previewDocuments(context, definition, drafts, innerOptions(options));
	due.forEach(({ undoing }, index) => {
		const own = report.outcomes[index];
		if (own) outcomes.set(undoing, own);
	});
	return { outcomes, calls: report.expectedCalls };
}
