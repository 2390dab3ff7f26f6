import type { FunctionsBase } from 'n8n-workflow';

/** Tells triggers apart in this process. */
export function triggerKey(context: Pick<FunctionsBase, 'getWorkflow' | 'getNode'>): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}
