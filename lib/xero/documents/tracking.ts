import { foldText } from '../../foldText';
import type { TrackingCategory } from '../settings';
import type { FieldDefinition, FieldValue, FieldValues, WireElement } from './definition';
import { elementsOf } from './wireSlots';

const PREFIX = 'tracking.';

/** The values of a line's tracking, by category name. */
export function readTracking(line: WireElement): FieldValues {
	const values: Record<string, FieldValue> = {};
	for (const { Name, Option } of elementsOf(line.Tracking)) {
		if (typeof Name === 'string' && typeof Option === 'string') values[PREFIX + Name] = Option;
	}
	return values;
}

/**
 * The tracking fields that an organisation's lines have, `tracking.<category name>` with an option's
 * name as the value; archived categories are left out. Categories are the organisation's own, so
 * that they are no part of the registry; naming them in the path keeps a comparison independent of
 * the order in which Xero lists them.
 */
export function trackingFields(
	categories: readonly TrackingCategory[],
): Array<Omit<FieldDefinition, 'read' | 'write'>> {
	return categories
		.filter((category) => category.status === 'ACTIVE')
		.map((category) => ({
			path: `${PREFIX}${category.name}`,
			label: category.name,
			kind: 'tracking',
			usual: false,
			maxLength: 100,
			choices: category.options
				.filter((option) => option.status === 'ACTIVE')
				.map((option) => ({ value: option.name, label: option.name })),
		}));
}

/** Options by category, both folded: what lines are tracked by. */
export type TrackedOptions = ReadonlyMap<string, ReadonlySet<string>>;

/** What lines are tracked by, taken together. */
export function optionsOf(lines: readonly FieldValues[]): TrackedOptions {
	const tracked = new Map<string, Set<string>>();
	for (const fields of lines) {
		for (const [path, value] of Object.entries(fields)) {
			if (!path.startsWith(PREFIX) || typeof value !== 'string' || value === '') continue;
			const category = foldText(path.slice(PREFIX.length));
			tracked.set(category, (tracked.get(category) ?? new Set()).add(foldText(value)));
		}
	}
	return tracked;
}
