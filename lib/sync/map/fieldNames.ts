import { remember } from '../../remember';
import { replaceEach } from '../../replaceEach';
import type { MappableField } from './mappableFields';

/** A name as it counts when names are compared: "PO Number", "po_number" and "PO-Number" are one. */
export const nameKey = remember((name) =>
	replaceEach(name.normalize('NFKD').toLowerCase(), /#|[^\p{Letter}\p{Number}%]/gu, (sign) =>
		sign === '#' ? 'number' : '',
	),
);

/**
 * A name with its letters, digits and signs, as two writings of one column have in common: "Price ($)"
 * may stand beside "Price" and "Price (€)", which all have one key.
 */
export const nameWords = remember((name) =>
	replaceEach(name.normalize('NFKC').toLowerCase(), /[^\p{Letter}\p{Number}\p{Symbol}%#]/gu, ''),
);

/**
 * Names by which a field is known, surest first. An id of Xero is only known by names that say so:
 * what an app calls "ID" or "Contact ID" is its own.
 */
export function namesOf(field: MappableField): string[] {
	const names = [field.path, field.label, ...(field.alsoCalled ?? [])].map(nameKey);
	const isXeroId = field.kind === 'id' || field.kind === 'contact';
	return [...new Set(isXeroId ? names.filter((name) => name.startsWith('xero')) : names)];
}

/**
 * Finds for each field the name that means it, surest names first, each name once: "Invoice Number"
 * goes to the field of that label before a field that is merely also called so may have it.
 */
export function matchNames<Name>(
	fields: readonly MappableField[],
	names: readonly Name[],
	textOf: (name: Name) => string,
): Map<string, Name> {
	const free = new Map<string, Name>();
	for (const name of names) {
		const key = nameKey(textOf(name));
		if (key !== '' && !free.has(key)) free.set(key, name);
	}
	const found = new Map<string, Name>();
	const longest = Math.max(0, ...fields.map((field) => namesOf(field).length));
	for (let rank = 0; rank < longest; rank++) {
		for (const field of fields) {
			const key = namesOf(field)[rank];
			const name = key === undefined ? undefined : free.get(key);
			if (key === undefined || name === undefined || found.has(field.path)) continue;
			found.set(field.path, name);
			free.delete(key);
		}
	}
	return found;
}
