import { isSameText } from '../../foldText';
import type {
	DocumentDefinition,
	DocumentLine,
	FieldDefinition,
	FieldValues,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { elementsOf } from '../../xero/documents/wireSlots';
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

/** The lines of a document as they would be sent, with their ids. */
export function elementOfLines(
	{ wire: { lines: member }, lineFields = [] }: DocumentDefinition,
	{ lines = [] }: XeroDocument,
): WireElement {
	if (!member) return {};
	const { name, idName } = member;
	return {
		[name]: lines.map(({ id, fields }) => {
			const line: WireElement = idName === undefined ? {} : { [idName]: id };
			writeFields(line, lineFields, fields);
			return line;
		}),
	};
}

/** The lines of an element that is to be sent, as they will be read once Xero has them. */
export function linesToBe(
	definition: DocumentDefinition,
	element: WireElement,
	settings: OrganisationSettings,
): readonly DocumentLine[] {
	const { lines: member, idName } = definition.wire;
	const named = elementsOf(member && element[member.name]).map((line) => ({
		...line,
		Tracking: elementsOf(line.Tracking).flatMap(({ TrackingCategoryID, TrackingOptionID }) => {
			const category = settings.trackingCategories.find(({ id }) => id === TrackingCategoryID);
			const option = category?.options.find(({ id }) => id === TrackingOptionID);
			return category && option ? [{ Name: category.name, Option: option.name }] : [];
		}),
	}));
	if (!member || named.length === 0) return [];
	// Reading wants an id, which one that is made has not yet.
	const whole = { [idName]: '', ...element, [member.name]: named };
	return definition.read(whole).lines ?? [];
}

/** The member of an element by which it names its contact. */
export function namedContact(
	{ wire: { contact } }: DocumentDefinition,
	contactId: string | undefined,
): WireElement {
	return contact && contactId !== undefined
		? { [contact.name]: { [contact.idName]: contactId } }
		: {};
}

/** An element with another status than it has. */
export function withStatus(
	{ fields, statusPath }: DocumentDefinition,
	element: WireElement,
	status: string | undefined,
): WireElement {
	const whole = { ...element };
	if (status !== undefined) fields.find(({ path }) => path === statusPath)?.write(whole, status);
	return whole;
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
	const element: WireElement = { ...definition.wire.fixed };
	if (parts.id !== undefined) element[definition.wire.idName] = parts.id;
	const own = definition.hasContact
		? Object.fromEntries(
				Object.entries(parts.fields).filter(([path]) => !path.startsWith(CONTACT_PREFIX)),
			)
		: parts.fields;
	writeFields(element, definition.fields, own);
	Object.assign(element, namedContact(definition, parts.contactId));
	const { lines } = definition.wire;
	if (lines && parts.lines) {
		const { idName } = lines;
		element[lines.name] = parts.lines.map((line) => {
			const lineElement: WireElement =
				line.id === undefined || idName === undefined ? {} : { [idName]: line.id };
			writeFields(lineElement, definition.lineFields ?? [], line.fields);
			const tracking = trackingElements(line.fields, settings);
			if (tracking.length > 0) lineElement.Tracking = tracking;
			return lineElement;
		});
	}
	return element;
}

/** A status and nothing else, save what the endpoint refuses to do without. */
export function statusElement(
	definition: DocumentDefinition,
	document: XeroDocument,
	status: string,
	settings: OrganisationSettings,
): WireElement {
	const always = definition.wire.alwaysSent;
	const fields: FieldValues = Object.fromEntries([
		...always.flatMap((path) => {
			const value = document.fields[path];
			return value === undefined ? [] : [[path, value] as const];
		}),
		[definition.statusPath ?? 'status', status],
	]);
	return buildElement(
		definition,
		{
			id: definition.wire.hasIdInElement ? document.id : undefined,
			fields,
			contactId: always.includes('contact.id') ? document.contactId : undefined,
		},
		settings,
	);
}
