import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackage } from './communityPackage';
import { type Execution, N8nRefusal, N8nRest, type Owner } from './n8nRest';
import { endWithThisProcess } from './watchdog';

export interface N8nOptions {
	/** Paths of the Node that runs n8n and of n8n's start file. */
	runtime: { node: string; n8n: string };
	/** Packed package to install before the start; a plain n8n without it. */
	tarball?: string;
	/** More of n8n's environment, such as a proxy. */
	env?: Readonly<Record<string, string>>;
	/** Any free one unless told. */
	port?: number;
}

// 5 s by itself; a machine that does a dozen other things was seen to take two minutes and more.
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;
const TICK_MS = 200;
const NEIGHBOURING_PORTS = 50;

export const OWNER: Owner = {
	email: 'owner@example.com',
	password: 'Owner-of-the-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/**
 * A real n8n: its own process, a fresh SQLite database in a folder of its own, loopback only, and
 * nothing sent to anybody. Stop it with `stop`, which also removes the folder.
 */
export class N8nServer {
	readonly rest: N8nRest;

	private constructor(
		readonly url: string,
		private readonly child: ChildProcess,
		private readonly folder: string,
		private readonly logFile: string,
	) {
		this.rest = new N8nRest(url, () => this.whyGone());
	}

	/** Starts n8n with an owner and waits until it answers. */
	static async start(options: N8nOptions): Promise<N8nServer> {
		const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-n8n-'));
		mkdirSync(path.join(folder, '.n8n'));
		if (options.tarball) await installPackage(options.tarball, folder);
		const port = options.port ?? (await freePort());
		const brokerPort = await freePort();
		const logFile = path.join(folder, 'n8n.log');
		const log = openSync(logFile, 'a');
		const child = spawn(options.runtime.node, [options.runtime.n8n, 'start'], {
			cwd: folder,
			env: {
				...inheritedEnvironment(options.runtime.node),
				...n8nEnvironment(folder, port, brokerPort),
				...options.env,
			},
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		if (child.pid !== undefined) endWithThisProcess(child.pid, folder);
		const server = new N8nServer(`http://127.0.0.1:${port}`, child, folder, logFile);
		process.once('exit', server.kill);
		try {
			await server.untilReady();
			await server.rest.setUpOwner(OWNER);
		} catch (error) {
			await server.stop();
			throw error;
		}
		return server;
	}

	/** What n8n wrote so far. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
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

	/** How n8n ended and what it said last, if it did. */
	private whyGone(): string {
		const { exitCode, signalCode } = this.child;
		if (exitCode === null && signalCode === null) return 'Its process is still there.';
		const how = signalCode ? `by ${signalCode}` : `with code ${exitCode}`;
		return `Its process ended ${how}; it said last:\n${this.log().slice(-3_000)}`;
	}

	async stop(): Promise<void> {
		process.off('exit', this.kill);
		if (this.child.exitCode === null && this.child.signalCode === null) {
			const ended = new Promise((resolve) => this.child.once('close', resolve));
			this.child.kill('SIGTERM');
			const patience = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
			await ended;
			clearTimeout(patience);
		}
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	private readonly kill = (): void => {
		this.child.kill('SIGKILL');
		rmSync(this.folder, { recursive: true, force: true });
	};

	private async untilReady(): Promise<void> {
		await until('n8n is ready', START_TIMEOUT_MS, async () => {
			if (this.child.exitCode !== null) throw new Error(`n8n ended at once:\n${this.log()}`);
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			return answer?.ok === true;
		});
		// Readiness comes before the REST API is mounted.
		await until("n8n's editor is there", START_TIMEOUT_MS, async () => {
			const answer = await fetch(`${this.url}/rest/settings`).catch(() => undefined);
			return answer?.ok === true;
		});
	}
}

/** Asks again and again until the answer is neither undefined nor false. */
export async function until<Answer>(
	what: string,
	timeoutMs: number,
	ask: () => Promise<Answer | undefined | false>,
	everyMs = TICK_MS,
): Promise<Answer> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain until ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
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

/** Only what a process needs; credentials, proxies and n8n settings of the caller stay out. */
export function inheritedEnvironment(node: string): Record<string, string> {
	const names = ['HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'SYSTEMROOT'];
	const kept = names.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	const searchPath = [path.dirname(node), process.env.PATH ?? ''].join(path.delimiter);
	return { ...Object.fromEntries(kept), PATH: searchPath };
}

/** A database in the folder, loopback only, nothing sent to anybody. */
export function n8nEnvironment(
	folder: string,
	port: number,
	brokerPort: number,
): Record<string, string> {
	return {
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'a-key-for-a-database-that-is-thrown-away',
		DB_TYPE: 'sqlite',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		WEBHOOK_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_MODE: 'internal',
		N8N_PYTHON_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry,insights',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_LOG_LEVEL: 'info',
		EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
		GENERIC_TIMEZONE: 'Europe/London',
		NO_COLOR: '1',
	};
}

/** Any port that nobody listens on; with `wanted` that one, or the next after it that is free. */
export async function freePort(wanted = 0): Promise<number> {
	const last = wanted === 0 ? wanted : wanted + NEIGHBOURING_PORTS;
	for (let port = wanted; port <= last; port += 1) {
		const free = await listenOnce(port);
		if (free !== undefined) return free;
	}
	const range = wanted === 0 ? '' : ` from ${wanted} to ${last}`;
	throw new Error(`This machine has no free port${range}`);
}

async function listenOnce(port: number): Promise<number | undefined> {
	const server = createServer();
	const found = await new Promise<number | undefined>((resolve) => {
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : undefined);
		});
	});
	if (found !== undefined) await new Promise((done) => server.close(done));
	return found;
}
