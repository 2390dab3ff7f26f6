import { createHash } from 'node:crypto';

import type { Answer } from './failures';
import type { World } from './world';

const LIFE_MS = 6 * 60_000;
const LONGEST_KEY = 128;

export interface IdempotentCall {
	readonly clientId: string;
	readonly tenantId: string;
	readonly key: string;
	readonly method: string;
	readonly url: string;
	readonly body: Uint8Array;
}

/**
 * Xero's Idempotency-Key: for six minutes the same key gives the first answer again, an error as
 * well; with another request it gives 400 (developer.xero.com, "Idempotent requests").
 */
export class Idempotency {
	private readonly running = new Map<string, { fingerprint: string; answer: Promise<Answer> }>();

	constructor(private readonly world: World) {}

	async once(call: IdempotentCall, perform: () => Promise<Answer>): Promise<Answer> {
		if (call.key.length > LONGEST_KEY) {
			return refusal(`Idempotency Key must not exceed ${LONGEST_KEY} characters`);
		}
		const place = `${call.clientId} ${call.key}`;
		const fingerprint = fingerprintOf(call);
		const running = this.running.get(place);
		if (running) {
			return running.fingerprint === fingerprint ? running.answer : usedDifferently(call.key);
		}
		const held = this.world.idempotentAnswers.get(place);
		if (held && held.expiresMs > this.world.now()) {
			return held.fingerprint === fingerprint ? held.answer : usedDifferently(call.key);
		}
		const expiresMs = this.world.now() + LIFE_MS;
		const answer = perform();
		this.running.set(place, { fingerprint, answer });
		try {
			const given = await answer;
			this.forgetOld();
			this.world.idempotentAnswers.put(place, { fingerprint, expiresMs, answer: given });
			return given;
		} finally {
			this.running.delete(place);
		}
	}

	private forgetOld(): void {
		if (this.world.idempotentAnswers.size < 2_000) return;
		const now = this.world.now();
		for (const [place, held] of this.world.idempotentAnswers.snapshot()) {
			if (held.expiresMs <= now) this.world.idempotentAnswers.delete(place);
		}
	}
}

function fingerprintOf(call: IdempotentCall): string {
	return createHash('sha1')
		.update(`${call.method} ${call.url} ${call.tenantId}\n`)
		.update(call.body)
		.digest('base64');
}

function usedDifferently(key: string): Answer {
	return refusal(`Idempotency Key ${key} is used with a different request`);
}

function refusal(message: string): Answer {
	return {
		status: 400,
		json: { ErrorNumber: 10, Type: 'ValidationException', Message: message },
	};
}
