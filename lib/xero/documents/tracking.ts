import type { TrackingCategory } from '../settings';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValue,
	FieldValues,
	WireElement,
} from './definition';
import { elementsOf } from './wireSlots';

const PREFIX = 'tracking.';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The field of a line for one tracking category, `tracking.<category name>` with the option's name
 * as its value. Categories are the organisation's own, so that they are no part of the registry;
 * naming them in the path keeps a comparison independent of the order in which Xero lists them.
 * A category or option may also be given by its id.
 */
export function trackingField(category: string): FieldDefinition {
	const byId = GUID.test(category);
	const entryOf = (element: WireElement) =>
		elementsOf(element.Tracking).find((entry) =>
			byId
				? sameText(entry.TrackingCategoryID, category)
				: sameText(entry.Name, category) || sameText(entry.TrackingCategoryID, category),
		);
	return {
		path: `${PREFIX}${category}`,
		label: category,
		kind: 'tracking',
		usual: false,
		maxLength: 100,
		read: (element) => {
			const option = entryOf(element)?.Option;
			return typeof option === 'string' && option !== '' ? option : undefined;
		},
		write: (element, value) => {
			const others = elementsOf(element.Tracking).filter((entry) => entry !== entryOf(element));
			const option = String(value);
			element.Tracking = option === '' ? others : [...others, trackingEntry(category, option)];
		},
	};
}

function sameText(value: unknown, text: string): boolean {
	return typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
}

function trackingEntry(category: string, option: string): WireElement {
	return {
		...(GUID.test(category) ? { TrackingCategoryID: category } : { Name: category }),
		...(GUID.test(option) ? { TrackingOptionID: option } : { Option: option }),
	};
}

/** The values of a line's tracking, by category name. */
export function readTracking(line: WireElement): FieldValues {
	const values: Record<string, FieldValue> = {};
	for (const { Name, Option } of elementsOf(line.Tracking)) {
		if (typeof Name === 'string' && typeof Option === 'string') values[PREFIX + Name] = Option;
	}
	return values;
}

/** The tracking fields that an organisation's lines have; archived categories are left out. */
export function trackingFields(categories: readonly TrackingCategory[]): FieldDefinition[] {
	return categories
		.filter((category) => category.status === 'ACTIVE')
		.map((category) => ({
			...trackingField(category.name),
			choices: category.options
				.filter((option) => option.status === 'ACTIVE')
				.map((option) => ({ value: option.name, label: option.name })),
		}));
}

/** The definition of a line's field by its path, tracking included. */
export function lineFieldAt(
	definition: DocumentDefinition,
	path: string,
): FieldDefinition | undefined {
	const known = definition.lineFields?.find((field) => field.path === path);
	if (known || !definition.lineFields || !path.startsWith(PREFIX)) return known;
	return trackingField(path.slice(PREFIX.length));
}
