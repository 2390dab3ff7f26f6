import type { Clock } from '../clock';
import type { HttpOutcome } from '../http';
import { perName } from '../perName';

/** How long requests go side by side before one goes ahead alone again. */
const SIDE_BY_SIDE_MS = 5 * 60_000;

/** How long another process may take to keep the token that it got. */
const OTHER_PROCESS_MS = 3_000;

interface Turns {
	/** Epoch milliseconds until which the stored token is taken to be good. */
	goodUntilMs: number;
	/** Requests under way. */
	underWay: number;
	alone: Promise<void> | undefined;
}

/** The turns of OAuth credentials, by their ids. */
export interface SigningTurns {
	/**
	 * Sends a request of an OAuth credential so that an expired token is refreshed once. n8n before
	 * 2.30 refreshes for every request that meets a 401, each with the same refresh token, and a
	 * refresh token that rotates can be used once. So the first request goes alone and the others
	 * follow with the token that it left behind. A request that lost such a race all the same is sent
	 * once more, alone.
	 *
	 * n8n's own lock over processes holds for ten seconds: where the token endpoint takes longer, a
	 * second process uses the same refresh token and is refused. The token that the first one got is
	 * there a moment later, so a refused grant is tried once more.
	 */
	inTurn(
		credentialId: string,
		clock: Clock,
		send: () => Promise<HttpOutcome>,
	): Promise<HttpOutcome>;
}

export function createSigningTurns(): SigningTurns {
	const credentials = perName((): Turns => ({ goodUntilMs: 0, underWay: 0, alone: undefined }));
	return {
		async inTurn(credentialId, clock, send) {
			const turns = credentials.of(credentialId);
			while (turns.alone) await turns.alone;
			if (clock.now() >= turns.goodUntilMs) return await goAlone(turns, clock, send);

			const hadCompany = turns.underWay > 0;
			turns.underWay += 1;
			const outcome = await send().finally(() => {
				turns.underWay -= 1;
			});
			if (outcome.kind !== 'notSigned') return outcome;
			turns.goodUntilMs = 0;
			while (turns.alone) await turns.alone;
			return hadCompany || turns.underWay > 0 ? await goAlone(turns, clock, send) : outcome;
		},
	};
}

async function goAlone(
	turns: Turns,
	clock: Clock,
	send: () => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
	let letOthersGo: () => void = () => undefined;
	turns.alone = new Promise<void>((resolve) => {
		letOthersGo = resolve;
	});
	turns.underWay += 1;
	try {
		let outcome = await send();
		if (outcome.kind === 'notSigned' && /\binvalid_grant\b/.test(outcome.reason)) {
			await clock.sleep(OTHER_PROCESS_MS);
			outcome = await send();
		}
		turns.goodUntilMs =
			outcome.kind === 'answer' && outcome.status !== 401 ? clock.now() + SIDE_BY_SIDE_MS : 0;
		return outcome;
	} finally {
		turns.underWay -= 1;
		turns.alone = undefined;
		letOthersGo();
	}
}
