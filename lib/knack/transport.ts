import type { Clock } from '../clock';
import type { HttpMethod, HttpOutcome, HttpPort } from '../http';
import type { Pacer } from '../pace';
import { isDaySpent, planOf, wholeNumber } from './knackFaults';

/** Waits after the first, second and third answer that may be better next time. */
const RETRY_WAITS_MS = [500, 1_000, 2_000] as const;
const PACE_RETRIES = 6;
const TIMEOUT_MS = 60_000;

export interface TransportSettings {
	readonly http: HttpPort;
	readonly clock: Clock;
	readonly pacer: Pacer;
	/** No retry waits beyond this moment (epoch milliseconds). */
	readonly deadlineMs?: number;
}

interface TransportRequest {
	readonly method: HttpMethod;
	/** Absolute. */
	readonly url: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	/** Whether a 200 holds what was asked for; what something in between answered is asked again. */
	readonly accepts?: (body: unknown) => boolean;
	/** The caller settles what trouble left open; only a refusal for pace is tried again. */
	readonly once?: boolean;
}

export interface Transport {
	send(request: TransportRequest): Promise<HttpOutcome>;
	calls(): { readonly reads: number; readonly writes: number };
	dayRemaining(): number | undefined;
	dayLimit(): number | undefined;
}

/**
 * Sends at Knack's pace and tries again where that cannot do harm: reads, updates and deletes after
 * a 429, a 5xx, a 408, no answer, or one that is not Knack's; a create only after a 429, which Knack answers before doing anything.
 */
export function createTransport(settings: TransportSettings): Transport {
	const { http, clock, pacer, deadlineMs = Number.POSITIVE_INFINITY } = settings;
	const sent = { reads: 0, writes: 0 };
	let plan: ReturnType<typeof planOf> = {};

	const sendOnce = async (request: TransportRequest, attempt: number): Promise<HttpOutcome> => {
		const kind = request.method === 'GET' ? 'reads' : 'writes';
		// In lines of their own: a new order's few reads need not wait for hundreds of write-backs.
		const outcome = await pacer.run(
			clock,
			async () => {
				sent[kind] += 1;
				const { method, url, query, headers, body } = request;
				return await http({
					method,
					url,
					query,
					headers,
					body,
					timeoutMs: TIMEOUT_MS,
					attempt,
				});
			},
			kind,
		);
		if (outcome.kind === 'answer') {
			const now = clock.now();
			const told = planOf(outcome.headers, now);
			if (told.remaining !== undefined) plan = told;
			// The second's budget is shared with everybody else who uses the app.
			const isRefused = outcome.status === 429 && !isDaySpent(outcome);
			if (isRefused || wholeNumber(outcome.headers['x-ratelimit-remaining']) === 0) {
				pacer.notBefore(now + paceWait(outcome.headers, now));
			}
			if (isRefused) pacer.tooFast(now);
			else pacer.taken(now);
		}
		return outcome;
	};

	return {
		async send(request) {
			let failures = 0;
			let refusals = 0;
			for (;;) {
				const outcome = await sendOnce(request, 1 + failures + refusals);
				const again = retryOf(outcome, request);
				if (again === 'no') return outcome;
				const tries = again === 'pace' ? (refusals += 1) : (failures += 1);
				const wait = again === 'pace' ? 0 : RETRY_WAITS_MS[tries - 1];
				const exhausted = again === 'pace' ? tries >= PACE_RETRIES : wait === undefined;
				if (exhausted || clock.now() + (wait ?? 0) > deadlineMs) return outcome;
				if (wait) await clock.sleep(wait);
			}
		},
		calls: () => ({ ...sent }),
		dayRemaining: () => plan.remaining,
		dayLimit: () => plan.limit,
	};
}

function retryOf(outcome: HttpOutcome, request: TransportRequest): 'no' | 'pace' | 'trouble' {
	const once = request.once === true || request.method === 'POST';
	if (outcome.kind === 'notSigned') return 'no';
	if (outcome.kind === 'noAnswer') return once || isHopeless(outcome.code) ? 'no' : 'trouble';
	if (outcome.status === 429) return isDaySpent(outcome) ? 'no' : 'pace';
	const isForeign = outcome.status === 200 && request.accepts?.(outcome.body) === false;
	// That it took too long says something on the way.
	const isLate = outcome.status === 408 || outcome.status === 499;
	return (outcome.status >= 500 || isLate || isForeign) && !once ? 'trouble' : 'no';
}

/** A host that does not exist, or a request that the host refuses to make. */
function isHopeless(code: string): boolean {
	return /ENOTFOUND|CERT|SSRF|REFUSED_ADDRESS|CANCEL/i.test(code);
}

/** `X-RateLimit-Reset` is an epoch in seconds; bounded, since clocks differ. */
function paceWait(headers: Readonly<Record<string, string>>, nowMs: number): number {
	const reset = wholeNumber(headers['x-ratelimit-reset']);
	const wait = reset === undefined ? 1_000 : reset * 1_000 - nowMs;
	return Math.min(Math.max(wait, 250), 2_000);
}
