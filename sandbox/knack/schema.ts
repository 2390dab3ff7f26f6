/** A Knack table ("object" in the API) and its fields, shaped as `GET /objects/{key}` shows them. */

export const fieldTypes = [
	'short_text',
	'paragraph_text',
	'rich_text',
	'number',
	'currency',
	'equation',
	'auto_increment',
	'sum',
	'count',
	'average',
	'min',
	'max',
	'boolean',
	'multiple_choice',
	'date_time',
	'timer',
	'name',
	'email',
	'phone',
	'address',
	'link',
	'file',
	'image',
	'signature',
	'rating',
	'connection',
	'concatenation',
	'password',
	'user_roles',
] as const;

export type FieldType = (typeof fieldTypes)[number];

/** Types a record's author cannot write: Knack works them out. */
export const computedTypes: ReadonlySet<FieldType> = new Set<FieldType>([
	'equation',
	'auto_increment',
	'sum',
	'count',
	'average',
	'min',
	'max',
	'concatenation',
]);

/** The parts of a field's `format` that change behaviour; others are kept and shown as they are. */
export interface FieldFormat {
	/** Choice options, in order. */
	options?: string[];
	/** Choice: `single` or `multi`. */
	type?: 'single' | 'multi';
	/** Choice: `kn-blank` or an option. Boolean: true or false. */
	default?: string | boolean;
	/** Currency sign, boolean words (`yes_no`), name order, phone mask, address country. */
	format?: string;
	date_format?: 'mm/dd/yyyy' | 'dd/mm/yyyy' | 'yyyy-mm-dd' | 'D MMM, YYYY' | 'Ignore Date';
	time_format?: 'HH:MM am' | 'HH MM (military)' | 'Ignore Time';
	/** Date: a range with a `to`. */
	calendar?: boolean;
	/** Date: what a new record gets. */
	default_type?: 'none' | 'current';
	/** `none`, `period` or `comma`. */
	mark_decimal?: string;
	/** `none`, `comma`, `period` or `space`. */
	mark_thousands?: string;
	precision?: string;
	pre?: string;
	post?: string;
	/** `{field_1}*{field_2}`; a connected value is `{field_3.field_4}`. */
	equation?: string;
	equation_type?: 'numeric' | 'date';
	/** Roll-ups: the connection that leads to the other table, and the field counted there. */
	connection?: { key: string };
	field?: { key: string };
	/** Image: `upload` or `url`. */
	source?: string;
	secure?: boolean;
	[other: string]: unknown;
}

export interface FieldSchema {
	_id: string;
	key: string;
	name: string;
	type: FieldType;
	required: boolean;
	unique: boolean;
	immutable: boolean;
	user: boolean;
	conditional: boolean;
	rules: unknown[];
	default?: string | boolean;
	format?: FieldFormat;
	relationship?: Relationship;
}

interface Relationship {
	/** The connected table. */
	object: string;
	has: 'one' | 'many';
	belongs_to: 'one' | 'many';
}

export interface TableSchema {
	_id: string;
	key: string;
	name: string;
	/** Key of the display field. */
	identifier?: string;
	sort?: { field: string; order: 'asc' | 'desc' };
	type: 'StandardObject' | 'UserObject';
	user: boolean;
	profile_key?: string;
	status: 'current';
	inflections: { singular: string; plural: string };
	tasks: unknown[];
	conns: unknown[];
	fields: FieldSchema[];
}

/** A field as a seed describes it; keys and ids are given by the sandbox. */
export interface FieldDefinition {
	name: string;
	type: FieldType;
	required?: boolean;
	unique?: boolean;
	default?: string | boolean;
	format?: FieldFormat;
	/** Auto-increment: the first number. */
	startsAt?: number;
	/** Connection: the name or key of the table it points to, and how many on either side. */
	connectsTo?: { table: string; has?: 'one' | 'many'; belongsTo?: 'one' | 'many' };
}

export interface TableDefinition {
	name: string;
	singular?: string;
	fields: FieldDefinition[];
	/** Name of the display field; the first field when left out. */
	identifier?: string;
	sort?: { field: string; order: 'asc' | 'desc' };
	/** An account ("user") table, with Knack's five built-in fields in front. */
	users?: boolean;
	/**
	 * Name of a date/time field that a record rule of the Live App's forms sets to the moment of
	 * saving. Knack has no such field of its own; app builders add one.
	 */
	modifiedField?: string;
}

/** Copies a seed's loose definition into a field schema. */
export function fieldFrom(definition: FieldDefinition, key: string, id: string): FieldSchema {
	const { connectsTo, ...given } = definition;
	return {
		_id: id,
		key,
		name: given.name,
		type: given.type,
		required: given.required ?? false,
		unique: given.unique ?? false,
		immutable: false,
		user: false,
		conditional: false,
		rules: [],
		...(given.default === undefined ? {} : { default: given.default }),
		...(given.format === undefined ? {} : { format: given.format }),
		...(connectsTo === undefined
			? {}
			: {
					relationship: {
						object: connectsTo.table,
						has: connectsTo.has ?? 'one',
						belongs_to: connectsTo.belongsTo ?? 'many',
					},
				}),
	};
}
