import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackage } from './communityPackage';
import { freePort } from './freePort';
import { n8nEnvironment, inheritedEnvironment } from './n8nEnvironment';
import { until } from './waiting';
import { endWithThisProcess } from './watchdog';

export interface N8nProcessOptions {
	/** Paths of the Node that runs n8n and of n8n's start file. */
	readonly runtime: { readonly node: string; readonly n8n: string };
	/** Packed package to install before the start; a plain n8n without it. */
	readonly tarball?: string;
	/** More of n8n's environment, such as a proxy. */
	readonly env?: Readonly<Record<string, string>>;
	/** Any free one unless told. */
	readonly port?: number;
}

// 5 s by itself; a machine that does a dozen other things was seen to take two minutes and more.
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;

/**
 * One process of n8n: a folder of its own with the package in it, loopback only, nothing sent to
 * anybody. It ends with the process that started it, however that one ends.
 */
export class N8nProcess {
	private constructor(
		readonly url: string,
		readonly port: number,
		private readonly child: ChildProcess,
		private readonly folder: string,
		private readonly logFile: string,
	) {}

	/** @param command n8n's own, such as `start`, or `worker --concurrency=5` */
	static async spawn(
		command: readonly string[],
		{ runtime, tarball, env, port: wanted }: N8nProcessOptions,
	): Promise<N8nProcess> {
		const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-n8n-'));
		mkdirSync(path.join(folder, '.n8n'));
		if (tarball) await installPackage(tarball, folder);
		const port = wanted ?? (await freePort());
		const brokerPort = await freePort();
		const logFile = path.join(folder, 'n8n.log');
		const log = openSync(logFile, 'a');
		const child = spawn(runtime.node, [runtime.n8n, ...command], {
			cwd: folder,
			env: {
				...inheritedEnvironment(runtime.node),
				...n8nEnvironment(folder, port, brokerPort),
				...env,
			},
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		if (child.pid !== undefined) endWithThisProcess(child.pid, folder);
		const started = new N8nProcess(`http://127.0.0.1:${port}`, port, child, folder, logFile);
		process.once('exit', started.killAndForget);
		return started;
	}

	/** Waits until all of these addresses answer with success. */
	async answers(...paths: readonly string[]): Promise<void> {
		for (const address of paths) {
			await until(`n8n answers at ${address}`, START_TIMEOUT_MS, async () => {
				if (this.hasEnded) throw new Error(`n8n ended at once:\n${this.log()}`);
				const answer = await fetch(`${this.url}${address}`).catch(() => undefined);
				await answer?.arrayBuffer();
				return answer?.ok === true;
			});
		}
	}

	/** What n8n wrote so far. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/** How n8n ended and what it said last, if it did. */
	whyGone(): string {
		const { exitCode, signalCode } = this.child;
		if (!this.hasEnded) return 'Its process is still there.';
		const how = signalCode ? `by ${signalCode}` : `with code ${exitCode}`;
		return `Its process ended ${how}; it said last:\n${this.log().slice(-3_000)}`;
	}

	/** Ends it as a machine that fails does, without a chance to finish anything. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	private get hasEnded(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		process.off('exit', this.killAndForget);
		if (!this.hasEnded) {
			const ended = new Promise((resolve) => this.child.once('close', resolve));
			this.child.kill(signal);
			const patience = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
			await ended;
			clearTimeout(patience);
		}
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	private readonly killAndForget = (): void => {
		this.child.kill('SIGKILL');
		rmSync(this.folder, { recursive: true, force: true });
	};
}
