import type { Clock } from '../clock';
import type { HttpOutcome, HttpPort, HttpRequest } from '../http';
import type { Pacer } from '../pace';
import type { ServiceFault } from '../serviceFault';
import { DateTime } from '../vendor/luxon';
import { isOwnRefusal, readRefusal } from './answers';
import { xeroFault } from './faults';
import { scopeOf } from './scopes';
import type { XeroApi } from './urls';

export interface SendingContext {
	readonly http: HttpPort;
	readonly clock: Clock;
	readonly pace: Pacer;
	/** How long one request may wait for minute limits before the run gives up. */
	readonly patienceMs: number;
	/** Told of each request sent and each answer's headers. */
	onSent(): void;
	onHeaders(headers: Readonly<Record<string, string>>, times: RequestTimes): void;
}

/** When a request was under way, epoch milliseconds. */
export interface RequestTimes {
	readonly startedMs: number;
	readonly endedMs: number;
}

/** What became of a request after all waiting and repeating that is safe. */
export type Sent =
	| { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
	/** No answer, or a 5xx: the request may have taken effect. */
	| { readonly kind: 'lost'; readonly fault: ServiceFault }
	/** Nothing can be sent. `maybeDone` when an earlier attempt may have taken effect. */
	| { readonly kind: 'stopped'; readonly fault: ServiceFault; readonly maybeDone: boolean };

/** Attempts at a request that got no usable answer, the first one included. */
const MOST_ATTEMPTS = 3;
const BACKOFF_MS = [1_000, 4_000];
/** Repeats use the same Idempotency-Key, which Xero keeps for six minutes. */
const KEY_LIFETIME_MS = 5 * 60_000;
/** Longest wait that a 503's Retry-After may ask for inside a run. */
const LONGEST_PAUSE_MS = 60_000;
/** Waits after refusals that do not say for how long; each further one doubles them. */
const PAUSE_MS = { minute: 5_000, appMinute: 5_000, concurrent: 1_000 };
const LONGEST_DOUBLED_MS = 60_000;

/** Seconds, or a day and time (RFC 9110, 10.2.3); undefined where it tells no time to wait. */
function retryAfterMs(
	headers: Readonly<Record<string, string>>,
	nowMs: number,
): number | undefined {
	const told = (headers['retry-after'] ?? '').trim();
	const until = DateTime.fromHTTP(told);
	const wait = /^\d+(\.\d+)?$/.test(told) ? Number(told) * 1_000 : until.toMillis() - nowMs;
	return wait > 0 ? wait : undefined;
}

type Limit = 'concurrent' | 'minute' | 'appMinute' | 'day';

/** X-Rate-Limit-Problem, compared loosely. */
function limitOf(headers: Readonly<Record<string, string>>): Limit {
	const problem = (headers['x-rate-limit-problem'] ?? '').toLowerCase();
	if (problem.includes('day')) return 'day';
	if (problem.includes('concurrent')) return 'concurrent';
	return problem.includes('app') ? 'appMinute' : 'minute';
}

/** Statuses after which the same request may be repeated with the same Idempotency-Key. */
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Sends a request at the allowed pace. Waits out minute and concurrency limits, repeats what got
 * no answer, and stops at once when the day is spent or the connection is not accepted.
 * - A 500 of a write is not repeated: Xero keeps the 500 under the Idempotency-Key and would only
 *   answer it again (developer.xero.com, "Idempotency").
 */
export async function send(
	context: SendingContext,
	request: HttpRequest,
	target: { readonly path: string; readonly api: XeroApi },
): Promise<Sent> {
	const { clock, pace } = context;
	const isRead = request.method === 'GET';
	const startedMs = clock.now();
	let attempts = 0;
	let refusals = 0;
	let lost: ServiceFault | undefined;

	for (;;) {
		let sentMs = startedMs;
		const outcome = await pace.run(clock, async () => {
			sentMs = clock.now();
			context.onSent();
			const attempt = 1 + attempts + refusals;
			return await context.http(attempt === 1 ? request : { ...request, attempt });
		});
		const times = { startedMs: sentMs, endedMs: clock.now() };
		if (outcome.kind === 'notSigned') {
			const fault = xeroFault({ kind: 'notSigned', reason: outcome.reason });
			return { kind: 'stopped', fault, maybeDone: lost !== undefined };
		}
		let pauseMs: number | undefined;
		if (outcome.kind === 'noAnswer') {
			lost = xeroFault({ kind: 'noAnswer', reason: `${outcome.code}: ${outcome.reason}` });
		} else {
			context.onHeaders(outcome.headers, times);
			if (outcome.status === 429) {
				refusals += 1;
				const fault = await waitForLimit(context, outcome, times, { startedMs, refusals });
				if (fault) return { kind: 'stopped', fault, maybeDone: lost !== undefined };
				continue;
			}
			pace.taken(clock.now());
			const denied = deniedFault(outcome, target);
			if (denied) {
				const isOthers = denied.cause !== 'scopeMissing' && isOthersPage(outcome);
				const maybeDone = lost !== undefined || (!isRead && isOthers);
				return { kind: 'stopped', fault: denied, maybeDone };
			}
			if (isRead && isFromBetween(outcome)) {
				const vendorMessage = readRefusal(outcome.body).messages[0];
				lost = xeroFault({ kind: 'notXero', path: target.path, vendorMessage });
			} else if (outcome.status < 500 || outcome.status === 501) {
				// After an attempt of unknown outcome, a refusal may only mean "it is there already".
				if (!isRead && lost && outcome.status >= 400) return { kind: 'lost', fault: lost };
				return { kind: 'answer', status: outcome.status, body: outcome.body };
			} else {
				lost = xeroFault({
					kind: 'unavailable',
					status: outcome.status,
					vendorMessage: readRefusal(outcome.body).messages[0],
				});
			}
			if (!isRead && !PASSING.has(outcome.status)) return { kind: 'lost', fault: lost };
			pauseMs = retryAfterMs(outcome.headers, clock.now());
		}
		attempts += 1;
		const pause = Math.max(pauseMs ?? 0, (BACKOFF_MS[attempts - 1] ?? 0) + pace.spreadMs());
		const isLate = clock.now() + pause - startedMs > KEY_LIFETIME_MS;
		if (attempts >= MOST_ATTEMPTS || pause > LONGEST_PAUSE_MS || isLate) {
			return { kind: 'lost', fault: lost };
		}
		await clock.sleep(pause);
	}
}

type Answer = Extract<HttpOutcome, { kind: 'answer' }>;

/**
 * Whether something on the way answered a read: a success that is no JSON, or that it took too long
 * (408, 499). The same request is answered by Xero the next time.
 */
function isFromBetween({ status, body }: Answer): boolean {
	const isUnread = status === 200 && (typeof body !== 'object' || body === null);
	return isUnread || status === 408 || status === 499;
}

/**
 * Whether a denial is a page that Xero did not write: whoever is on the way may have put it in the
 * place of Xero's answer to a write that was carried out.
 */
function isOthersPage({ body, headers }: Answer): boolean {
	const isText = typeof body === 'string' && body.trim() !== '';
	return isText && headers['www-authenticate'] === undefined && !isOwnRefusal(body);
}

/** Waits as the limit asks; a fault when the day is spent or the wait would be too long. */
async function waitForLimit(
	context: SendingContext,
	answer: Answer,
	times: RequestTimes,
	tried: { readonly startedMs: number; readonly refusals: number },
): Promise<ServiceFault | undefined> {
	const { clock, pace, patienceMs } = context;
	const now = clock.now();
	const asked = retryAfterMs(answer.headers, now);
	const limit = limitOf(answer.headers);
	if (limit === 'day') {
		return xeroFault({
			kind: 'daySpent',
			retryAtMs: asked === undefined ? undefined : now + asked,
		});
	}
	const doubled = Math.min(PAUSE_MS[limit] * 2 ** (tried.refusals - 1), LONGEST_DOUBLED_MS);
	const isFirst = tried.refusals === 1;
	const wait = asked !== undefined && isFirst ? asked : Math.max(asked ?? 0, doubled);
	if (limit === 'minute' && asked !== undefined) {
		// Whole seconds, rounded up.
		pace.turnsBetween(times.startedMs + asked - 1_000, times.endedMs + asked);
	}
	if (limit === 'concurrent') pace.crowded();
	if (now + wait - tried.startedMs > patienceMs) {
		return xeroFault({ kind: 'minuteSpent', retryAtMs: now + wait });
	}
	if (limit === 'concurrent') await clock.sleep(wait + pace.spreadMs());
	else pace.notBefore(now + wait);
	return undefined;
}

/** 401 and 403 by cause. Xero writes "insufficent_scope"; both spellings are understood. */
function deniedFault(
	answer: Answer,
	target: { readonly path: string; readonly api: XeroApi },
): ServiceFault | undefined {
	if (answer.status !== 401 && answer.status !== 403) return undefined;
	const vendorMessage = readRefusal(answer.body).messages[0];
	const told = `${answer.headers['www-authenticate'] ?? ''} ${vendorMessage ?? ''}`;
	if (/insuffici?ent_scope|AuthorizationUnsuccessful/i.test(told)) {
		const scope = scopeOf(target.path, target.api);
		return { ...xeroFault({ kind: 'scopeMissing', scope, vendorMessage }), status: answer.status };
	}
	return xeroFault(
		answer.status === 401
			? { kind: 'unauthorised', vendorMessage }
			: { kind: 'organisationMissing', vendorMessage },
	);
}
