import type { FieldSchema } from '../schema';
import { asObject, asText, isList } from '../values';
import type { CodecContext, FieldCodec } from './fieldCodec';
import { escapeHtml } from './fieldCodec';

const yes = /^(yes|true|on|1)$/i;
const no = /^(no|false|off|0)$/i;

/** boolean: written as true/false or, in any case, yes/no, on/off, true/false. */
export const yesNo: FieldCodec = {
	read: (input) => {
		const text = asText(input) ?? '';
		if (yes.test(text)) return { value: true };
		return no.test(text) ? { value: false } : { problem: 'must be yes or no' };
	},
	display: (value, field) => {
		const words = { true_false: ['True', 'False'], on_off: ['On', 'Off'] }[
			field.format?.format ?? 'yes_no'
		] ?? ['Yes', 'No'];
		return (value === true ? words[0] : words[1]) ?? '';
	},
	raw: (value) => value,
};

/** multiple_choice: a string, or with `type: multi` a list that a write replaces as a whole. */
export const choice: FieldCodec = {
	read: (input, field, context) => {
		const given = (Array.isArray(input) ? input : [input]).map(asText);
		const chosen = given.filter(
			(option): option is string => option !== undefined && option !== '',
		);
		const options = new Set(field.format?.options ?? []);
		const unknown = chosen.filter((option) => !options.has(option));
		if (unknown.length > 0 && context.unknownChoices === 'reject') {
			return { problem: `must be one of ${[...options].join(', ')}` };
		}
		const kept =
			context.unknownChoices === 'drop' ? chosen.filter((option) => options.has(option)) : chosen;
		if (field.format?.type === 'multi') return { value: kept.length > 0 ? kept : undefined };
		return { value: kept[0] };
	},
	display: (value) => (isList(value) ? value.join(', ') : String(value)),
	raw: (value) => value,
};

/** connection: ids are written and replace what was there; ids with display text are read. */
export const connection: FieldCodec = {
	read: (input, field) => {
		const ids = (Array.isArray(input) ? input : [input])
			.map((item) => asText(asObject(item)?.['id'] ?? item))
			.filter((id): id is string => id !== undefined && id !== '');
		if (ids.some((id) => !/^[0-9a-f]{24}$/i.test(id))) return { problem: 'must be record ids' };
		const kept = field.relationship?.has === 'many' ? [...new Set(ids)] : ids.slice(0, 1);
		return { value: kept.length > 0 ? kept : undefined };
	},
	display: (value, field, context) =>
		connected(value, field, context)
			.map(
				({ id, identifier }) =>
					`<span class="${id}" data-kn="connection-value">${escapeHtml(identifier)}</span>`,
			)
			.join('<br />'),
	raw: connected,
};

function connected(
	value: unknown,
	field: FieldSchema,
	context: CodecContext,
): Array<{ id: string; identifier: string }> {
	const table = field.relationship?.object ?? '';
	return (Array.isArray(value) ? value : [])
		.map(String)
		.map((id) => ({ id, identifier: context.identifierOf(table, id) }));
}

/** user_roles: profile keys are written, role names are read. */
export const userRoles: FieldCodec = {
	read: (input) => {
		const keys = (Array.isArray(input) ? input : [input])
			.map(asText)
			.filter((key): key is string => key !== undefined && /^profile_\d+$/.test(key));
		return keys.length > 0 ? { value: keys } : { problem: 'must be profile keys' };
	},
	display: (value, _field, context) =>
		isList(value) ? value.map((key) => context.roleName(key)).join(', ') : '',
	raw: (value, _field, context) => (isList(value) ? value.map((key) => context.roleName(key)) : []),
};
