import type { Issue } from '../../issue';
import type { Draft } from '../../sync/draft';
import type { Outcome } from '../../sync/outcome';
import { placeOfSource, VERBS } from '../../sync/outcomes';
import type { ItemParameters } from './itemParameters';

/**
 * A value that could not be read is missing to every later check as well; what those say of the
 * same field only repeats it. A record that nothing else blocks is held by what is left.
 */
export function saidOnce(outcome: Outcome, draft: Draft | undefined): Outcome {
	const fields = new Set(draft?.issues.map(({ field }) => field));
	const isSaid = (field: string) => fields.has(field) || fields.has(ofAllLines(field));
	const repeated = outcome.issues.filter(
		(issue) => issue.field !== undefined && isSaid(issue.field) && !draft?.issues.includes(issue),
	);
	if (repeated.length === 0) return outcome;
	const issues = outcome.issues.filter((issue) => !repeated.includes(issue));
	const isOnlyHeld =
		outcome.outcome === 'blocked' && !issues.some(({ severity }) => severity === 'block');
	if (!isOnlyHeld) return { ...outcome, issues };
	const summary = outcome.summary.replace(VERBS.blocked, VERBS.held);
	return { ...outcome, outcome: 'held', summary, issues };
}

/** A column that is gone is missing to each line. */
function ofAllLines(field: string): string {
	return field.replace(/^lineItems\[\d+\]/, 'lineItems');
}

/** The outcome of an item that never became a draft: its expressions or its organisation failed. */
export function unsentOutcome(
	item: ItemParameters,
	outcome: 'blocked' | 'held' | 'failed',
	issues: readonly Issue[],
	at: string,
): Outcome {
	const { definition } = item;
	const label = definition.label.toLowerCase();
	return {
		outcome,
		document: { type: definition.type },
		source: placeOfSource(item.source),
		changes: [],
		issues,
		summary: `${VERBS[outcome]} ${label}: ${issues[0]?.message ?? ''}`,
		sync: { key: `${definition.type}:item ${item.index + 1}`, contentHash: '', calls: 0, at },
		subject: `${label} of item ${item.index + 1}`,
		itemIndexes: [item.index],
	};
}
