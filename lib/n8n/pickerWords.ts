import { NodeOperationError } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { isServiceFaultError, ServiceFaultError } from '../serviceFault';
import { z } from '../vendor/zod';
import { toNodeError } from './errors';

/** Why a list or a form could not be filled, and what to do about it. */
interface Trouble {
	readonly message: string;
	readonly fix: string;
}

const SERVICE_OF_CREDENTIAL = { xeroSyncOAuth2Api: 'Xero', knackApi: 'Knack' } as const;

/** n8n's own words for a credential that is not chosen, or was deleted, name its type. */
function credentialTrouble(message: string): Trouble | undefined {
	const isNone = /not have any credentials/i.test(message);
	if (!isNone && !/credential with id .* (does not|could not)/i.test(message)) return undefined;
	const named = Object.entries(SERVICE_OF_CREDENTIAL).find(([type]) => message.includes(type));
	const service = named ? `${named[1]} ` : '';
	return {
		message: isNone
			? `No ${service}credential is chosen in this node.`
			: `The ${service}credential of this node is not there any more.`,
		fix: `Choose one at the top of the panel, or make one there.`,
	};
}

function troubleOf(context: ILoadOptionsFunctions, error: unknown): Trouble {
	if (isServiceFaultError(error)) return error.fault;
	const { message, description } = toNodeError(context.getNode(), error);
	return (
		credentialTrouble(message) ?? {
			message: endedSentence(message),
			fix: description ?? 'Try again; if it stays so, look at the credential of this node.',
		}
	);
}

function endedSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** For the list of a resource locator, which shows an error's message and its description. */
export async function searchInWords<Value>(
	context: ILoadOptionsFunctions,
	read: () => Promise<Value>,
): Promise<Value> {
	try {
		return await read();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** For a dropdown, which shows nothing of an error but its message: the fix goes there too. */
export async function optionsInWords<Value>(
	context: ILoadOptionsFunctions,
	read: () => Promise<Value>,
): Promise<Value> {
	try {
		return await read();
	} catch (error) {
		const { message, fix } = troubleOf(context, error);
		const told = `${message} ${fix}`;
		if (isServiceFaultError(error)) {
			const inMessage = new ServiceFaultError({ ...error.fault, message: told });
			throw toNodeError(context.getNode(), inMessage);
		}
		throw new NodeOperationError(context.getNode(), told, { description: fix });
	}
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
	/** Said instead of a form without fields. */
	readonly none: string;
}

/**
 * For a mapping form. The editor shows no error of it ("Can't get fields."), and it deletes each
 * saved value whose field does not come back. So a form that cannot be loaded says why in the
 * notice for empty forms while nothing is mapped yet; once something is, all its fields come back,
 * under an entry that says why.
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
		const { message, fix } = troubleOf(context, error);
		const words = `${message} ${fix}`;
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
