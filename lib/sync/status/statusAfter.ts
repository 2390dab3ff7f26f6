import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Outcome, OutcomeKind } from '../outcome';

const FORESEEN: ReadonlySet<OutcomeKind> = new Set(['wouldCreate', 'wouldUpdate']);

/** The status that a document has after the run; in a preview, the one that it is to have. */
export function statusAfter(
	{ statusPath, lifecycle }: DocumentDefinition,
	{ outcome, document, changes }: Outcome,
): string | undefined {
	if (!FORESEEN.has(outcome)) return document.status;
	const change = changes.find(({ field }) => field === statusPath);
	if (typeof change?.after === 'string') return change.after;
	return document.status ?? lifecycle.initial;
}
