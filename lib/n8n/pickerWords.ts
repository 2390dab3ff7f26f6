import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { isServiceFaultError } from '../serviceFault';
import { z } from '../vendor/zod';
import { CredentialMissingError } from './credentialSettings';
import { toNodeError } from './errors';

/** Why a list or a form could not be filled, and what to do about it. */
interface Trouble {
	readonly message: string;
	readonly fix: string;
}

function troubleOf(context: ILoadOptionsFunctions, error: unknown): Trouble {
	if (isServiceFaultError(error)) return error.fault;
	if (error instanceof CredentialMissingError) {
		return {
			message: `Choose a ${error.service} credential above`,
			fix: 'If there is none yet, make one there.',
		};
	}
	const { message, description } = toNodeError(context.getNode(), error);
	return {
		message: endedSentence(message),
		fix: description ?? 'Try again; if it stays so, look at the credential of this node.',
	};
}

function endedSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * For the list of a resource locator, which shows an error's message and its description. What is
 * simply still to be chosen is no error: the list says so in its only entry.
 */
export async function searchInWords(
	context: ILoadOptionsFunctions,
	read: () => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof CredentialMissingError)) throw toNodeError(context.getNode(), error);
		return toChoose(troubleOf(context, error).message);
	}
}

/** A list whose only entry says what to choose before it can be filled. */
export function toChoose(words: string): INodeListSearchResult {
	return { results: [{ name: words, value: '' }] };
}

/**
 * For a dropdown, of which n8n shows no more than that something went wrong: its only entry says why
 * and what to do. What the node has chosen from it stays in the list, since n8n takes a value beside its
 * list for a mistake; so a field that the node names, as the examples do, goes by its name there.
 */
export async function optionsInWords(
	context: ILoadOptionsFunctions,
	read: () => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	const texts = textsIn(context.getCurrentNodeParameters());
	const stored = new Set(texts.map(bare));
	try {
		return (await read()).flatMap((option) => asStored(option, stored));
	} catch (error) {
		const { message, fix } = troubleOf(context, error);
		const chosen = texts.filter((text) => text.startsWith('=') || /\bfield_\d+/.test(text));
		return [
			{ name: message, value: '', description: fix },
			...[...new Set(chosen.map(bare))].map((value) => ({ name: value, value })),
		];
	}
}

/** A text that stands where the form would have an expression. */
function bare(text: string): string {
	return text.replace(/^=/, '').trim();
}

/** A field by its key, by its name, or by both, as the node has stored it. */
function asStored(option: INodePropertyOptions, stored: ReadonlySet<string>) {
	const { name, value } = option;
	if (!/^field_\d+$/.test(String(value)) || !stored.has(name)) return [option];
	const byName = { ...option, value: name };
	return stored.has(String(value)) ? [option, byName] : [byName];
}

/** Parts of a node's parameters that hold what lists offered, not what was chosen. */
const OFFERED: ReadonlySet<string> = new Set(['schema', 'sampleShape', 'cachedResultName']);

/** The texts that a node's parameters hold, but for what is worked out in a run. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.includes('{{') ? [] : [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => (OFFERED.has(key) ? [] : textsIn(inner)));
}

/**
 * Id of the entry that says in a form why it is not up to date; it never has a value.
 * @internal
 */
export const NOTICE_FIELD = 'notice';

const savedMapping = z
	.object({
		schema: z
			.array(z.custom<ResourceMapperField>((entry) => savedField.safeParse(entry).success))
			.catch([]),
		value: z.record(z.unknown()).nullish().catch(undefined),
	})
	.catch({ schema: [], value: undefined });

const savedField = z.object({
	id: z.string(),
	displayName: z.string(),
	type: z.string().optional(),
	options: z.array(z.object({ name: z.string() }).passthrough()).optional(),
});

/** What the node has stored of a mapping form: its fields, and the values, worked out for a sample. */
export interface SavedMapping {
	readonly fields: readonly ResourceMapperField[];
	readonly values: Readonly<Record<string, unknown>>;
}

function readSavedMapping(context: ILoadOptionsFunctions, parameter: string): SavedMapping {
	const saved = savedMapping.parse(context.getCurrentNodeParameter(parameter));
	return {
		fields: saved.schema.filter(({ id }) => id !== NOTICE_FIELD),
		values: saved.value ?? {},
	};
}

export interface MappingForm {
	/** Name of the parameter that holds the mapping. */
	readonly parameter: string;
	/** The form as it should be; what the saved mapping names must be in it. */
	load(saved: SavedMapping): Promise<ResourceMapperField[]>;
	/** The form without asking anybody, for when it cannot be loaded. */
	kept(saved: SavedMapping): ResourceMapperField[];
	/** A form that needs nobody to be asked, but for its lists. */
	withoutLists?(): Promise<ResourceMapperField[]>;
	/** Said instead of a form without fields. */
	readonly none: string;
}

/**
 * For a mapping form. The editor shows no error of it ("Can't get fields."), and it deletes each
 * saved value whose field does not come back. So a form that cannot be loaded says why in the
 * notice for empty forms while nothing is mapped yet; once something is, all its fields come back,
 * under an entry that says why. n8n may ask for the form a moment before it has put the only credential
 * there is into the node, and asks no second time: so while none is chosen the form comes without its
 * lists, which say what is missing.
 */
export async function formInWords(
	context: ILoadOptionsFunctions,
	form: MappingForm,
): Promise<ResourceMapperFields> {
	const saved = readSavedMapping(context, form.parameter);
	try {
		const fields = await form.load(saved);
		return fields.length > 0 ? { fields } : { fields, emptyFieldsNotice: form.none };
	} catch (error) {
		if (error instanceof CredentialMissingError && form.withoutLists) {
			const isNew = saved.fields.length === 0;
			return { fields: isNew ? await form.withoutLists() : form.kept(saved) };
		}
		const { message, fix } = troubleOf(context, error);
		const words = `${endedSentence(message)} ${fix}`;
		if (saved.fields.length === 0) return { fields: [], emptyFieldsNotice: asHtml(words) };
		return { fields: [notice(message, fix), ...form.kept(saved)] };
	}
}

/**
 * A dropdown whose only entry tells what happened: the editor cuts labels short and shows no text of
 * a field besides, while the entries of a list come in full.
 */
function notice(message: string, fix: string): ResourceMapperField {
	return {
		id: NOTICE_FIELD,
		displayName: 'Not Loaded: See Why',
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: false,
		type: 'options',
		options: [{ name: message, value: '', description: `${message} ${fix}` }],
	};
}

/** The editor shows a notice as HTML. */
function asHtml(text: string): string {
	const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
	return text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

/** A field that has no default of its own is left as it is saved, but for being removed or added. */
export function asSaved(
	saved: SavedMapping,
	fields: readonly ResourceMapperField[],
): ResourceMapperField[] {
	const byId = new Map(saved.fields.map((field) => [field.id, field]));
	return fields.map((field) => {
		const before = byId.get(field.id);
		if (!before) return field;
		const { type, options, displayName } = before;
		return { ...field, displayName, ...(type ? { type } : {}), ...(options ? { options } : {}) };
	});
}
