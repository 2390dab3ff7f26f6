import { z } from '../vendor/zod';
import type { KnackApp, KnackField, KnackTable } from './app';
import { zoneOfApp } from './timeZones';

const textOrNumber = z.union([z.string(), z.number()]);
const connectionEnd = z.enum(['one', 'many']).catch('many');

const fieldSchema = z.object({
	key: z.string(),
	name: z.string().catch(''),
	type: z.string(),
	required: z.boolean().catch(false),
	unique: z.boolean().catch(false),
	immutable: z.boolean().optional().catch(undefined),
	format: z.record(z.unknown()).catch({}),
	relationship: z
		.object({ object: z.string(), has: connectionEnd, belongs_to: connectionEnd })
		.optional()
		.catch(undefined),
});

const tableSchema = z.object({
	key: z.string(),
	name: z.string().catch(''),
	identifier: z.string().optional().catch(undefined),
	profile_key: z.string().optional().catch(undefined),
	fields: z.array(fieldSchema.nullable().catch(null)).catch([]),
});

const appSchema = z.object({
	application: z.object({
		id: z.string(),
		name: z.string().catch(''),
		slug: z.string().optional().catch(undefined),
		objects: z.array(tableSchema.nullable().catch(null)).catch([]),
		settings: z
			.object({
				timezone: z.string().optional().catch(undefined),
				timezone_offset: textOrNumber.optional().catch(undefined),
				timezone_dst: textOrNumber.optional().catch(undefined),
			})
			.catch({}),
	}),
});

/**
 * Reads the answer of `GET /applications/{id}`. Parts that cannot be read are left out rather than
 * failing the whole app. Undefined when the answer is no app at all.
 */
export function parseApp(answer: unknown, timeZone?: string): KnackApp | undefined {
	const parsed = appSchema.safeParse(answer);
	if (!parsed.success) return undefined;
	const { id, name, slug, objects, settings } = parsed.data.application;
	return {
		id,
		name,
		slug,
		timeZone:
			timeZone ??
			zoneOfApp({
				label: settings.timezone,
				offset: settings.timezone_offset,
				summerOffset: settings.timezone_dst,
			}),
		tables: withHtmlMarked(objects.flatMap((table) => (table ? [readTable(table)] : []))),
	};
}

function readTable(table: z.infer<typeof tableSchema>): KnackTable {
	return {
		key: table.key,
		name: table.name === '' ? table.key : table.name,
		displayField: table.identifier,
		profileKey: table.profile_key,
		fields: table.fields.flatMap((field) => (field ? [readField(field)] : [])),
	};
}

function readField(field: z.infer<typeof fieldSchema>): KnackField {
	const { format, relationship } = field;
	return {
		key: field.key,
		name: field.name === '' ? field.key : field.name,
		type: field.type,
		required: field.required,
		unique: field.unique,
		options: optionsOf(format),
		allowsMany: allowsMany(field),
		dateFormat: textOf(format['date_format']),
		timeFormat: textOf(format['time_format']),
		connection: relationship && {
			table: relationship.object,
			has: relationship.has,
			belongsTo: relationship.belongs_to,
		},
		format,
	};
}

/** Types that Knack shows as HTML, also where it puts a record's fields together. */
const SHOWN_AS_HTML: ReadonlySet<string> = new Set([
	'rich_text',
	'address',
	'email',
	'file',
	'image',
	'link',
	'paragraph_text',
	'signature',
	'timer',
]);

/**
 * Marks what only the whole app tells: the text formulas that make HTML, and the connections whose
 * records are shown by a field of HTML.
 */
function withHtmlMarked(tables: readonly KnackTable[]): KnackTable[] {
	const fields = new Map(tables.flatMap((table) => table.fields.map((one) => [one.key, one])));
	const displayFields = new Map(tables.map(({ key, displayField }) => [key, displayField]));
	const known = new Map<string, boolean>();
	const isHtml = (key: string): boolean => {
		const field = fields.get(key);
		if (field?.type !== 'concatenation') return SHOWN_AS_HTML.has(field?.type ?? '');
		const kept = known.get(key);
		if (kept !== undefined) return kept;
		// A formula that leads back to itself adds nothing of its own.
		known.set(key, false);
		const formula = textOf(field.format['equation']) ?? '';
		const made = /<\/?[a-z]/i.test(formula) || (formula.match(/field_\d+/g) ?? []).some(isHtml);
		known.set(key, made);
		return made;
	};
	const marked = (field: KnackField): KnackField => {
		if (field.type === 'concatenation') {
			return isHtml(field.key) ? { ...field, isHtml: true } : field;
		}
		const display = field.connection && displayFields.get(field.connection.table);
		return field.connection && display !== undefined && isHtml(display)
			? { ...field, connection: { ...field.connection, hasHtmlLabels: true } }
			: field;
	};
	return tables.map((table) => ({ ...table, fields: table.fields.map(marked) }));
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function optionsOf(format: Readonly<Record<string, unknown>>): string[] | undefined {
	const options = format['options'];
	if (!Array.isArray(options)) return undefined;
	return options.filter((option): option is string => typeof option === 'string');
}

/** A multiple choice allows many when it is shown as a multi-select or as checkboxes. */
function allowsMany(field: z.infer<typeof fieldSchema>): boolean {
	if (field.type === 'user_roles') return true;
	if (field.type === 'connection') return field.relationship?.has === 'many';
	return ['multi', 'checkboxes'].includes(textOf(field.format['type']) ?? '');
}
