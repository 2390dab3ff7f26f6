import { createServer } from 'node:net';

const NEIGHBOURING_PORTS = 50;

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
