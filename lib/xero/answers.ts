import { shortened } from '../texts';
import { z } from '../vendor/zod';
import type { WireElement } from './documents/definition';
import { isElement } from './documents/wireSlots';
import { validationMessages } from './validationMessages';
import { readWireInstant } from './wireDates';

/** Looked at but not copied: an answer holds up to a thousand, each with its lines. */
const element = z.custom<WireElement>(isElement);
const elements = z.custom<WireElement[]>((list) => Array.isArray(list) && list.every(isElement));

/** Xero's answers are objects; lists stand in them under the name of the resource. */
const envelope = element;

const refusal = z
	.object({
		ErrorNumber: z.unknown(),
		Type: z.unknown(),
		Message: z.string().optional(),
		Elements: z.array(element).optional(),
		/** Problem of the API gateway: 401, 403. */
		Title: z.string().nullish(),
		Detail: z.string().nullish(),
		/** The same in lower case (recorded: a 403, "AuthenticationUnsuccessful"). */
		title: z.string().nullish(),
		detail: z.string().nullish(),
		/** Projects. */
		message: z.string().optional(),
		modelState: z.record(z.string(), z.array(z.string())).optional(),
		/** Payroll 2.0; null where nothing is the matter. */
		problem: z
			.object({
				detail: z.string().nullish(),
				invalidFields: z.array(z.object({ reason: z.string().nullish() })).nullish(),
			})
			.nullish(),
		/** Token endpoint. */
		error: z.string().optional(),
		error_description: z.string().optional(),
	})
	.passthrough();

/**
 * The list of a resource in an answer; undefined when the answer is none of Xero's. One without the
 * list is none: Xero sends an empty list where there is nothing.
 */
export function listIn(body: unknown, name: string): WireElement[] | undefined {
	const parsed = envelope.safeParse(body);
	if (!parsed.success) return undefined;
	const list = elements.safeParse(parsed.data[name]);
	return list.success ? list.data : undefined;
}

const pagination = z.object({
	pagination: z.object({ page: z.number(), pageCount: z.number() }),
});

/** How many pages there are, where the answer tells. */
export function pageCountIn(body: unknown): number | undefined {
	const parsed = pagination.safeParse(body);
	return parsed.success ? parsed.data.pagination.pageCount : undefined;
}

/** When Xero answered, by its own clock; epoch milliseconds, where the answer tells. */
export function answeredAtIn(body: unknown): number | undefined {
	const parsed = envelope.safeParse(body);
	return parsed.success ? readWireInstant(parsed.data.DateTimeUTC) : undefined;
}

/** What stands beside the list of an answer, and tells that it is one. */
const ENVELOPE = ['ProviderName', 'providerName', 'pagination', 'TotalCount'];

/**
 * The records of any answer: those of its one list; undefined where it has none, or several, so that
 * it is a record itself.
 */
export function recordsIn(body: unknown): readonly unknown[] | undefined {
	if (Array.isArray(body)) return body;
	const parsed = envelope.safeParse(body);
	if (!parsed.success || !ENVELOPE.some((name) => name in parsed.data)) return undefined;
	const lists = Object.entries(parsed.data).flatMap(([name, value]) =>
		Array.isArray(value) && !/^warnings$/i.test(name) ? [value] : [],
	);
	return lists.length === 1 ? lists[0] : undefined;
}

/** How many there are in all, as the Files API tells it. */
export function totalCountIn(body: unknown): number | undefined {
	const parsed = z.object({ TotalCount: z.number() }).safeParse(body);
	return parsed.success ? parsed.data.TotalCount : undefined;
}

/** Characters of one of Xero's sentences. */
const LONGEST = 1_000;

export interface Refusal {
	/** Xero's words, each once, in order of appearance. */
	readonly messages: readonly string[];
	readonly elements: readonly WireElement[];
}

/**
 * Whether a body is a refusal of Xero's own: a validation answer, of Projects, of Payroll, or what
 * it says of an Idempotency-Key. Anything else may come from a proxy on the way.
 */
export function isOwnRefusal(body: unknown): boolean {
	const parsed = refusal.safeParse(body);
	if (!parsed.success) {
		return typeof body === 'string' && /^\s*<ApiException|\bidempotency key\b/i.test(body);
	}
	const own = parsed.data;
	return (
		[own.ErrorNumber, own.Type, own.Elements, own.modelState, own.Message, own.message].some(
			(member) => member !== undefined,
		) || Boolean(own.problem ?? own.Detail ?? own.detail ?? own.Title ?? own.title)
	);
}

/** Reads an answer that is not a success, whatever its form: JSON of four kinds, HTML, text. */
export function readRefusal(body: unknown): Refusal {
	const parsed = refusal.safeParse(body);
	if (!parsed.success) {
		const text = typeof body === 'string' ? plainText(body) : '';
		return { messages: text === '' ? [] : [text], elements: [] };
	}
	const answer = parsed.data;
	const elements = answer.Elements ?? [];
	const detailed = [
		...validationMessages(answer),
		...Object.values(answer.modelState ?? {}).flat(),
		...(answer.problem?.invalidFields ?? []).flatMap(({ reason }) => reason ?? []),
		...[answer.error_description ?? answer.error].filter((text) => text !== undefined),
	];
	const general =
		answer.problem?.detail ??
		answer.Detail ??
		answer.detail ??
		answer.Message ??
		answer.message ??
		answer.Title ??
		answer.title;
	const messages = detailed.length > 0 ? detailed : general ? [general] : [];
	return { messages: [...new Set(messages.map((text) => shortened(text, LONGEST)))], elements };
}

/** What an error page says stands near its beginning. */
const MOST_READ = 20_000;

/** The words of an HTML, XML or text answer, at most a sentence or two of them. */
function plainText(body: string): string {
	const words = body
		.slice(0, MOST_READ)
		.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return shortened(words, 300);
}
