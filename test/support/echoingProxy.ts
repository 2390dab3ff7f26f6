import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy makes of a request that it shows: a page, or what a tool in between says of it. */
type Echo = (request: string, headers: Record<string, string>) => { type: string; body: string };

const html = (text: string) =>
	text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/"/g, '&quot;')
		.replace(/\//g, '&#x2F;');
const base64 = (text: string) => Buffer.from(text).toString('base64');

const ECHOES: readonly Echo[] = [
	(request) => ({ type: 'text/html', body: `<h1>Bad Gateway</h1><pre>${request}</pre>` }),
	(request) => ({ type: 'text/html', body: `<title>Blocked</title><p>${html(request)}</p>` }),
	(request) => ({ type: 'text/plain', body: request }),
	(request) => ({ type: 'text/plain', body: `Denied: ${encodeURIComponent(request)}` }),
	(request) => ({ type: 'text/plain', body: `Trace ${base64(request)}` }),
	(request) => ({ type: 'text/plain', body: `Trace ${base64(`x${request}`)}` }),
	(_, headers) => ({ type: 'application/json', body: JSON.stringify({ Message: 'no', headers }) }),
	(request) => ({ type: 'application/json', body: JSON.stringify({ Message: request }) }),
	(request) => ({
		type: 'application/json',
		body: JSON.stringify({ Detail: request, Status: 403 }),
	}),
	(request) => ({ type: 'application/json', body: JSON.stringify({ errors: [request] }) }),
	(request) => ({
		type: 'application/json',
		body: JSON.stringify({ Elements: [{ ValidationErrors: [{ Message: request }] }] }),
	}),
	(_, headers) => ({
		type: 'text/plain',
		body: Object.values(headers)
			.map((value) => `${base64(value)} ${encodeURIComponent(value)}`)
			.join('\n'),
	}),
	(request) => ({ type: 'application/json', body: JSON.stringify({ [request]: null }) }),
];

/** Those that are asked again wait for seconds, so there is one of them. */
const STATUSES: readonly number[] = [400, 401, 403, 404, 200, 502];

export interface EchoingProxy {
	readonly url: string;
	/** How many kinds of page with how many statuses there are. */
	readonly kinds: number;
	/** From now on each request is answered by a page of the kind that shows it; passed on when undefined. */
	echo(kind: number | undefined, only?: (path: string) => boolean): void;
	/** How many requests it showed. */
	shown(): number;
	close(): Promise<void>;
}

/** A proxy before the sandbox that repeats what it was sent, token, key and all. */
export async function echoingProxy(target: string): Promise<EchoingProxy> {
	let kind: number | undefined;
	let only: (path: string) => boolean = () => true;
	let shown = 0;

	const server = createServer((incoming, outgoing) => {
		void bytesOf(incoming).then((body) => {
			const path = incoming.url ?? '/';
			if (kind !== undefined && only(path)) {
				const headers = Object.fromEntries(
					Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
				);
				const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
				const request = [`${incoming.method ?? ''} ${path}`, ...lines, '', body].join('\n');
				const echo = ECHOES[kind % ECHOES.length];
				if (!echo) throw new Error(`There is no kind ${kind}`);
				const answer = echo(request, headers);
				shown += 1;
				outgoing.writeHead(STATUSES[Math.floor(kind / ECHOES.length)] ?? 502, {
					'content-type': answer.type,
					'www-authenticate': `Bearer realm="${headers.authorization ?? ''}"`.replace(/\s+/g, ' '),
				});
				outgoing.end(answer.body);
				return;
			}
			const passed = forward(
				target + path,
				{ method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
				(answer) => {
					outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(outgoing);
				},
			);
			passed.on('error', () => outgoing.destroy());
			passed.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		kinds: ECHOES.length * STATUSES.length,
		echo(next, where = () => true) {
			kind = next;
			only = where;
		},
		shown: () => shown,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bytesOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString('utf8');
}
