import { lineFields, type MappableField } from './mappableFields';
import { trackingPath } from './settingsReading';
import type { DocumentDefinition, FieldKind } from '../../xero/documents/definition';
import type { TrackingCategory } from '../../xero/settings';

/**
 * How the form for lines saves that a field is a column of the lines, as its lists show it. A value
 * for all lines is saved as it is, or under a field of its own, so that neither is taken for the
 * other.
 */
const COLUMN = 'Column: ';

export function columnChoice(column: string): string {
	return `${COLUMN}${column}`;
}

/** The column that was chosen; undefined for anything else. */
export function chosenColumn(choice: unknown): string | undefined {
	if (typeof choice !== 'string' || !choice.startsWith(COLUMN)) return undefined;
	const column = choice.slice(COLUMN.length).trim();
	return column === '' ? undefined : column;
}

const COLUMN_OR_TEXT = 'Column or Text: ';

/** How the form shows a bare text, as 0.1.0 saved it, of which it cannot tell yet what it is. */
export function unsettledChoice(text: string): string {
	return `${COLUMN_OR_TEXT}${text}`;
}

/** What the form's list said of a choice: whether it is a column; undefined where it did not know. */
export function isListedAsColumn(listed: string | undefined): boolean | undefined {
	if (listed === undefined || listed.startsWith(COLUMN_OR_TEXT)) return undefined;
	return chosenColumn(listed) !== undefined;
}

/** Kinds whose values the organisation lists, so that a name that is none of them is held anyway. */
export const LISTED_KINDS: ReadonlySet<FieldKind> = new Set<FieldKind>([
	'account',
	'paymentAccount',
	'taxType',
	'currency',
	'brandingTheme',
	'choice',
	'tracking',
	'earningsRate',
]);

/** Before the id of a field of the form, that of the field for a value that all lines share. */
const FOR_ALL = 'allLines.';

export function forAllLines(id: string): string {
	return `${FOR_ALL}${id}`;
}

/** The field whose value an entry of the form gives for all lines, if it is such an entry. */
export function fieldForAllLines(id: string): string | undefined {
	return id.startsWith(FOR_ALL) ? id.slice(FOR_ALL.length) : undefined;
}

/** The fields of a line by their ids in the form. */
export function lineFormFields(
	definition: DocumentDefinition,
	categories: readonly TrackingCategory[],
): Array<{ readonly id: string; readonly field: MappableField }> {
	return lineFields(definition, categories).map((field) => ({
		id: lineFieldId(field, categories),
		field,
	}));
}

/** Tracking categories go by their id, so that renaming one in Xero breaks no workflow. */
function lineFieldId(field: MappableField, categories: readonly TrackingCategory[]): string {
	const category = categories.find((each) => trackingPath(each) === field.path);
	return category ? `tracking.${category.id}` : field.path;
}

/** What the saved form for lines says besides its values. */
export interface SavedLineForm {
	/** By id, as chosen or typed, or written as an expression ("=…"). */
	readonly stored: Readonly<Record<string, string>>;
	/** By id, the names that the field's list had for its values. */
	readonly listed: Readonly<Record<string, ReadonlyMap<string, string>>>;
	/** What the lines had for columns when the form was last open. */
	readonly columns: ReadonlySet<string>;
}

export const NOTHING_SAVED: SavedLineForm = { stored: {}, listed: {}, columns: new Set() };
