import { createProcessState, processState } from '../../lib/n8n/processState';

/**
 * Several n8n processes in one, such as main and its workers: each has what its executions share, and
 * nothing of what the others have. One works at a time.
 */
export function severalProcesses() {
	const states = new Map<string, ReturnType<typeof createProcessState>>();
	return async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
		const state = states.get(name) ?? createProcessState();
		states.set(name, state);
		Object.assign(processState, state);
		return await work();
	};
}
