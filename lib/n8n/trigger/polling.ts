import type { IPollFunctions } from 'n8n-workflow';
import { processState } from '../processState';

/** n8n abandons a poll after a while; older versions do not say when. */
const DEFAULT_BUDGET_MS = 45_000;

/** How long a poll may take, milliseconds. */
export function pollBudget(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context && typeof context.getPollBudgetMs === 'function'
		? context.getPollBudgetMs()
		: DEFAULT_BUDGET_MS;
}

/** Whether the workflow's static data, of which n8n makes one with each activation, is new. */
export function isFirstPoll(context: IPollFunctions): boolean {
	return !processState.polled.has(context.getWorkflowStaticData('node'));
}

export function notePoll(context: IPollFunctions): void {
	processState.polled.add(context.getWorkflowStaticData('node'));
}

/**
 * Refuses the first poll where the webhook could not tell a caller from a forger. The webhook refuses
 * as well. Should only that fail, n8n polls while it tries again, and a poll in between takes its
 * expression engine away, and with it the reason (n8n 2.41).
 */
export async function requireAtFirstPoll(
	context: IPollFunctions,
	requireSafe: (context: IPollFunctions) => Promise<boolean>,
): Promise<void> {
	if (isFirstPoll(context)) await requireSafe(context);
}
