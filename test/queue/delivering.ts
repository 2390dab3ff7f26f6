import type { QueueMode } from '../../scripts/queue/queueMode';
import type { Execution, WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { fetchOnceReady } from '../../scripts/realN8n/databaseReady';
import { until } from '../../scripts/realN8n/waiting';

const MINUTE_MS = 60_000;

/** Executions wait for the minute of a spent limit, and for workers to be taken for dead. */
export const PATIENCE_MS = 8 * MINUTE_MS;

const UNDER_WAY = ['new', 'running', 'waiting'];

/** @returns the workflow's id */
export async function activated(queue: QueueMode, workflow: WorkflowFile): Promise<string> {
	const workflowId = await queue.main.rest.createWorkflow(workflow);
	await queue.main.activate(workflowId);
	return workflowId;
}

/** Hands a body to a workflow that listens at the path; n8n answers before it works. */
export async function post(baseUrl: string, path: string, body: unknown): Promise<void> {
	const answer = await fetchOnceReady(`${baseUrl}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`n8n answered a delivery with ${answer.status}`);
	await answer.arrayBuffer();
}

/** Waits until at least so many executions of a workflow are there, and all have ended, well or not. */
export async function allEnded(
	queue: QueueMode,
	workflowId: string,
	count: number,
	patienceMs = PATIENCE_MS,
): Promise<readonly Execution[]> {
	return await until(
		`${count} executions have ended`,
		patienceMs,
		async () => {
			const executions = await queue.main.rest.executions(workflowId);
			if (executions.length < count) return undefined;
			return executions.some(({ status }) => UNDER_WAY.includes(status)) ? undefined : executions;
		},
		1_000,
	);
}
