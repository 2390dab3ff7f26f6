import type { HttpOutcome, HttpPort, HttpRequest } from '../../../lib/http';
import type { Random } from '../random';
import { LOST, reshape } from '../troubledPort';

type Answer = Extract<HttpOutcome, { kind: 'answer' }>;

export type Service = 'knack' | 'xero';

/** What becomes of one answer. */
export interface AnswerFault {
	readonly name: string;
	/** Whether the service does its work all the same. */
	readonly isCarriedOut: boolean;
	answer(real: HttpOutcome): HttpOutcome;
}

/** The clock that a slow answer moves. */
interface MovingClock {
	now(): number;
	advance(milliseconds: number): void;
}

/** As it comes; `none` stands for no header at all. */
const RETRY_AFTER = [
	'none',
	'0',
	'-1',
	'1',
	'3.5',
	'30',
	'1e3',
	'99999',
	'soon',
	'',
	'Sun, 22 Nov 2026 10:05:00 GMT',
];

const TIMED_OUT: HttpOutcome = {
	kind: 'noAnswer',
	code: 'ETIMEDOUT',
	reason: 'It took too long to answer.',
};

function answered(
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): Answer {
	return { kind: 'answer', status, headers, body };
}

/** What a proxy says of a request, whether or not the service has carried it out. */
const FOREIGN: readonly Answer[] = [
	answered(400, 'Bad Request'),
	answered(404, "The resource you're looking for cannot be found"),
	answered(404, '<html><body>Not Found</body></html>'),
	answered(408, 'Request Timeout'),
	answered(413, 'Request Entity Too Large'),
	answered(499, ''),
	answered(500, 'An error occurred'),
	answered(502, '<html>Bad Gateway</html>'),
	answered(503, '<html>Service Unavailable</html>', { 'retry-after': '0' }),
	answered(504, ''),
	answered(200, '<html>Please sign in</html>', { 'content-type': 'text/html' }),
	answered(200, ''),
	answered(200, {}),
];

/** The ways in which Xero itself refuses, before it has done anything. */
function xeroRefusal(random: Random): Answer {
	const problem = (Detail: string, Status: number) => ({ Title: 'Refused', Status, Detail });
	return random.pick<Answer>([
		answered(429, '', {
			'x-minlimit-remaining': '0',
			...limitNamed(random.pick(['none', 'minute', 'appminute', 'concurrent', 'day', 'other'])),
			...retryAfter(random),
		}),
		answered(401, problem('TokenExpired: token expired at 11/22/2026 10:00:00', 401), {
			'www-authenticate': 'OAuth realm="api.xero.com", error="invalid_token"',
		}),
		answered(random.pick([401, 403]), problem('AuthorizationUnsuccessful', 403), {
			'www-authenticate': 'OAuth realm="api.xero.com", error="insufficent_scope"',
		}),
		answered(403, problem('AuthenticationUnsuccessful', 403)),
		answered(503, 'Xero API is currently offline for maintenance', retryAfter(random)),
		answered(400, {
			ErrorNumber: 17,
			Type: 'PostDataInvalidException',
			Message: 'Could not be read',
		}),
	]);
}

/** Knack's refusals: for pace, for the day, of the key. */
function knackRefusal(random: Random, nowMs: number): Answer {
	const second = Math.floor(nowMs / 1_000);
	return random.pick<Answer>([
		answered(429, 'Rate limit exceeded', {
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': random.pick(['', 'soon', '0', String(second + 1), String(second + 9e5)]),
		}),
		answered(429, 'Rate limit exceeded', retryAfter(random)),
		answered(429, 'Plan limit exceeded', {
			'x-planlimit-remaining': '0',
			'x-planlimit-reset': random.pick(['0', '5000', 'soon']),
		}),
		answered(401, 'Unauthorized object access'),
		answered(403, 'Forbidden'),
	]);
}

/** Chooses what happens to one answer; the same choice for the same chance. */
function randomAnswerFault(
	request: HttpRequest,
	service: Service,
	random: Random,
	clock: MovingClock,
): AnswerFault {
	const isRead = request.method === 'GET';
	const isCarriedOut = isRead || random.percent(60);
	const instead = (name: string, outcome: HttpOutcome, done = isCarriedOut): AnswerFault => ({
		name,
		isCarriedOut: done,
		answer: () => outcome,
	});
	const foreign = random.pick(FOREIGN);
	const refusal = service === 'xero' ? xeroRefusal(random) : knackRefusal(random, clock.now());
	return random.pick<() => AnswerFault>([
		() => instead('reset', LOST),
		() => instead(`foreign ${foreign.status}`, foreign),
		() => instead(`foreign ${foreign.status}`, foreign),
		() => instead(`refusal ${refusal.status}`, refusal, false),
		() => instead('not signed', { kind: 'notSigned', reason: 'The grant was revoked.' }, false),
		() => altered('truncated', (real) => answered(200, textOf(real.body).slice(0, 40))),
		() => slow(clock, random.pick([5_000, 59_000])),
		() => ({ ...slow(clock, 60_000), name: 'timed out', answer: () => TIMED_OUT }),
		...[0, 1].map(() => () => reshaped(request, service, random)),
	])();
}

/**
 * Lists in another order, longer, or with nothing in a place; shorter where that can be noticed,
 * which it cannot in what is read. A single record is left out of these.
 */
function reshaped(request: HttpRequest, service: Service, random: Random): AnswerFault {
	const isList = service === 'xero' && !request.url.includes('projects');
	if (!isList && request.method !== 'GET') {
		return altered('nothing in it', (real) => ({ ...real, body: null }));
	}
	const mayShorten = request.method !== 'GET';
	return altered('reshaped', (real) => ({ ...real, body: reshape(real.body, random, mayShorten) }));
}

function altered(name: string, change: (real: Answer) => HttpOutcome): AnswerFault {
	return {
		name,
		isCarriedOut: true,
		answer: (real) => (real.kind === 'answer' && real.status < 300 ? change(real) : real),
	};
}

function slow(clock: MovingClock, milliseconds: number): AnswerFault {
	return {
		name: 'slow',
		isCarriedOut: true,
		answer: (real) => {
			clock.advance(milliseconds);
			return real;
		},
	};
}

function textOf(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}

function limitNamed(problem: string): Record<string, string> {
	return problem === 'none' ? {} : { 'x-rate-limit-problem': problem };
}

function retryAfter(random: Random): Record<string, string> {
	const told = random.pick(RETRY_AFTER);
	return told === 'none' ? {} : { 'retry-after': told };
}

interface FaultyPort {
	readonly service: Service;
	/** Share of answers, in percent. */
	readonly percent: number;
	readonly random: Random;
	readonly clock: MovingClock;
	/** Told of each request that was answered. */
	onAnswer(request: HttpRequest, outcome: HttpOutcome, fault: AnswerFault | undefined): void;
}

/** A way to Knack or Xero of whose answers some are faulty. */
export function faultyPort(inner: HttpPort, options: FaultyPort): HttpPort {
	const { service, percent, random, clock, onAnswer } = options;
	return async (request) => {
		const fault = random.percent(percent)
			? randomAnswerFault(request, service, random, clock)
			: undefined;
		const real = fault?.isCarriedOut === false ? LOST : await inner(request);
		const outcome = fault ? fault.answer(real) : real;
		onAnswer(request, outcome, fault);
		return outcome;
	};
}
