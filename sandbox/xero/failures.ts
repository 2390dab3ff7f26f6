import type { JsonObject } from './json';

/** What a route answers; transport adds the headers common to all. */
export interface Answer {
	readonly status: number;
	readonly json?: JsonObject | JsonObject[];
	readonly text?: string;
	readonly bytes?: Uint8Array;
	readonly contentType?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that ends the whole request with the given answer. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(`refused with ${answer.status}`);
	}
}

/**
 * One element that Xero would not accept. `lineErrors` are keyed by the line's position in the
 * submitted element; they count as the element's errors too.
 */
export class ValidationFailure extends Error {
	readonly errors: readonly string[];

	/** @param whole the document as it would have been, where it was read so far */
	constructor(
		errors: readonly string[],
		readonly lineErrors: ReadonlyMap<number, readonly string[]> = new Map(),
		readonly whole: JsonObject = {},
	) {
		const all = [...errors, ...[...lineErrors.values()].flat()];
		super(all.join(' '));
		this.errors = [...new Set(all)];
	}
}

/** An element that names an id which there is not. */
export class UnknownId extends ValidationFailure {
	constructor() {
		super(['The document with the supplied id was not found for this endpoint.']);
	}
}

/** The IIS answer for a path or query it will not serve: text, not JSON. */
export const NOT_FOUND: Answer = {
	status: 404,
	text: "The resource you're looking for cannot be found",
	contentType: 'text/html; charset=utf-8',
};

const QUERY_PARSE_EXCEPTION = 16;
const POST_DATA_INVALID_EXCEPTION = 14;
const NO_DATA_PROCESSED_EXCEPTION = 17;

export function badRequest(errorNumber: number, type: string, message: string): Refusal {
	return new Refusal({
		status: 400,
		json: { ErrorNumber: errorNumber, Type: type, Message: message },
	});
}

export function queryParseException(message: string): Refusal {
	return badRequest(QUERY_PARSE_EXCEPTION, 'QueryParseException', message);
}

export function postDataInvalid(message: string): Refusal {
	return badRequest(POST_DATA_INVALID_EXCEPTION, 'PostDataInvalidException', message);
}

/** Reported with these words, misspelt as they are (freakboy3742/pyxero, issue 270). */
export function noDataProcessed(element: string): Refusal {
	return badRequest(
		NO_DATA_PROCESSED_EXCEPTION,
		'NoDataProcessedException',
		`No data has been processed for this endpoint. This endpoint is expecting ${element} data to be specifed in the request body.`,
	);
}

/** The body of a 401 or 403 from api.xero.com. */
export function accessRefused(
	status: 401 | 403,
	detail: string,
	instance: string,
	headers?: Readonly<Record<string, string>>,
): Refusal {
	const json =
		status === 403
			? // Recorded in lower case.
				{ title: 'Forbidden', status, detail, instance }
			: {
					Type: null,
					Title: 'Unauthorized',
					Status: status,
					Detail: detail,
					Instance: instance,
					Extensions: {},
				};
	return new Refusal({ status, json, headers });
}
