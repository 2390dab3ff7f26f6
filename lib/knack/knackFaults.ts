import { instantText } from '../dates';
import type { HttpOutcome } from '../http';
import type { FaultCause, ServiceFault } from '../serviceFault';
import { shortened } from '../texts';
import { z } from '../vendor/zod';

type Answer = HttpOutcome & { kind: 'answer' };

const WHERE_KEYS_ARE = "Knack's builder under Settings → API & Code";

const STOPPING: ReadonlySet<FaultCause> = new Set([
	'credentialRefused',
	'rateLimited',
	'daySpent',
	'organisationMissing',
]);

/** Whether nothing more of the run can be written after the fault. */
export function isStopping(fault: ServiceFault): boolean {
	return STOPPING.has(fault.cause);
}

/** What an error page says stands near its beginning. */
const MOST_READ = 20_000;
/** Characters of what Knack says of a record. */
const LONGEST = 1_000;

/** The service's words: Knack answers plain text for all but validation. */
export function vendorWords(body: unknown): string | undefined {
	if (typeof body === 'string') {
		const text = body
			.slice(0, MOST_READ)
			.replace(/<[^<>]*>/g, ' ')
			.replace(/\s+/g, ' ')
			.trim();
		return text === '' ? undefined : shortened(text, 300);
	}
	const errors = validationErrors(body);
	return errors.length === 0
		? undefined
		: shortened(errors.map(({ message }) => message).join(' '), LONGEST);
}

const errorEntry = z.union([
	z.string().transform((message) => ({ message })),
	z.object({
		field: z.string().optional().catch(undefined),
		type: z.string().optional().catch(undefined),
		message: z.string(),
	}),
]);

/** `{"errors":[{field,type,message}]}`; older answers have bare texts. */
export function validationErrors(
	body: unknown,
): Array<{ field?: string; type?: string; message: string }> {
	const parsed = z.object({ errors: z.array(errorEntry) }).safeParse(body);
	const errors = parsed.success ? parsed.data.errors : [];
	return errors.map((error) => ({ ...error, message: shortened(error.message, LONGEST) }));
}

/** Knack's plan headers: what the day still allows, and when it begins anew. */
export function planOf(
	headers: Readonly<Record<string, string>>,
	nowMs: number,
): { limit?: number; remaining?: number; resetAtMs?: number } {
	const limit = wholeNumber(headers['x-planlimit-limit']);
	const remaining = wholeNumber(headers['x-planlimit-remaining']);
	// Milliseconds until the reset, unlike X-RateLimit-Reset, which is an epoch in seconds.
	const untilReset = wholeNumber(headers['x-planlimit-reset']);
	return {
		limit,
		remaining,
		resetAtMs: untilReset === undefined ? undefined : nowMs + untilReset,
	};
}

export function wholeNumber(text: string | undefined): number | undefined {
	const number = Number(text);
	return text !== undefined && text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}

/** Whether a 429 means that the day's plan is used up rather than the second's pace. */
export function isDaySpent(answer: Answer): boolean {
	if (answer.status !== 429) return false;
	if (wholeNumber(answer.headers['x-planlimit-remaining']) === 0) return true;
	return /plan limit|daily/i.test(vendorWords(answer.body) ?? '');
}

function nextMidnightUtc(nowMs: number): number {
	const day = 86_400_000;
	return (Math.floor(nowMs / day) + 1) * day;
}

function clockText(epochMs: number): string {
	return `${instantText(epochMs).replace('T', ' ').slice(0, 16)} UTC`;
}

/** What stands between a run and Knack, by cause. `apiUrl` is named where it may be what is wrong. */
export function faultOf(outcome: HttpOutcome, apiUrl: string, nowMs: number): ServiceFault {
	if (outcome.kind === 'notSigned') {
		return {
			service: 'knack',
			cause: 'credentialRefused',
			message: 'The Knack credential could not be used.',
			fix: `Open the Knack API credential and enter the Application ID and the REST API Key again; both stand in ${WHERE_KEYS_ARE}.`,
			vendorMessage: outcome.reason,
		};
	}
	if (outcome.kind === 'noAnswer') return noAnswerFault(outcome.code, outcome.reason, apiUrl);
	return answerFault(outcome, apiUrl, nowMs);
}

