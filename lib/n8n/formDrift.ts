import type { ResourceMapperField } from 'n8n-workflow';
import { likeness } from '../likeness';
import { lostSetting, type LostSetting } from '../sync/map/lostSettings';
import type { MappableField } from '../sync/map/mappableFields';
import type { OrganisationSettings } from '../xero/settings';
import type { SavedMapping } from './pickerWords';

/**
 * The fields of a form, and those of the saved mapping that are filled in and not among them any
 * more, each with what is the matter with it behind its name. Without them the editor would delete
 * what was mapped, and records would go without it unnoticed.
 */
export function withLostFields(
	fields: readonly ResourceMapperField[],
	saved: SavedMapping,
	wordsFor: (lost: ResourceMapperField) => string | undefined,
): ResourceMapperField[] {
	const offered = new Set(fields.map(({ id }) => id));
	const lost = saved.fields
		.filter(({ id }) => !offered.has(id) && isFilled(saved.values[id]))
		.flatMap((field) => {
			const bare = { ...field, displayName: withoutNote(field.displayName) };
			const words = wordsFor(bare);
			return words === undefined
				? []
				: [{ ...bare, displayName: withNote(bare.displayName, words), required: false }];
		});
	return [...fields, ...lost];
}

interface Offered {
	/** What each field of the form means, by its id. */
	readonly known: ReadonlyArray<{ readonly id: string; readonly field: MappableField }>;
	readonly settings: OrganisationSettings;
	/** Columns that the lines have; unknown when empty. */
	readonly columns?: readonly string[];
}

/**
 * Names, behind the field's name, what the saved mapping has chosen and Xero (or the lines) do not
 * offer any more, and the likely successor. The choice stays in the list: n8n would run no workflow
 * whose form holds a value beside its list, and only the records that need it are to be held.
 */
export function withLostSettings(
	fields: readonly ResourceMapperField[],
	saved: SavedMapping,
	{ known, settings, columns = [] }: Offered,
): ResourceMapperField[] {
	const meanings = new Map(known.map(({ id, field }) => [id, field]));
	return fields.map((field) => {
		const value = saved.values[field.id];
		const meaning = meanings.get(field.id);
		if (!meaning || typeof value !== 'string' || !isFilled(value)) return field;
		if (columns.includes(value) || field.options?.some((option) => option.value === value)) {
			return field;
		}
		const lost = lostColumn(field, value, saved, columns) ?? lostSetting(meaning, value, settings);
		if (!lost) return field;
		// The editor cuts labels short: the successor goes there, and all of it into the list.
		const perhaps = lost.successor === undefined ? undefined : `Perhaps Now ${lost.successor}`;
		const option = { name: lost.what, value, description: perhaps ?? 'Choose another' };
		return {
			...field,
			displayName: withNote(field.displayName, perhaps ?? 'Not Offered Any More'),
			...(field.options ? { options: [option, ...field.options] } : {}),
		};
	});
}

/** A value that was a column when the form was filled in, told by what the form then offered. */
function lostColumn(
	field: ResourceMapperField,
	value: string,
	saved: SavedMapping,
	columns: readonly string[],
): LostSetting | undefined {
	const before = saved.fields.find(({ id }) => id === field.id);
	const wasColumn =
		before?.defaultValue === value ||
		before?.options?.some((option) => option.name === `Column: ${value}`) === true;
	if (!wasColumn || columns.length === 0) return undefined;
	const [successor] = columns
		.map((name) => ({ name, score: likeness(name, value) }))
		.filter(({ score }) => score >= 0.5)
		.sort((a, b) => b.score - a.score);
	return {
		what: `The lines have no column "${value}" any more`,
		...(successor ? { successor: successor.name } : {}),
	};
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

const NOTE = ' ⚠ ';

function withNote(name: string, words: string): string {
	return `${name}${NOTE}${words}`;
}

function withoutNote(name: string): string {
	return name.split(NOTE)[0] ?? name;
}
