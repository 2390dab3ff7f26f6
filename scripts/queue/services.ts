import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../realN8n/freePort';
import { until } from '../realN8n/waiting';
import { endWithThisProcess } from '../realN8n/watchdog';

/** From `findServices.mjs`. */
export interface ServicePrograms {
	readonly redisServer: string;
	readonly postgresFolder: string;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** A server of a test's own: on loopback, any free port, its data in a folder that goes with it. */
class Service {
	private readonly ended: Promise<void>;

	constructor(
		readonly port: number,
		private readonly child: ChildProcess,
		private readonly folder: string,
	) {
		this.ended = new Promise((resolve) => child.once('close', () => resolve()));
		if (child.pid !== undefined) endWithThisProcess(child.pid, folder);
	}

	async answers(what: string): Promise<void> {
		await until(`${what} answers`, START_TIMEOUT_MS, async () => {
			if (this.child.exitCode !== null) {
				throw new Error(`${what} ended with code ${this.child.exitCode}`);
			}
			return await takesConnections(this.port);
		});
	}

	/** @param signal how this server is told to end without waiting for who is connected */
	async stop(signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
		if (this.child.exitCode === null && this.child.signalCode === null) {
			this.child.kill(signal);
			const patience = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
			await this.ended;
			clearTimeout(patience);
		}
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** The Redis and the PostgreSQL of one n8n in queue mode. */
export class QueueServices {
	private constructor(
		private readonly redis: Service,
		private readonly postgres: Service,
	) {}

	static async start(programs: ServicePrograms): Promise<QueueServices> {
		const redis = await startRedis(programs.redisServer);
		try {
			return new QueueServices(redis, await startPostgres(programs.postgresFolder));
		} catch (error) {
			await redis.stop('SIGTERM');
			throw error;
		}
	}

	/** What n8n's processes are told of them. */
	get env(): Readonly<Record<string, string>> {
		return {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'postgres',
		};
	}

	async stop(): Promise<void> {
		await Promise.all([this.redis.stop('SIGTERM'), this.postgres.stop('SIGINT')]);
	}
}

/** Without a file: no test of these kills Redis itself. */
async function startRedis(program: string): Promise<Service> {
	const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-redis-'));
	const port = await freePort();
	const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const child = spawn(program, [...settings, '--save', '', '--appendonly', 'no'], {
		stdio: 'ignore',
	});
	const service = new Service(port, child, folder);
	await service.answers('Redis');
	return service;
}

/** PostgreSQL refuses to run as root: there it runs as the user that Debian's package made for it. */
async function startPostgres(programs: string): Promise<Service> {
	const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-postgres-'));
	const user = process.getuid?.() === 0 ? userNamed('postgres') : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const data = path.join(folder, 'data');
	const options = { ...user, cwd: folder };
	try {
		const flags = ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync'];
		await promisify(execFile)(path.join(programs, 'initdb'), flags, options);
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
	const port = await freePort();
	const settings = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
	// Nothing here outlives the test, so nothing has to be safe on the disk.
	const child = spawn(
		path.join(programs, 'postgres'),
		[...settings, '-c', 'fsync=off', '-c', 'max_connections=100'],
		{ ...options, stdio: 'ignore' },
	);
	const service = new Service(port, child, folder);
	await service.answers('PostgreSQL');
	return service;
}

function userNamed(name: string): { readonly uid: number; readonly gid: number } {
	const idOf = (flag: string): number =>
		Number(execFileSync('id', [flag, name], { encoding: 'utf8' }).trim());
	if (!new RegExp(`^${name}:`, 'm').test(readFileSync('/etc/passwd', 'utf8'))) {
		throw new Error(`PostgreSQL cannot run as root, and there is no user ${name} to run it as`);
	}
	return { uid: idOf('-u'), gid: idOf('-g') };
}

async function takesConnections(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
