import type { Sandbox } from '../../sandbox/sandbox';
import type { Connections } from '../realN8n/connectedN8n';
import { connectServices } from '../realN8n/connectedN8n';
import { N8nProcess, type N8nProcessOptions } from '../realN8n/n8nProcess';
import { freePort } from '../realN8n/freePort';
import { N8nServer } from '../realN8n/n8nServer';
import { CallWatch } from './callWatch';
import { QueueServices, type ServicePrograms } from './services';

export interface QueueModeOptions {
	readonly runtime: N8nProcessOptions['runtime'];
	readonly tarball: string;
	readonly services: ServicePrograms;
	readonly sandbox: Sandbox;
	/** Where the sandbox listens, such as `http://127.0.0.1:4010`. */
	readonly sandboxUrl: string;
	readonly workers?: number;
	/** Webhook processes beside main. */
	readonly webhookProcesses?: number;
	/** Executions that a worker carries at once. */
	readonly concurrency?: number;
}

/** After so long without a word a worker is taken for dead; a minute where nobody says. */
const LOCK_MS = 10_000;

const LOCKS = {
	QUEUE_WORKER_LOCK_DURATION: String(LOCK_MS),
	QUEUE_WORKER_LOCK_RENEW_TIME: String(LOCK_MS / 4),
	QUEUE_WORKER_STALLED_INTERVAL: String(LOCK_MS / 2),
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
};

/**
 * n8n as its larger users run it: main, workers and webhook processes, each with a folder of its own
 * and the package in it, over Redis and PostgreSQL. Which of them asks what of Knack and Xero is seen
 * on the way, and each can be ended at any moment.
 */
export class QueueMode {
	private readonly workers = new Map<string, N8nProcess>();
	private readonly webhookProcesses: N8nProcess[] = [];
	private started: N8nServer | undefined;
	private chosen: Connections | undefined;

	private constructor(
		private readonly options: QueueModeOptions,
		private readonly services: QueueServices,
		readonly watch: CallWatch,
	) {}

	static async start(options: QueueModeOptions): Promise<QueueMode> {
		const services = await QueueServices.start(options.services);
		const queue = new QueueMode(options, services, new CallWatch(options.sandbox));
		try {
			await queue.startMain();
			// What comes through the watch has `localhost` for its host.
			const { port } = new URL(options.sandboxUrl);
			queue.chosen = await connectServices(queue.main, `http://localhost:${port}`);
			const names = Array.from({ length: options.workers ?? 2 }, (_, at) => `worker ${at + 1}`);
			await Promise.all(names.map(async (name) => await queue.startWorker(name)));
			for (let at = 1; at <= (options.webhookProcesses ?? 0); at += 1) {
				const hook = await N8nProcess.spawn(['webhook'], await queue.optionsFor(`webhook ${at}`));
				queue.webhookProcesses.push(hook);
				await hook.answers('/healthz/readiness');
			}
			return queue;
		} catch (error) {
			await queue.stop();
			throw error;
		}
	}

	get main(): N8nServer {
		if (!this.started) throw new Error('main is not running');
		return this.started;
	}

	get connections(): Connections {
		if (!this.chosen) throw new Error('Nothing is connected yet');
		return this.chosen;
	}

	/** Where n8n takes webhooks: main's address, then the ones of the webhook processes. */
	get webhookUrls(): readonly string[] {
		return [this.main.url, ...this.webhookProcesses.map(({ url }) => url)];
	}

	get workerNames(): readonly string[] {
		return [...this.workers.keys()];
	}

	/** Ends a worker as a machine that fails does. */
	async killWorker(name: string): Promise<void> {
		const worker = this.workers.get(name);
		if (!worker) throw new Error(`There is no ${name}`);
		this.workers.delete(name);
		await worker.kill();
	}

	async startWorker(name: string): Promise<void> {
		const { concurrency = 5 } = this.options;
		const worker = await N8nProcess.spawn(
			['worker', `--concurrency=${concurrency}`],
			await this.optionsFor(name),
		);
		this.workers.set(name, worker);
		await worker.answers('/healthz/readiness');
	}

	async killMain(): Promise<void> {
		await this.main.kill();
	}

	/** At its old address, with what the database knows. */
	async startMainAgain(): Promise<void> {
		await this.startMain({ port: Number(new URL(this.main.url).port), ownerIsKnown: true });
	}

	async stop(): Promise<void> {
		const processes = [...this.workers.values(), ...this.webhookProcesses];
		await Promise.allSettled([
			this.started?.stop(),
			...processes.map(async (one) => await one.stop()),
		]);
		await this.watch.stop();
		await this.services.stop();
	}

	private async startMain(more: { port?: number; ownerIsKnown?: boolean } = {}): Promise<void> {
		const options = await this.optionsFor('main');
		this.started = await N8nServer.start({ ...options, ...more });
	}

	private async optionsFor(processName: string): Promise<N8nProcessOptions> {
		const { runtime, tarball } = this.options;
		const worker = processName.startsWith('worker');
		const port = worker ? await freePort() : undefined;
		return {
			runtime,
			tarball,
			...(port === undefined ? {} : { port }),
			env: {
				...this.services.env,
				...LOCKS,
				...(await this.watch.watch(processName)),
				...(port === undefined
					? {}
					: {
							QUEUE_HEALTH_CHECK_ACTIVE: 'true',
							QUEUE_HEALTH_CHECK_PORT: String(port),
							N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
						}),
			},
		};
	}
}
