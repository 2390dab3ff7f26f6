import { isSameText } from '../foldText';
import type { TrackingCategory } from '../xero/settings';
import { InsightInputError } from './inputError';

/** The tracking category that is chosen, by its id or name. Throws InsightInputError. */
export function chosenCategory(
	all: readonly TrackingCategory[],
	chosen: string,
	fix: string,
): TrackingCategory {
	const found = all.find(({ id, name }) => id === chosen.toLowerCase() || isSameText(name, chosen));
	if (found) return found;
	throw new InsightInputError(`Xero has no tracking category ${chosen}.`, fix);
}
