import { z } from 'zod';

import type { ListeningSandbox, Sandbox } from './sandbox';

const NEIGHBOURING_PORTS = 50;
const PATIENCE_MS = 2_000;

const taken = z.object({ code: z.literal('EADDRINUSE') });

const about = z.object({ editor: z.object({ url: z.string() }).nullable() });

/**
 * Listens on the port, or on the next one that is free; `tell` then hears why, and what has the other.
 * @throws what `Sandbox.listen` rejects with where no port nearby will do
 */
export async function listenFrom(
	sandbox: Sandbox,
	port: number,
	tell: (line: string) => void,
): Promise<ListeningSandbox> {
	for (let tried = port; ; tried += 1) {
		try {
			const listening = await sandbox.listen(tried);
			if (tried !== port) {
				tell(`${await programAt(port)} This sandbox takes ${listening.url} instead.`);
			}
			return listening;
		} catch (error) {
			if (!taken.safeParse(error).success || tried === port + NEIGHBOURING_PORTS) throw error;
		}
	}
}

/** What listens on a port of this machine, and how to reach it where it is a sandbox. */
async function programAt(port: number): Promise<string> {
	const url = `http://127.0.0.1:${port}`;
	const answer = await fetch(`${url}/control/about`, { signal: AbortSignal.timeout(PATIENCE_MS) })
		.then(async (response) => about.safeParse(await response.json()))
		.catch(() => undefined);
	if (!answer?.success) return `Another program listens on port ${port}.`;
	const { editor } = answer.data;
	return editor
		? `A demo is running already: its page is ${url}, its n8n ${editor.url}.`
		: `A sandbox is running already: ${url}.`;
}
