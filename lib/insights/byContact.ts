import { grouped } from '../grouped';

/** What each contact has of a list, by the contact's ID. */
export function groupedByContact<Each extends { readonly contactId: string }>(
	list: readonly Each[],
): ReadonlyMap<string, readonly [Each, ...Each[]]> {
	return grouped(list.map((each) => [each.contactId, each] as const));
}
