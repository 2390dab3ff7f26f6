import type { Logger } from 'n8n-workflow';
import type { Clock } from '../clock';
import type { HttpOutcome, HttpPort, HttpRequest } from '../http';

/** Parts of an address that say what was asked for: words of the API, versions and ids. */
const TELLING = /^(v?\d+(\.\d+)?|[A-Za-z][A-Za-z_]*(\.xro|_\d+)?|[0-9a-f]{24}|[0-9a-f-]{36})$/i;

/** Where a request goes, without what could be a person's: numbers and names that stand in it. */
function pathOf(url: string): string {
	const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
	const parts = path.split('/').map((part) => (part === '' || TELLING.test(part) ? part : '…'));
	return parts.join('/');
}

const LEFT = {
	minuteLeft: 'x-minlimit-remaining',
	secondLeft: 'x-ratelimit-remaining',
	xeroDayLeft: 'x-daylimit-remaining',
	knackDayLeft: 'x-planlimit-remaining',
} as const;

/** What an answer says is left of the service's limits, by what the line calls it. */
function leftIn(outcome: HttpOutcome): Record<string, number> {
	if (outcome.kind !== 'answer') return {};
	const { headers } = outcome;
	return Object.fromEntries(
		Object.entries(LEFT).flatMap(([name, header]) => {
			const text = headers[header] ?? '';
			return /^\d+$/.test(text) ? [[name, Number(text)]] : [];
		}),
	);
}

function statusOf(outcome: HttpOutcome): number | string {
	if (outcome.kind === 'answer') return outcome.status;
	return outcome.kind === 'noAnswer' ? outcome.code : 'not signed';
}

/**
 * Tells n8n's log of each request at its debug level, in one line with its facts beside it. Values of
 * the query, bodies and headers are left out: they hold what is the customers', and keys.
 */
export function logRequests(
	port: HttpPort,
	{
		service,
		logger,
		clock,
	}: { readonly service: string; readonly logger: Logger; readonly clock: Clock },
): HttpPort {
	return async (request: HttpRequest) => {
		const startedMs = clock.now();
		const outcome = await port(request);
		const { method } = request;
		const path = pathOf(request.url);
		const status = statusOf(outcome);
		logger.debug(`${service}: ${method} ${path} ${status}`, {
			service,
			method,
			path,
			asks: Object.keys(request.query ?? {}).join(','),
			status,
			milliseconds: clock.now() - startedMs,
			attempt: request.attempt ?? 1,
			...leftIn(outcome),
		});
		return outcome;
	};
}
