import { isMisspelling } from '../../likeness';
import { matchNames, nameKey } from './fieldNames';
import type { MappableField } from './mappableFields';

/**
 * The name that took the place of one that is gone, or that was meant where one was mistyped: the
 * one that means the field, else the one that is spelt almost like it, else one that shares a word.
 */
export function successorOf(
	name: string,
	field: MappableField | undefined,
	free: readonly string[],
): string | undefined {
	const byMeaning = field ? matchNames([field], free, (each) => each).get(field.path) : undefined;
	return byMeaning ?? misspelt(name, free) ?? free.find((each) => sharesWord(each, name));
}

/** The one of the names that differs from what stands there by a slip of the finger. */
export function misspelt(name: string, names: readonly string[]): string | undefined {
	return names.find((each) => isMisspelling(nameKey(each), nameKey(name)));
}

/** Words that say little about what a field is. */
const COMMON: ReadonlySet<string> = new Set(['the', 'of', 'number', 'date', 'name', 'id']);

function sharesWord(a: string, b: string): boolean {
	const words = (name: string) =>
		name
			.split(/\s/)
			.map(nameKey)
			.filter((word) => word !== '' && !COMMON.has(word));
	const other = new Set(words(b));
	return words(a).some((word) => other.has(word));
}
