import { N8nRefusal } from './n8nRefusal';
import { type Execution, N8nRest, type Owner } from './n8nRest';
import { N8nProcess, type N8nProcessOptions } from './n8nProcess';
import { until } from './waiting';

export interface N8nOptions extends N8nProcessOptions {
	/** Whether the database has the owner already, as after a restart. */
	readonly ownerIsKnown?: boolean;
}

export const OWNER: Owner = {
	email: 'owner@example.com',
	password: 'Owner-of-the-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/**
 * A real n8n: its own process, a fresh SQLite database in a folder of its own unless told otherwise,
 * loopback only, and nothing sent to anybody. Stop it with `stop`, which also removes the folder.
 */
export class N8nServer {
	readonly rest: N8nRest;

	private constructor(private readonly process: N8nProcess) {
		this.rest = new N8nRest(process.url, () => process.whyGone());
	}

	/** Starts n8n with an owner and waits until it answers. */
	static async start(options: N8nOptions): Promise<N8nServer> {
		const server = new N8nServer(await N8nProcess.spawn(['start'], options));
		try {
			// Readiness comes before the REST API is mounted.
			await server.process.answers('/healthz/readiness', '/rest/settings');
			if (options.ownerIsKnown) await server.rest.signIn(OWNER);
			else await server.rest.setUpOwner(OWNER);
		} catch (error) {
			await server.stop();
			throw error;
		}
		return server;
	}

	get url(): string {
		return this.process.url;
	}

	/** What n8n wrote so far. */
	log(): string {
		return this.process.log();
	}

	/**
	 * Activates a workflow and waits until n8n has really done it. A newer n8n answers before that; an
	 * older one has no status to ask for, and its answer says how it went.
	 * @throws when a trigger could not be activated, for instance because its first poll threw
	 */
	async activate(workflowId: string, timeoutMs = 60_000): Promise<void> {
		await this.rest.requestActivation(workflowId).catch((error: unknown) => {
			throw error instanceof N8nRefusal ? couldNotActivate([error.said]) : error;
		});
		const outcome = await until('the workflow is active', timeoutMs, async () => {
			const now = await this.rest.publicationStatus(workflowId);
			const waits = now !== 'notKept' && ['in_progress', 'not_published'].includes(now.status);
			return waits ? undefined : now;
		});
		if (outcome === 'notKept' || outcome.status === 'published') return;
		throw couldNotActivate(outcome.triggers.flatMap(({ errorMessage }) => errorMessage ?? []));
	}

	/** Runs a workflow by hand and waits for the end. */
	async run(workflowId: string, triggerName: string, timeoutMs = 60_000): Promise<Execution> {
		return await this.finished(await this.rest.run(workflowId, triggerName), timeoutMs);
	}

	/** Waits until an execution has ended, well or not. */
	async finished(executionId: string, timeoutMs = 60_000): Promise<Execution> {
		return await until(`execution ${executionId} has ended`, timeoutMs, async () => {
			const execution = await this.rest.execution(executionId).catch(() => undefined);
			return execution && isOver(execution) ? execution : undefined;
		});
	}

	/** The first ended execution of a workflow that is newer than the given ones. */
	async nextExecution(
		workflowId: string,
		known: readonly string[],
		timeoutMs = 90_000,
	): Promise<Execution> {
		const next = await until(`workflow ${workflowId} has run`, timeoutMs, async () => {
			const executions = await this.rest.executions(workflowId);
			return executions.reverse().find((one) => !known.includes(one.id) && hasEnded(one));
		});
		return await this.finished(next.id, timeoutMs);
	}

	/** Deactivates a workflow, and waits until what it has begun has ended. */
	async settle(workflowId: string, timeoutMs = 30_000): Promise<void> {
		await this.rest.deactivate(workflowId);
		await until(`workflow ${workflowId} has come to rest`, timeoutMs, async () => {
			return (await this.rest.executionsUnderWay(workflowId)) === 0;
		});
	}

	async stop(): Promise<void> {
		await this.process.stop();
	}

	/** Ends it as a machine that fails does. */
	async kill(): Promise<void> {
		await this.process.kill();
	}
}

function couldNotActivate(reasons: readonly string[]): Error {
	return new Error(`n8n could not activate the workflow: ${reasons.join('; ')}`);
}

function hasEnded({ status }: Execution): boolean {
	return !['new', 'running', 'waiting'].includes(status);
}

/** n8n writes the status of an execution before it writes what happened in it. */
function isOver(execution: Execution): boolean {
	if (!hasEnded(execution)) return false;
	const { status, data } = execution;
	const { lastNodeExecuted, error } = data?.resultData ?? {};
	return error !== undefined || (status === 'success' && lastNodeExecuted !== undefined);
}
