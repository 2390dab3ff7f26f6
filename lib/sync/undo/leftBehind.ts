import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Outcome } from '../outcome';
import type { changeStatus } from '../status/changeStatus';
import type { UpsertContext } from '../upsertContext';
import { innerOptions, type UndoOptions } from './plan';
import { statusDraft } from './statusDraft';
import type { Undone } from './undone';
import type { Undoing } from './way';

/** What is done to orders whose bills are out of the books already. */
export interface LeftBehind {
	/** What is undone of a document that is, or would be, out already. */
	tell(undone: Undone): Undone;
	/** Write calls that it takes. */
	readonly calls: number;
}

/**
 * Takes bills off their orders that are out of the books already: an undo may have died in between.
 * Throws ServiceFaultError where Xero cannot be read.
 * @param change carries it out, or shows it
 */
export async function leaveOrders(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
	change: typeof changeStatus,
): Promise<LeftBehind> {
	const { gone } = definition.lifecycle;
	const out = undoings.flatMap((undoing) => {
		const { document, ran, way } = undoing;
		const isOut = way.kind === 'done' && ran.did === 'created' && definition.fills !== undefined;
		return isOut && document && gone.includes(document.status ?? '')
			? [{ undoing, draft: statusDraft(definition, document, document.status ?? '') }]
			: [];
	});
	if (out.length === 0) return { tell: (undone) => undone, calls: 0 };
	const drafts = out.map(({ draft }) => draft);
	const report = await change(context, definition, drafts, '', innerOptions(options));
	const told = new Map(out.map(({ undoing }, index) => [undoing, report.outcomes[index]]));
	return {
		calls: report.expectedCalls,
		tell: (undone) => withOrders(undone, told.get(undone.undoing)),
	};
}

function withOrders(undone: Undone, own: Outcome | undefined): Undone {
	if (!own || own.outcome === 'unchanged') return undone;
	const { outcome, operations = [], issues } = own;
	const kinds = { updated: 'undone', wouldUpdate: 'wouldUndo', held: 'held' } as const;
	const known = Object.entries(kinds).find(([kind]) => kind === outcome);
	return {
		...undone,
		outcome: known?.[1] ?? 'failed',
		operations,
		issues: [...undone.issues, ...issues],
	};
}
