import type { IPollFunctions } from 'n8n-workflow';
import { processState } from '../processState';
import { triggerKey } from './triggerKey';

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

/** The trigger has a memory from now on. */
export function noteMemory(context: IPollFunctions): void {
	processState.remembering.add(triggerKey(context));
}

/**
 * Whether the trigger had a memory before, by what static data cannot lose: this process made it one,
 * or n8n starts anew with a workflow that is active already (another step, on a worker, may have
 * overwritten the static data of the whole workflow; n8n 2.41).
 */
export function hadMemory(context: IPollFunctions): boolean {
	return (
		processState.remembering.has(triggerKey(context)) ||
		['init', 'leadershipChange'].includes(context.getActivationMode())
	);
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
