import { createProcessState, processState } from '../../lib/n8n/processState';

/** As after a restart of n8n: nothing is left of what executions shared in memory. */
export function restartProcess(): void {
	Object.assign(processState, createProcessState());
}
