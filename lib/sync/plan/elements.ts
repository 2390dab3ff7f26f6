import { isSameText } from '../../foldText';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValues,
	WireElement,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { fieldsByPath, textOf } from '../check/draftValues';
import type { PlannedLine } from './lines';

const CONTACT_PREFIX = 'contact.';

function writeFields(
	element: WireElement,
	fields: readonly FieldDefinition[],
	values: FieldValues,
): void {
	const known = fieldsByPath(fields);
	for (const path of Object.keys(values)) {
		const value = values[path];
		if (value !== undefined) known.get(path)?.write(element, value);
	}
}

const TRACKING_PREFIX = 'tracking.';

/** Tracking by ids: what Xero does with a name that it does not know is not documented. */
function trackingElements(values: FieldValues, settings: OrganisationSettings): WireElement[] {
	const paths = Object.keys(values).filter((path) => path.startsWith(TRACKING_PREFIX));
	return paths.flatMap((path) => {
		const value = textOf(values[path]);
		const named = path.slice(TRACKING_PREFIX.length);
		const category = settings.trackingCategories.find(
			(each) => isSameText(each.id, named) || isSameText(each.name, named),
		);
		const option = category?.options.find(
			(each) => value !== undefined && (each.id === value || isSameText(each.name, value)),
		);
		return category && option
			? [{ TrackingCategoryID: category.id, TrackingOptionID: option.id }]
			: [];
	});
}

export interface ElementParts {
	readonly id?: string;
	readonly fields: FieldValues;
	readonly lines?: readonly PlannedLine[];
	/** Only the id: any other value would change the contact itself. */
	readonly contactId?: string;
}

/** The element to send, in Xero's own form. */
export function buildElement(
	definition: DocumentDefinition,
	parts: ElementParts,
	settings: OrganisationSettings,
): WireElement {
	const element: WireElement = { ...definition.fixed };
	if (parts.id !== undefined) element[definition.idName] = parts.id;
	const own = Object.entries(parts.fields).filter(([path]) => !path.startsWith(CONTACT_PREFIX));
	writeFields(element, definition.fields, Object.fromEntries(own));
	if (parts.contactId !== undefined) element.Contact = { ContactID: parts.contactId };
	if (parts.lines) {
		element.LineItems = parts.lines.map((line) => {
			const lineElement: WireElement = line.id === undefined ? {} : { LineItemID: line.id };
			writeFields(lineElement, definition.lineFields ?? [], line.fields);
			const tracking = trackingElements(line.fields, settings);
			if (tracking.length > 0) lineElement.Tracking = tracking;
			return lineElement;
		});
	}
	return element;
}
