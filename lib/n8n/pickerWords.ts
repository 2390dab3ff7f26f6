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

/** n8n marks a blank in red that its list lacks, though there is nothing to choose yet. */
const NOTHING: INodePropertyOptions = {
	name: 'Nothing to choose from yet',
	value: '',
	description: 'Choose first what it hangs on. If that is chosen, it has nothing of this kind.',
};

/**
 * For a dropdown, of which n8n shows no more than that something went wrong: its only entry says why
 * and what to do. What the node has chosen stays in a list that has nothing else to choose, since n8n
 * takes a value beside its list for a mistake; and a field that the node names, as the examples do, goes
 * by its name there.
 */
export async function optionsInWords(
	context: ILoadOptionsFunctions,
	read: () => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	const chosen = new Set(chosenFromLists(context.getCurrentNodeParameters()));
	const kept = [...chosen].map((value) => ({ name: value, value }));
	try {
		const options = await read();
		const isEmpty = options.every(({ value }) => value === '');
		if (!isEmpty) return options.flatMap((each) => asStored(each, chosen));
		return [...(options.length === 0 ? [NOTHING] : options), ...kept];
	} catch (error) {
		const { message, fix } = troubleOf(context, error);
		return [{ name: message, value: '', description: fix }, ...kept];
	}
}

/** A list of a form that could not be read: why, and what the form has chosen from it before. */
export async function listInWords(
	context: ILoadOptionsFunctions,
	chosen: unknown,
	read: () => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	try {
		return await read();
	} catch (error) {
		const { message, fix } = troubleOf(context, error);
		const kept =
			typeof chosen === 'string' && chosen !== '' ? [{ name: chosen, value: chosen }] : [];
		return [{ name: message, value: '', description: fix }, ...kept];
	}
}

/** A field by its key, by its name, or by both, as the node has stored it. */
function asStored(option: INodePropertyOptions, chosen: ReadonlySet<string>) {
	const { name, value } = option;
	if (!/^field_\d+$/.test(String(value)) || !chosen.has(name)) return [option];
	const byName = { ...option, value: name };
	return chosen.has(String(value)) ? [option, byName] : [byName];
}

/** The ways to parameters that are chosen from a list of Knack's, in any of the nodes. */
const FROM_LISTS = [
	/^(include|lineConnection)$/,
	/^(conditions\.condition\.(field|values?)|columnFields\.column\.field)$/,
	/^(fieldsToWrite|(?!identity|line)\w+Fields)\.\w+$/,
	/^([\w.]+\.)?[a-z]\w*Fields?$/,
];

/**
 * What the parameters hold that was chosen from lists of Knack's. n8n sends a name that stands where
 * the form would have an expression ("=Due Date") as it works out ("Due Date").
 */
function chosenFromLists(value: unknown, way = ''): string[] {
	if (typeof value === 'string') {
		const text = value.replace(/^=/, '').trim();
		const isChosen = text !== '' && !text.includes('{{');
		return isChosen && FROM_LISTS.some((pattern) => pattern.test(way)) ? [text] : [];
	}
	if (Array.isArray(value)) return value.flatMap((each) => chosenFromLists(each, way));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		chosenFromLists(inner, way === '' ? key : `${way}.${key}`),
	);
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
