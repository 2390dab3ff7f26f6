import type { Call } from './call';
import { Refusal, type Answer } from './failures';
import { readElement, type Input } from './input';
import type { JsonObject } from './json';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 500;

/** The 400 of the Projects API. */
export function invalid(field: string, message: string): Refusal {
	return new Refusal({
		status: 400,
		json: { message: 'The request is invalid.', modelState: { [field]: [message] } },
	});
}

export function readProjectInput(call: Call): Input {
	return readElement(call.body, 'items');
}

/** An instant in ISO 8601 with its zone, as UTC to the second. */
export function utcInstant(text: string, field: string): string {
	const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
	const epochMs = Date.parse(zoned ? text : `${text}Z`);
	if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(epochMs)) {
		throw invalid(field, `The value '${text}' is not valid.`);
	}
	return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

export function pageOf(call: Call, items: readonly JsonObject[]): Answer {
	const page = Math.max(1, Number.parseInt(call.query('page') ?? '1', 10) || 1);
	const asked = Number.parseInt(call.query('pageSize') ?? '', 10);
	const pageSize = asked > 0 ? Math.min(asked, LARGEST_PAGE) : USUAL_PAGE;
	const start = (page - 1) * pageSize;
	return {
		status: 200,
		json: {
			pagination: {
				page,
				pageSize,
				pageCount: Math.ceil(items.length / pageSize),
				itemCount: items.length,
			},
			items: items.slice(start, start + pageSize),
		},
	};
}
