import { codecOf } from './codecs/codecs';
import type { CodecContext } from './codecs/fieldCodec';
import { computedTypes } from './schema';
import type { FieldSchema } from './schema';
import type { TableState } from './state';
import { findField } from './state';
import type { StoredValue } from './values';
import { defaultCurrentMoment } from './wallClock';

export interface WriteProblem {
	field: string;
	type: 'required' | 'unique' | 'validation';
	message: string;
}

/** A write that Knack refuses with 400. */
export class WriteRefused extends Error {
	constructor(readonly errors: WriteProblem[]) {
		super(errors.map((error) => error.message).join(' '));
		this.name = 'WriteRefused';
	}
}

/**
 * What was sent, by field key, as the twin keeps it; unknown keys and computed fields are ignored.
 * @param refuse whether a value that does not fit its field is refused rather than left blank.
 * @throws WriteRefused
 */
export function readValues(
	table: TableState,
	input: Record<string, unknown>,
	context: CodecContext,
	refuse: boolean,
): Record<string, StoredValue | undefined> {
	const values: Record<string, StoredValue | undefined> = {};
	const errors: WriteProblem[] = [];
	for (const field of table.schema.fields) {
		if (!(field.key in input) || computedTypes.has(field.type)) continue;
		const given = input[field.key];
		if (isBlank(given)) {
			values[field.key] = field.type === 'boolean' ? false : undefined;
			continue;
		}
		const result = codecOf(field).read(given, field, context);
		if ('value' in result) values[field.key] = result.value;
		else if (refuse || isChoice(field)) {
			errors.push({
				field: field.key,
				type: 'validation',
				message: `${field.name} ${result.problem}.`,
			});
		} else values[field.key] = undefined;
	}
	if (errors.length > 0) throw new WriteRefused(errors);
	return values;
}

/** @throws WriteRefused */
export function refuseMissingOrTaken(
	table: TableState,
	id: string | undefined,
	values: Record<string, StoredValue | undefined>,
	enforce: { required: boolean; unique: boolean },
): void {
	const errors: WriteProblem[] = [];
	for (const field of table.schema.fields) {
		const value = values[field.key];
		if (value === undefined) {
			if (field.required && enforce.required) {
				errors.push({
					field: field.key,
					type: 'required',
					message: `${field.name} is required.`,
				});
			}
		} else if (field.unique && enforce.unique) {
			if (isTaken(table, field, value, id)) {
				errors.push({
					field: field.key,
					type: 'unique',
					message: `${field.name} must be unique.`,
				});
			}
		}
	}
	if (errors.length > 0) throw new WriteRefused(errors);
}

/** What a new record gets in fields that were not sent. */
export function addDefaults(
	table: TableState,
	values: Record<string, StoredValue | undefined>,
	nowMs: number,
	zone: string,
): void {
	for (const field of table.schema.fields) {
		if (field.key in values) continue;
		const value = defaultOf(field, nowMs, zone);
		if (value !== undefined) values[field.key] = value;
	}
}

function defaultOf(field: FieldSchema, nowMs: number, zone: string): StoredValue | undefined {
	const fallback = field.format?.default ?? field.default;
	switch (field.type) {
		case 'boolean':
			return fallback === true;
		case 'multiple_choice':
			if (typeof fallback !== 'string' || fallback === '' || fallback === 'kn-blank')
				return undefined;
			return field.format?.type === 'multi' ? [fallback] : fallback;
		case 'date_time':
			return field.format?.default_type === 'current'
				? {
						from: defaultCurrentMoment(nowMs, zone, field.format),
					}
				: undefined;
		case 'number':
			return typeof fallback === 'string' && fallback !== '' ? Number(fallback) : undefined;
		case 'currency':
		case 'short_text':
		case 'paragraph_text':
			return typeof fallback === 'string' && fallback !== '' ? fallback : undefined;
		default:
			return undefined;
	}
}

function isBlank(input: unknown): boolean {
	return (
		input === null ||
		input === undefined ||
		input === '' ||
		(Array.isArray(input) && input.length === 0)
	);
}

/** A choice codec has a problem only where the flag says to refuse. */
function isChoice(field: FieldSchema): boolean {
	return field.type === 'multiple_choice';
}

function isTaken(
	table: TableState,
	field: FieldSchema,
	value: StoredValue,
	exceptId: string | undefined,
): boolean {
	const wanted = JSON.stringify(value).toLowerCase();
	for (const record of table.records.values()) {
		if (record.id === exceptId) continue;
		const other = record.values[field.key];
		if (other !== undefined && JSON.stringify(other).toLowerCase() === wanted) return true;
	}
	return false;
}

/** Values given by field name or key, as a write wants them: by key. */
export function byFieldKey(
	table: TableState,
	input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const keyed: Record<string, unknown> = {};
	for (const [nameOrKey, value] of Object.entries(input)) {
		const field = findField(table.schema, nameOrKey);
		if (!field) {
			throw new Error(`The table "${table.schema.name}" has no field "${nameOrKey}".`);
		}
		keyed[field.key] = value;
	}
	return keyed;
}
