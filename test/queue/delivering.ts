import type { QueueMode } from '../../scripts/queue/queueMode';
import type { Execution, WorkflowFile } from '../../scripts/realN8n/n8nRest';
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

/**
 * Hands a body to a workflow that listens at the path; n8n answers before it works. As whoever delivers
 * does, it calls again where n8n fails or does not answer.
 */
export async function post(baseUrl: string, path: string, body: unknown): Promise<void> {
	await until(`n8n takes a delivery at ${path}`, MINUTE_MS, async () => {
		const answer = await fetch(`${baseUrl}/webhook/${path}`, {
			method: 'POST',
			// A busy n8n resets connections that were kept.
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify(body),
		}).catch(() => undefined);
		await answer?.arrayBuffer();
		if (!answer || answer.status >= 500) return false;
		if (!answer.ok) throw new Error(`n8n answered a delivery with ${answer.status}`);
		return true;
	});
}

/** No more than these at a time: on a busy machine n8n gives up waiting for its database. */
const AT_A_TIME = 5;

/** Hands bodies on in order, some at a time. */
export async function postAll(
	baseUrl: string,
	path: string,
	bodies: readonly unknown[],
): Promise<void> {
	const waiting = [...bodies];
	const postNext = async (): Promise<void> => {
		for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
			await post(baseUrl, path, body);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, postNext));
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
