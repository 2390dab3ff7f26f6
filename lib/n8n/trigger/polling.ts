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
 * Whether n8n took up by itself a workflow that was active before: when it started, or when another
 * main process led no more. n8n says so with every poll until the workflow is activated anew. A trigger
 * that remembers nothing then has lost its memory: a step of the workflow that ran on a worker has
 * overwritten the workflow's static data (n8n 2.41).
 */
export function isTakenUpAgain(context: IPollFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
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
