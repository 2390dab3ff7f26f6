import type { DocumentDefinition } from '../../xero/documents/definition';
import type { MappedValues } from './draftFromValues';
import { shapeOf, type ItemRecord } from './sampleShape';
import { suggestLineMapping, suggestMapping, valueAt, type ItemPath } from './suggestMapping';
import type { TrackingCategory } from '../../xero/settings';

/**
 * Decides once for all items which of their names means which field, so that a record in which a
 * value is missing is not mapped otherwise than the next one.
 */
export function autoMapping(
	definition: DocumentDefinition,
	items: readonly ItemRecord[],
): Map<string, ItemPath> {
	return suggestMapping(definition, shapeOf(items));
}

/** The values of an item by field path, by its labels or what builders tend to call them. */
export function autoMap(item: ItemRecord, mapping: ReadonlyMap<string, ItemPath>): MappedValues {
	return Object.fromEntries(
		[...mapping].flatMap(([path, place]) => {
			const value = valueAt(item, place);
			return value === undefined ? [] : [[path, value] as const];
		}),
	);
}

/** For automatic mapping: by field path, the column of the lines that means it. */
export function autoMapLines(
	definition: DocumentDefinition,
	columns: readonly string[],
	categories: readonly TrackingCategory[],
): Readonly<Record<string, string>> {
	return Object.fromEntries(suggestLineMapping(definition, columns, categories));
}
