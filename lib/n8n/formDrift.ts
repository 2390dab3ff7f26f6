import type { ResourceMapperField } from 'n8n-workflow';
import { lostSetting } from '../sync/map/lostSettings';
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
}

/**
 * Names, behind the field's name, what the saved mapping has chosen and Xero does not offer any
 * more, and the likely successor. The choice stays in the list: n8n would run no workflow
 * whose form holds a value beside its list, and only the records that need it are to be held.
 */
export function withLostSettings(
	fields: readonly ResourceMapperField[],
	saved: SavedMapping,
	{ known, settings }: Offered,
): ResourceMapperField[] {
	const meanings = new Map(known.map(({ id, field }) => [id, field]));
	return fields.map((field) => {
		const value = saved.values[field.id];
		const meaning = meanings.get(field.id);
		if (!meaning || typeof value !== 'string' || !isFilled(value)) return field;
		if (field.options?.some((option) => option.value === value)) return field;
		const lost = lostSetting(meaning, value, settings);
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

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

const NOTE = ' ⚠ ';

export function withNote(name: string, words: string): string {
	return `${name}${NOTE}${words}`;
}

function withoutNote(name: string): string {
	return name.split(NOTE)[0] ?? name;
}
