import type { HttpOutcome, HttpPort, HttpRequest } from '../../lib/http';
import type { Random } from './random';

/** The process ends here: nothing after this line of the run happens. */
export class Killed extends Error {
	constructor() {
		super('The process was killed.');
		this.name = 'Killed';
	}
}

/** What goes wrong on the way of a worker, by the count of its requests. */
export interface Trouble {
	/** The process dies before request number `atRequest` is sent, or after it was answered. */
	readonly kill?: { readonly atRequest: number; readonly when: 'before' | 'after' };
	/** Share of requests, in percent, whose answer is lost after Xero has carried them out. */
	readonly lostAnswers: number;
	/** Share of requests, in percent, that never reach Xero. */
	readonly lostRequests: number;
	/** Share of writes, in percent, whose answer is turned into another after they were carried out. */
	readonly falseAnswers: number;
	/** Share of reads, in percent, after which the machine sleeps for a while. */
	readonly sleeps: number;
	/** How long it then sleeps. */
	readonly sleepMs: number;
	/** Milliseconds that each request takes. */
	readonly latencyMs: number;
	/** Whether requests wait a while, so that two workers get in each other's way. */
	readonly dawdles: boolean;
}

export const UNTROUBLED: Trouble = {
	lostAnswers: 0,
	lostRequests: 0,
	falseAnswers: 0,
	sleeps: 0,
	sleepMs: 0,
	latencyMs: 0,
	dawdles: false,
};

/** The client gives a request so long. */
const TIMEOUT_MS = 60_000;

/** Longer than Xero keeps a key, and as far as a clock may jump. */
const SLEEPS_MS = [7 * 60_000, 2 * 3_600_000];

export function randomTrouble(random: Random, isAlone: boolean): Trouble {
	return {
		...(random.percent(55)
			? { kill: { atRequest: random.int(1, 24), when: random.pick(['before', 'after'] as const) } }
			: {}),
		lostAnswers: random.percent(30) ? random.pick([10, 30, 60]) : 0,
		lostRequests: random.percent(20) ? 20 : 0,
		falseAnswers: random.percent(30) ? random.pick([10, 30]) : 0,
		sleeps: random.percent(25) ? random.pick([5, 20]) : 0,
		sleepMs: random.pick(SLEEPS_MS),
		latencyMs: random.pick([1, 1, 60, 400]),
		dawdles: !isAlone,
	};
}

export const LOST: HttpOutcome = {
	kind: 'noAnswer',
	code: 'ECONNRESET',
	reason: 'The connection was reset.',
};

export function troubledPort(
	inner: HttpPort,
	trouble: Trouble,
	random: Random,
	clock: { now(): number; advance(milliseconds: number): void },
): HttpPort {
	let requests = 0;
	let isDead = false;
	const die = () => {
		isDead = true;
		throw new Killed();
	};
	return async (request) => {
		// Requests that were under way when the process died are not sent either.
		if (isDead) throw new Killed();
		requests += 1;
		const mine = requests;
		const startedMs = clock.now();
		if (trouble.dawdles) {
			for (let turn = random.int(0, 12); turn > 0; turn -= 1) {
				await new Promise<void>((resolve) => setImmediate(resolve));
			}
		}
		if (trouble.kill?.atRequest === mine && trouble.kill.when === 'before') die();
		// Where the machine slept meanwhile, the request has timed out before it was sent.
		if (clock.now() - startedMs > TIMEOUT_MS) return LOST;
		if (random.percent(trouble.lostRequests)) return LOST;
		clock.advance(trouble.latencyMs);
		const outcome = await inner(request);
		if (trouble.kill?.atRequest === mine && trouble.kill.when === 'after') die();
		if (random.percent(trouble.lostAnswers)) return LOST;
		if (request.method === 'GET') {
			if (random.percent(trouble.sleeps)) clock.advance(trouble.sleepMs);
			return outcome;
		}
		return random.percent(trouble.falseAnswers) ? falseAnswer(request, outcome, random) : outcome;
	};
}

/** What a proxy, or a Xero that stumbles, may answer to a write that was carried out. */
function falseAnswer(request: HttpRequest, outcome: HttpOutcome, random: Random): HttpOutcome {
	if (outcome.kind !== 'answer') return outcome;
	const answered = (status: number, body: unknown): HttpOutcome => ({
		kind: 'answer',
		status,
		headers: {},
		body,
	});
	const reshaped = reshape(outcome.body, random, true);
	return random.pick<HttpOutcome>([
		answered(408, 'Request Timeout'),
		answered(499, ''),
		answered(404, "The resource you're looking for cannot be found"),
		answered(413, 'Request Entity Too Large'),
		answered(500, 'An error occurred in Xero'),
		answered(502, '<html>Bad Gateway</html>'),
		answered(200, '<html>Please sign in</html>'),
		answered(200, JSON.stringify(outcome.body ?? '').slice(0, 40)),
		answered(200, ''),
		answered(200, {}),
		...(request.url.includes('projects') ? [] : [{ ...outcome, body: reshaped }]),
		...(request.url.includes('projects') ? [] : [{ ...outcome, body: reshaped }]),
	]);
}

/** The same answer with its list in another order, longer, with nothing in a place, or shorter. */
export function reshape(body: unknown, random: Random, mayShorten: boolean): unknown {
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(
		Object.entries(body).map(([name, value]: [string, unknown]) => {
			if (!Array.isArray(value)) return [name, value];
			const list: unknown[] = value;
			return [
				name,
				random.pick<unknown[]>([
					[...list].reverse(),
					[...list, ...list.slice(0, 1)],
					[...list.slice(0, -1), null],
					...(mayShorten ? [list.slice(1), list.map(() => list[0])] : []),
				]),
			];
		}),
	);
}
