import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Sandbox } from '../../sandbox/sandbox';

/** One request of one process, as it passed on its way to the sandbox. */
export interface WatchedCall {
	/** Name of the process that asked, such as `worker 1`. */
	readonly process: string;
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly body: string;
	/** Epoch milliseconds. */
	readonly at: number;
	/** Of the answer; missing until there is one. */
	status?: number;
}

/** Before the sandbox has heard of it, or when all is done there and the answer is on its way. */
export type Stage = 'asked' | 'answered';

/** What an observer makes of a call: `lost` and the one who asked never hears of it. */
export type Verdict = 'lost' | 'goesOn';

export type Observer = (call: WatchedCall, stage: Stage) => Promise<Verdict> | Verdict;

/** Headers that are between two neighbours only. */
const HOP_HEADERS = ['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'host'];

/**
 * Proxies between n8n's processes and the sandbox, one for each process, so that it is known who
 * asked what; each can hold an answer back, or lose it, after all was done for it.
 */
export class CallWatch {
	readonly calls: WatchedCall[] = [];

	private readonly servers: Server[] = [];
	private readonly observers = new Set<Observer>();

	constructor(private readonly sandbox: Sandbox) {}

	/**
	 * Opens the way of one process.
	 * @returns environment for it: what it asks of `localhost` comes through here, n8n's own talk
	 *   with itself under 127.0.0.1 does not
	 */
	async watch(processName: string): Promise<Readonly<Record<string, string>>> {
		const server = createServer((request, response) => {
			this.pass(processName, request, response).catch(() => response.destroy());
		});
		this.servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		if (typeof address !== 'object' || address === null) throw new Error('No port to watch on');
		return { HTTP_PROXY: `http://127.0.0.1:${address.port}`, NO_PROXY: '127.0.0.1' };
	}

	/** @returns what ends the observing */
	observe(observer: Observer): () => void {
		this.observers.add(observer);
		return () => this.observers.delete(observer);
	}

	async stop(): Promise<void> {
		for (const server of this.servers) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	}

	private async pass(
		processName: string,
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		const content = Buffer.concat(chunks);
		const call: WatchedCall = {
			process: processName,
			method: request.method ?? 'GET',
			path: `${pathname}${search}`,
			body: content.toString(),
			at: Date.now(),
		};
		this.calls.push(call);
		if (await this.isLost(call, 'asked')) return void response.destroy();
		const answer = await this.sandbox.fetch(
			new Request(`http://localhost${call.path}`, {
				method: call.method,
				headers: passedOn(request),
				...(content.length > 0 ? { body: content } : {}),
			}),
		);
		const answered = Buffer.from(await answer.arrayBuffer());
		call.status = answer.status;
		if (await this.isLost(call, 'answered')) return void response.destroy();
		const headers = Object.fromEntries(answer.headers);
		response.writeHead(answer.status, { ...headers, 'content-length': answered.length });
		response.end(answered);
	}

	private async isLost(call: WatchedCall, stage: Stage): Promise<boolean> {
		for (const observer of this.observers) {
			if ((await observer(call, stage)) === 'lost') return true;
		}
		return false;
	}
}

function passedOn(request: IncomingMessage): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(request.headers)) {
		if (HOP_HEADERS.includes(name) || value === undefined) continue;
		headers.set(name, Array.isArray(value) ? value.join(', ') : value);
	}
	return headers;
}
