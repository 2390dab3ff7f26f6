import { shortened } from '../texts';
import type { WireElement } from './documents/definition';

const isObject = (value: unknown): value is WireElement =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of elements of elements with their lists: Xero's answers go half as deep. */
const DEEPEST = 20;
const LONGEST = 1_000;

/**
 * Xero's own words about an element, wherever in it they stand: on the document, in a line, in the
 * contact. Some payloads say `Description` instead of `Message`. Each text once, in order.
 */
function wordsUnder(
	value: unknown,
	listName: 'ValidationErrors' | 'Warnings',
	depth = 0,
): string[] {
	if (depth > DEEPEST) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => wordsUnder(entry, listName, depth + 1));
	if (!isObject(value)) return [];
	const list = value[listName];
	const own = (Array.isArray(list) ? list : []).flatMap((entry) => {
		const text = isObject(entry) ? (entry.Message ?? entry.Description) : entry;
		return typeof text === 'string' && text.trim() !== '' ? [shortened(text.trim(), LONGEST)] : [];
	});
	const nested = Object.entries(value)
		.filter(([key]) => key !== 'ValidationErrors' && key !== 'Warnings')
		.flatMap(([, entry]) => wordsUnder(entry, listName, depth + 1));
	return [...new Set([...own, ...nested])];
}

export function validationMessages(element: unknown): string[] {
	return wordsUnder(element, 'ValidationErrors');
}

export function warningMessages(element: unknown): string[] {
	return wordsUnder(element, 'Warnings');
}

/** The id that Xero gives to an element that it did not write. */
const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/** Whether an element of an answer with `summarizeErrors=false` was refused. */
export function isRefusedElement(element: WireElement, idName: string): boolean {
	return (
		element.StatusAttributeString === 'ERROR' ||
		element.HasErrors === true ||
		element.HasValidationErrors === true ||
		element[idName] === ZERO_ID ||
		validationMessages(element).length > 0
	);
}
