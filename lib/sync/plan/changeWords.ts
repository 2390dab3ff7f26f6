import { CONTACT } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import type { FieldChange } from '../outcome';

const LINE_FIELD = /^lineItems\[(\d+)\]\.(.+)$/;
const CONTACT_FIELD = /^contact\.(.+)$/;

/** The path of a line's field within its line; undefined for a field of the header. */
export function pathInLine(field: string): string | undefined {
	return LINE_FIELD.exec(field)?.[2];
}

/** A changed field by its label and line, as the form shows it: "Quantity (line 2)". */
export function changedLabel(definition: DocumentDefinition, field: string): string {
	const [, index, path] = LINE_FIELD.exec(field) ?? [];
	const fields = index === undefined ? definition.fields : (definition.lineFields ?? []);
	const label =
		fieldsByPath(fields).get(path ?? field)?.label ??
		NAMED_APART[field] ??
		labelOfContact(field) ??
		path ??
		field;
	if (index === undefined) return label;
	// A line that is new is told by its description, which not every type has.
	const isNew = label === path && path === 'description';
	return `${isNew ? 'New line' : label} (line ${Number(index) + 1})`;
}

/** A field of the contact that the document does not have itself: "Contact Whole Phone Number". */
function labelOfContact(field: string): string | undefined {
	const path = CONTACT_FIELD.exec(field)?.[1];
	const known = path === undefined ? undefined : fieldsByPath(CONTACT.fields).get(path);
	return known && `Contact ${known.label}`;
}

/** What changes as a whole, and so is no field of the form. */
const NAMED_APART: Readonly<Record<string, string>> = {
	contact: 'Contact',
	lineItems: 'a line',
	openCredit: 'Open credit',
	sourceLink: 'Go to Source link',
};

export function isBlank(value: FieldChange['before']): boolean {
	return value === undefined || value === '';
}

/** What would change: "Quantity (line 2) from 1 to 3; the line "Parts" is left out". */
export function changesInWords(
	definition: DocumentDefinition,
	changes: readonly FieldChange[],
): string {
	const shown = (value: FieldChange['before']) => (isBlank(value) ? 'nothing' : String(value));
	return listed(changes, ({ field, before, after }) =>
		field === 'lineItems'
			? `the line "${String(before ?? '')}" is left out`
			: `${changedLabel(definition, field)} from ${shown(before)} to ${shown(after)}`,
	);
}

/** What differs: "Due Date is "2026-12-20" in Xero and "2026-12-31" in Knack". */
export function differencesInWords(
	definition: DocumentDefinition,
	changes: readonly FieldChange[],
): string {
	const shown = (value: FieldChange['before']) =>
		isBlank(value) ? 'nothing' : `"${String(value)}"`;
	return listed(
		changes,
		({ field, before, after }) =>
			`${changedLabel(definition, field)} is ${shown(before)} in Xero and ${shown(after)} in Knack`,
	);
}

/** Changes that are named one by one; the others are counted. */
const MOST_NAMED = 5;

function listed(changes: readonly FieldChange[], inWords: (change: FieldChange) => string): string {
	const named = changes.slice(0, MOST_NAMED).map(inWords);
	const others = changes.length - named.length;
	return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}
