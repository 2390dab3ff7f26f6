import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const AGAIN_AFTER_MS = 1_000;

/**
 * Asks an n8n again while it says that its database is not ready, as it does for seconds on a busy
 * machine, before it has looked at the request. Node's `fetch` in everything else.
 */
export async function fetchOnceReady(url: string, init: RequestInit): Promise<Response> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const answer = await fetch(url, init);
		if (answer.status !== 503 || Date.now() > deadline) return answer;
		const text = await answer.clone().text();
		if (!text.includes('Database is not ready')) return answer;
		await sleep(AGAIN_AFTER_MS);
	}
}
