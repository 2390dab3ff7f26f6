import { grouped } from '../../grouped';
import type { ItemParameters } from './itemParameters';

/** The items of each organisation that they name, none of them empty. */
export function itemsByOrganisation(
	items: readonly ItemParameters[],
): ReadonlyArray<readonly [ItemParameters, ...ItemParameters[]]> {
	return [...grouped(items.map((item) => [item.organisation ?? '', item] as const)).values()];
}
