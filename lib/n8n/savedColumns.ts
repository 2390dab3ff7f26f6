import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import {
	chosenColumn,
	columnChoice,
	fieldForAllLines,
	LISTED_KINDS,
	unsettledChoice,
} from '../sync/map/columnChoice';
import { nameKey, namesOf, nameWords } from '../sync/map/fieldNames';
import type { MappableField } from '../sync/map/mappableFields';
import { misspelt, successorOf } from '../sync/map/nameSuccessor';
import { withNote } from './formDrift';
import type { SavedMapping } from './pickerWords';

/**
 * The form for lines with what the saved mapping holds in the lists, since n8n would run no workflow
 * whose form holds a value beside its list. The list says what each is: a column, one that the lines
 * do not have any more (with its likely successor), or a text for all lines. So a bare text, as 0.1.0
 * saved it, is settled once the form was open.
 */
export function withSavedColumns(
	fields: readonly ResourceMapperField[],
	saved: SavedMapping,
	columns: readonly string[],
	known: ReadonlyArray<{ readonly id: string; readonly field: MappableField }>,
): ResourceMapperField[] {
	const meanings = new Map(known.map(({ id, field }) => [id, field]));
	const before = columnsBefore(saved);
	const used = Object.values(saved.values).flatMap((value) =>
		typeof value === 'string' ? nameKey(chosenColumn(value) ?? value) : [],
	);
	const free = columns.filter((column) => !used.includes(nameKey(column)));
	return fields.map((field) => {
		const value = saved.values[field.id];
		const meaning = meanings.get(field.id);
		if (fieldForAllLines(field.id) !== undefined || !meaning) return field;
		if (typeof value !== 'string' || value.trim() === '') return field;
		const options = field.options ?? [];
		if (options.some((option) => option.value === value)) return field;
		const name = chosenColumn(value) ?? value;
		const present = columns.find((column) => nameWords(column) === nameWords(name));
		if (present !== undefined) {
			const others = options.filter((option) => option.value !== columnChoice(present));
			return { ...field, options: [{ name: columnChoice(present), value }, ...others] };
		}
		const wasColumn =
			chosenColumn(value) !== undefined ||
			before.has(name) ||
			namesOf(meaning).includes(nameKey(name));
		if (!wasColumn && LISTED_KINDS.has(meaning.kind)) return field;
		if (columns.length === 0) {
			const what = wasColumn ? columnChoice(name) : unsettledChoice(name);
			return { ...field, options: [{ name: what, value }, ...options] };
		}
		const renamed = columns.find((column) => nameKey(column) === nameKey(name));
		const successor =
			renamed ?? (wasColumn ? successorOf(name, meaning, free) : misspelt(name, free));
		if (!wasColumn && successor === undefined) {
			return { ...field, options: [{ name: `For All Lines: ${name}`, value }, ...options] };
		}
		const perhaps = successor === undefined ? undefined : `Perhaps Now ${successor}`;
		const gone: INodePropertyOptions = {
			name: wasColumn ? `${columnChoice(name)} (Not in the Lines)` : unsettledChoice(name),
			value,
			description: perhaps ?? 'Choose another',
		};
		return {
			...field,
			displayName: withNote(field.displayName, perhaps ?? 'Not Offered Any More'),
			options: [gone, ...options],
		};
	});
}

/** What the saved form knew as columns: what its lists offered, and what it came pre-filled with. */
function columnsBefore({ fields }: SavedMapping): ReadonlySet<string> {
	return new Set(
		fields.flatMap(({ defaultValue, options = [] }) => [
			...options.flatMap(({ name, value }) => {
				const column = chosenColumn(name);
				return column === undefined ? [] : [column, String(value)];
			}),
			...(typeof defaultValue === 'string' ? [chosenColumn(defaultValue) ?? defaultValue] : []),
		]),
	);
}
