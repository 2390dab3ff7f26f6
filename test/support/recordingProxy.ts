import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Recorded {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export interface RecordingProxy {
	readonly url: string;
	/** What went through, headers included, which the sandbox's journal does not keep. */
	readonly seen: readonly Recorded[];
	close(): Promise<void>;
}

/** Passes everything on to the sandbox as it comes, and keeps what was sent. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
	const seen: Recorded[] = [];
	const server = createServer((incoming, outgoing) => {
		const { method = '', url: path = '', headers } = incoming;
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const body = Buffer.concat(chunks);
			seen.push({ method, path, headers, body: body.toString('utf8') });
			const passed = forward(`${target}${path}`, { method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			passed.on('error', () => outgoing.destroy());
			passed.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
