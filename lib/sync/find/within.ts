import type { DocumentKey, FieldValues } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { foldText } from './names';

/**
 * Whether two documents with the same value of a key stand below the same elements, such as two
 * payments with one reference on the same invoice. What only one side tells decides nothing, but
 * at least one of the places that ours names must be told by both.
 */
export function agreesWithin(key: DocumentKey, ours: FieldValues, theirs: FieldValues): boolean {
	const named = (key.within ?? []).flatMap((path) => {
		const own = textOf(ours[path]);
		return own === undefined ? [] : [{ own, other: textOf(theirs[path]) }];
	});
	const told = named.filter(({ other }) => other !== undefined);
	if (named.length > 0 && told.length === 0) return false;
	return told.every(({ own, other }) => foldText(own) === foldText(other ?? ''));
}
