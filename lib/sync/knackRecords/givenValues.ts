import { isSameText } from '../../foldText';
import type { KnackField } from '../../knack/app';
import { isBlank } from '../../knack/fields/fieldValue';

/** Types whose values have parts or are lists. */
const HAS_PARTS: ReadonlySet<string> = new Set([
	'name',
	'address',
	'email',
	'phone',
	'link',
	'date_time',
	'timer',
	'signature',
	'connection',
	'multiple_choice',
	'user_roles',
]);

/**
 * A value as a person or a model gave it: a list or an object for a field that has parts may come as
 * JSON text, and several options with commas between them.
 */
export function givenValue(value: unknown, field: KnackField): unknown {
	if (typeof value !== 'string' || !HAS_PARTS.has(field.type)) return value;
	const text = value.trim();
	if (!/^(\[.*\]|\{.*\})$/s.test(text)) return isListOfOptions(text, field) ? listed(text) : value;
	try {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'object' && parsed !== null ? parsed : value;
	} catch {
		return value;
	}
}

/** "A, B" where these are options and the whole is none: options may hold commas themselves. */
function isListOfOptions(text: string, { type, allowsMany, options = [] }: KnackField): boolean {
	const isSame = (part: string) => options.some((option) => isSameText(option, part));
	return (
		type === 'multiple_choice' &&
		allowsMany === true &&
		!isSame(text) &&
		listed(text).every((part) => isSame(part))
	);
}

function listed(text: string): string[] {
	return text.split(',').map((part) => part.trim());
}

/** The entries of a value that may be a list. */
export function entriesOf(value: unknown): unknown[] {
	if (isBlank(value)) return [];
	return Array.isArray(value) ? value.filter((entry) => !isBlank(entry)) : [value];
}
