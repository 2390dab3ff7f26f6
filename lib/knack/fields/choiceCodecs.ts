import { foldText, isSameText } from '../../foldText';
import { htmlToText, mixedToText, textAsTyped, textOfShown } from '../html';
import type { KnackField } from '../app';
import type { Encoded, FieldCodec } from './fieldCodec';
import { asObject, encoded, notEncoded, shownInMessage, textOf } from './fieldCodec';
import { BLANK, isBlank, textValue } from './fieldValue';

const RECORD_ID = /^[0-9a-f]{24}$/i;

/** Knack shows Yes/No, True/False or On/Off as the field is set. */
const FLAG_BY_WORD: Readonly<Record<string, boolean>> = {
	yes: true,
	true: true,
	on: true,
	'1': true,
	no: false,
	false: false,
	off: false,
	'0': false,
};

function flagOf(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : FLAG_BY_WORD[foldText(String(value))];
}

export const booleanCodec: FieldCodec = {
	decode(raw) {
		const value = flagOf(raw);
		return value === undefined ? textValue(textAsTyped(String(raw))) : { kind: 'flag', value };
	},
	encode(value) {
		const flag = flagOf(value);
		if (flag !== undefined) return encoded(flag);
		return notEncoded(`"${shownInMessage(value)}" is neither yes nor no.`, 'Send true or false.');
	},
};

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value.filter((entry) => !isBlank(entry)) : [value];
}

/** Finds an option by its exact text, else regardless of case and spaces around it. */
function optionOf(value: unknown, options: readonly string[]): string | undefined {
	const text = textOf(value) ?? '';
	return (
		options.find((option) => option === text) ?? options.find((option) => isSameText(option, text))
	);
}

function unknownOption(value: unknown, field: KnackField, options: readonly string[]): Encoded {
	const shown = options.slice(0, 12).join(', ');
	return notEncoded(
		`"${shownInMessage(value)}" is not an option of ${field.name} in Knack.`,
		`Use one of: ${shown}${options.length > 12 ? ', …' : ''}; or add the option to the field in Knack.`,
	);
}

export const multipleChoiceCodec: FieldCodec = {
	decode(raw, field) {
		if (!field.allowsMany) {
			const single = Array.isArray(raw) ? raw.map((entry) => textOf(entry)).filter(Boolean) : [raw];
			return textValue(textAsTyped(single.map(String).join(', ')));
		}
		// Options may themselves hold ", ": a shown list is only split when it is no option.
		const shown = typeof raw === 'string' ? textAsTyped(raw) : undefined;
		const whole = shown !== undefined && field.options?.includes(shown);
		const entries = shown === undefined || whole ? listOf(shown ?? raw) : shown.split(', ');
		const values = entries.map((entry) => textAsTyped(String(entry))).filter((text) => text !== '');
		return values.length === 0 ? BLANK : { kind: 'choices', values };
	},
	encode(value, field) {
		const values = listOf(value);
		if (!field.allowsMany && values.length > 1) {
			return notEncoded(`${field.name} takes one option only.`, 'Map a single option.');
		}
		const options = field.options ?? [];
		const found = values.map((entry) =>
			options.length > 0 ? optionOf(entry, options) : textOf(entry),
		);
		const unknown = found.findIndex((option) => option === undefined);
		if (unknown >= 0) return unknownOption(values[unknown], field, options);
		return encoded(field.allowsMany ? found : (found[0] ?? ''));
	},
};

/** Knack's `profile_N` keys on writing; names (or {id, identifier}) on reading. */
export const userRolesCodec: FieldCodec = {
	decode(raw) {
		const entries = Array.isArray(raw) ? raw : textAsTyped(String(raw)).split(', ');
		const values = entries
			.map((entry) => textOf(asObject(entry)?.['identifier'] ?? entry))
			.filter((text) => text !== undefined);
		return values.length === 0 ? BLANK : { kind: 'choices', values };
	},
	encode(value, field) {
		const keys = listOf(value);
		const isKey = (key: unknown): key is string =>
			typeof key === 'string' && /^(profile_\d+|all_users)$/.test(key);
		if (keys.every(isKey)) return encoded(keys);
		return notEncoded(
			`"${shownInMessage(value)}" is no user role key for ${field.name}.`,
			'Send role keys such as profile_3.',
		);
	},
};

const SPAN = /<span[^<>]*class="([0-9a-f]{24})"[^<>]*>/i;
/** Within these characters of a piece its span begins: only a line break stands before it. */
const BEGINNING = 500;

/** Spans such as `<span class="5ea46ad2b6ce4b0015000ae8">Johnny C</span>`, one a record. */
function readSpans(html: string): Array<{ id: string; label: string }> {
	return html.split('</span>').flatMap((piece) => {
		const span = SPAN.exec(piece.slice(0, BEGINNING));
		const [opening = '', id] = span ?? [];
		if (!span || id === undefined) return [];
		return [{ id, label: htmlToText(piece.slice(span.index + opening.length)) }];
	});
}

export const connectionCodec: FieldCodec = {
	decode(raw, field) {
		const many = field.allowsMany === true;
		const readLabel = field.connection?.hasHtmlLabels ? mixedToText : textAsTyped;
		if (typeof raw === 'string' && !RECORD_ID.test(raw.trim())) {
			const records = readSpans(raw);
			return records.length > 0
				? { kind: 'connections', records, many }
				: textValue(textOfShown(raw));
		}
		const linked = listOf(raw).flatMap((entry) => {
			const parts = asObject(entry);
			const id = textOf(parts ? parts['id'] : entry);
			return id ? [{ id, label: readLabel(textOf(parts?.['identifier']) ?? '') }] : [];
		});
		return linked.length === 0 ? BLANK : { kind: 'connections', records: linked, many };
	},
	encode(value, field) {
		const entries = Array.isArray(value) ? value : [value];
		const ids = entries.map((entry) => textOf(asObject(entry)?.['id'] ?? entry) ?? '');
		const wrong = ids.findIndex((id) => !RECORD_ID.test(id));
		if (wrong >= 0) {
			return notEncoded(
				`"${shownInMessage(entries[wrong])}" is not a record id for the connection ${field.name}.`,
				'Map the id of the connected record (24 letters and digits), not its name.',
			);
		}
		if (!field.allowsMany && ids.length > 1) {
			return notEncoded(`${field.name} connects to one record only.`, 'Map a single record id.');
		}
		return encoded(ids);
	},
};