function noAnswerFault(code: string, reason: string, apiUrl: string): ServiceFault {
	const unknownHost = /ENOTFOUND|EAI_AGAIN/i.test(code);
	const refused = /ECONNREFUSED/i.test(code);
	const late = /ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|TIMEOUT/i.test(code);
	const what = unknownHost
		? 'there is no such address'
		: refused
			? 'nothing listens there'
			: late
				? 'it took too long to answer'
				: 'the connection broke';
	return {
		service: 'knack',
		cause: 'unreachable',
		message: `Knack could not be reached at ${apiUrl}: ${what}.`,
		fix: unknownHost
			? 'Check the API URL in the Knack API credential; it is https://api.knack.com/v1 unless your plan has a server of its own.'
			: 'Check the API URL in the credential and that this server may reach the internet, then try again.',
		vendorMessage: reason,
	};
}

function answerFault(answer: Answer, apiUrl: string, nowMs: number): ServiceFault {
	const { status } = answer;
	const vendorMessage = vendorWords(answer.body);
	const words = vendorMessage ?? '';
	const base = { service: 'knack' as const, status, vendorMessage };
	if (/malformed app id/i.test(words)) {
		return {
			...base,
			cause: 'credentialRefused',
			message: 'The Application ID is not complete: Knack calls it malformed.',
			fix: `Copy the Application ID (24 letters and digits) again from ${WHERE_KEYS_ARE}.`,
		};
	}
	if (status === 401 && /invalid api request/i.test(words)) {
		return {
			...base,
			cause: 'credentialRefused',
			message: 'Knack saw no Application ID or key.',
			fix: `Open the Knack API credential and enter both from ${WHERE_KEYS_ARE}.`,
		};
	}
	if (status === 401 || /unauthorized object access/i.test(words)) {
		return {
			...base,
			cause: 'credentialRefused',
			message: 'Knack does not accept the REST API Key for this app.',
			fix: `Copy the REST API Key again from ${WHERE_KEYS_ARE} of the same app, or make a new one there; an old key stops working at once.`,
		};
	}
	if (status === 403) {
		return {
			...base,
			cause: 'credentialRefused',
			message: 'Knack refused access.',
			fix: `Check that the key in the credential is the REST API Key from ${WHERE_KEYS_ARE}.`,
		};
	}
	if (isDaySpent(answer)) {
		const retryAtMs = planOf(answer.headers, nowMs).resetAtMs ?? nextMidnightUtc(nowMs);
		return {
			...base,
			cause: 'daySpent',
			message: `The Knack account has used all API calls of its plan for today; they come back at ${clockText(retryAtMs)}.`,
			fix: 'Wait until then (nothing is lost), poll less often, or add API calls to the Knack plan. The allowance is shared by all apps of the account.',
			retryAtMs,
		};
	}
	if (status === 429) {
		return {
			...base,
			cause: 'rateLimited',
			message: 'Knack kept saying that it is asked too often (10 requests a second are allowed).',
			fix: 'Another integration is busy with the same app. Try again in a minute.',
			retryAtMs: nowMs + 60_000,
		};
	}
	if (status === 404) {
		return {
			...base,
			cause: 'notFound',
			message: 'Knack does not know what was asked for.',
			fix: 'Check that the table and the record still exist, and the API URL in the credential.',
		};
	}
	if (status >= 400 && status < 500) {
		return {
			...base,
			cause: 'requestRefused',
			message: `Knack refused the request (${status}).`,
			fix: 'See what Knack says, and check the filter and the fields that are chosen.',
		};
	}
	const foreign = status < 400;
	return {
		...base,
		cause: 'unavailable',
		message: foreign
			? `What answers at ${apiUrl} does not answer as Knack's API does.`
			: `Knack is having trouble (${status}).`,
		fix: foreign
			? 'Check the API URL in the Knack API credential; it ends in /v1.'
			: 'Try again in a few minutes. Nothing was lost.',
	};
}
