import type { Answer, ValidationFailure } from './failures';
import type { Input } from './input';
import { isJsonObject, type Json, type JsonObject } from './json';

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** An element that was not taken, among others that were: without an id of its own, zeros. */
export function failedElement(
	resource: { readonly idName: string },
	input: Input,
	failure: ValidationFailure,
): JsonObject {
	return {
		...refusedElement(resource, input, failure, ZERO_GUID),
		StatusAttributeString: 'ERROR',
	};
}

/**
 * An element of a 400: what was sent and the whole document as far as it could be read, with every
 * message at once (recorded).
 */
export function refusedElement(
	{ idName }: { readonly idName: string },
	input: Input,
	failure: ValidationFailure,
	id = ZERO_GUID,
): JsonObject {
	const lines = input.list('LineItems');
	const read = failure.whole['LineItems'];
	const lineItems: Json = lines?.map((line, index) => {
		const errors = failure.lineErrors.get(index);
		const asRead = Array.isArray(read) ? read[index] : undefined;
		const shown = { ...line.submitted, ...(isJsonObject(asRead) ? asRead : {}) };
		return errors ? { ...shown, ValidationErrors: messages(errors) } : shown;
	});
	return {
		...input.submitted,
		...failure.whole,
		...(lineItems === undefined ? {} : { LineItems: lineItems }),
		[idName]: input.trimmed(idName) ?? id,
		HasErrors: true,
		HasValidationErrors: true,
		ValidationErrors: messages(failure.errors),
		Warnings: [],
	};
}

export function validationException(elements: readonly JsonObject[]): Answer {
	return {
		status: 400,
		json: {
			ErrorNumber: 10,
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [...elements],
		},
	};
}

export function messages(texts: readonly string[]): JsonObject[] {
	return texts.map((Message) => ({ Message }));
}
