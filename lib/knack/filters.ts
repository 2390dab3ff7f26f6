import { readCalendarDate } from '../dates';
import { parseDecimal } from '../money';
import type { Result } from '../result';
import { failed, ok } from '../result';
import { z } from '../vendor/zod';
import type { KnackField, KnackTable } from './app';
import type { KnackFilterRule, KnackFilters } from './client';
import type { KnownAs } from './fieldSuccessors';
import { missingFieldWords } from './fieldSuccessors';
import { dateInFieldOrder } from './fields/dateCodecs';
import { findField } from './tables';

/** Field types that are filtered alike. */
export type FilterFamily =
	| 'text'
	| 'number'
	| 'boolean'
	| 'choice'
	| 'date'
	| 'connection'
	| 'roles'
	| 'presence';

const FAMILY_BY_TYPE: Readonly<Record<string, FilterFamily>> = {
	short_text: 'text',
	paragraph_text: 'text',
	rich_text: 'text',
	concatenation: 'text',
	name: 'text',
	email: 'text',
	phone: 'text',
	link: 'text',
	address: 'text',
	number: 'number',
	currency: 'number',
	equation: 'number',
	auto_increment: 'number',
	rating: 'number',
	sum: 'number',
	count: 'number',
	average: 'number',
	min: 'number',
	max: 'number',
	boolean: 'boolean',
	multiple_choice: 'choice',
	date_time: 'date',
	connection: 'connection',
	user_roles: 'roles',
	file: 'presence',
	image: 'presence',
	signature: 'presence',
	timer: 'presence',
	password: 'presence',
};

export function filterFamily(type: string): FilterFamily {
	return FAMILY_BY_TYPE[type] ?? 'text';
}

/** What an operator takes: nothing, one value, a list, or a number of days, weeks, months, years. */
export type OperatorTakes = 'nothing' | 'value' | 'list' | 'period';

const PRESENCE: Readonly<Record<string, OperatorTakes>> = {
	'is blank': 'nothing',
	'is not blank': 'nothing',
};

/** Knack's operators by family (docs.knack.com, "Filters by Field Type"). */
export const OPERATORS: Readonly<Record<FilterFamily, Readonly<Record<string, OperatorTakes>>>> = {
	text: {
		is: 'value',
		'is not': 'value',
		contains: 'value',
		'does not contain': 'value',
		'starts with': 'value',
		'ends with': 'value',
		...PRESENCE,
	},
	number: {
		is: 'value',
		'is not': 'value',
		'higher than': 'value',
		'lower than': 'value',
		...PRESENCE,
	},
	boolean: { is: 'value', 'is not': 'value' },
	choice: {
		is: 'value',
		'is not': 'value',
		contains: 'value',
		'does not contain': 'value',
		'is any': 'list',
		...PRESENCE,
	},
	date: {
		is: 'value',
		'is not': 'value',
		'is before': 'value',
		'is after': 'value',
		'is today': 'nothing',
		'is today or before': 'nothing',
		'is today or after': 'nothing',
		'is before today': 'nothing',
		'is after today': 'nothing',
		'is during the current': 'period',
		'is during the previous': 'period',
		'is during the next': 'period',
		'is before the previous': 'period',
		'is after the next': 'period',
		...PRESENCE,
	},
	connection: {
		is: 'value',
		'is not': 'value',
		contains: 'value',
		'does not contain': 'value',
		'is any': 'list',
		'is not any': 'list',
		...PRESENCE,
	},
	roles: { contains: 'value', 'does not contain': 'value', ...PRESENCE },
	presence: PRESENCE,
};

export const PERIODS = ['days', 'weeks', 'months', 'years'] as const;

/** A condition as a person composes it. */
export interface FilterCondition {
	/** Key or label. */
	readonly field: string;
	readonly operator: string;
	readonly value?: unknown;
	/** For periods: how many, and of what. */
	readonly range?: number;
	readonly period?: string;
}

/** Why a filter cannot be used, and what to do, for a person. */
export interface FilterFault {
	readonly message: string;
	readonly fix: string;
	/** Key of the field that the table does not have. */
	readonly missingField?: string;
}

function unfit(message: string, fix: string): Result<never, FilterFault> {
	return failed({ message, fix });
}

/**
 * Brings conditions to Knack's form, checked against the table. `knownField` says what a field
 * that is gone was known as.
 */
export function buildFilters(
	table: KnackTable,
	match: 'and' | 'or',
	conditions: readonly FilterCondition[],
	knownField: (key: string) => KnownAs = (key) => ({ key }),
): Result<KnackFilters, FilterFault> {
	const rules: KnackFilterRule[] = [];
	for (const condition of conditions) {
		const rule = buildRule(table, condition, knownField);
		if (!rule.ok) return rule;
		rules.push(rule.value);
	}
	return ok({ match, rules });
}

function buildRule(
	table: KnackTable,
	condition: FilterCondition,
	knownField: (key: string) => KnownAs,
): Result<KnackFilterRule, FilterFault> {
	const field = findField(table, condition.field);
	if (!field) {
		const gone = knownField(condition.field);
		return failed({ ...missingFieldWords(table, gone), missingField: condition.field });
	}
	const operators = OPERATORS[filterFamily(field.type)];
	const { operator } = condition;
	const takes = operators[operator];
	if (takes === undefined) {
		const allowed = Object.keys(operators).join(', ');
		return unfit(`"${operator}" cannot be asked of ${field.name}.`, `Choose one of: ${allowed}.`);
	}
	if (takes === 'nothing') return ok({ field: field.key, operator });
	if (takes === 'period') return buildPeriod(field, condition);
	if (takes === 'list') {
		const listed = Array.isArray(condition.value)
			? condition.value
			: String(condition.value ?? '').split(',');
		const values = listed.map((value) => String(value).trim()).filter((value) => value !== '');
		if (values.length > 0) return ok({ field: field.key, operator, value: values });
		return unfit(`The filter on ${field.name} has no values.`, 'Choose at least one.');
	}
	const value = filterValue(field, condition.value);
	return value.ok ? ok({ field: field.key, operator, value: value.value }) : value;
}

function buildPeriod(
	field: KnackField,
	{ operator, range, period }: FilterCondition,
): Result<KnackFilterRule, FilterFault> {
	const type = PERIODS.find((known) => known === period) ?? 'days';
	const count = range ?? 1;
	if (Number.isInteger(count) && count > 0) {
		return ok({ field: field.key, operator, range: count, type });
	}
	return unfit(
		`The filter on ${field.name} counts no ${type}.`,
		'Give a whole number of 1 or more.',
	);
}

const YES = /^(true|yes|on|1)$/i;
const NO = /^(false|no|off|0)$/i;

/** Without a value, a yes/no field is asked for yes. */
function filterValue(field: KnackField, value: unknown): Result<unknown, FilterFault> {
	const family = filterFamily(field.type);
	const isBlank = value === undefined || value === null || value === '';
	if (family === 'boolean') {
		const text = isBlank ? 'yes' : String(value).trim();
		if (YES.test(text) || NO.test(text)) return ok(YES.test(text));
		return unfit(
			`The filter on ${field.name} compares with "${text}", which is neither yes nor no.`,
			'Choose Yes or No.',
		);
	}
	if (isBlank) {
		return unfit(
			`The filter on ${field.name} has no value.`,
			'Fill it in, or use the operator "is blank".',
		);
	}
	if (family === 'number') {
		const number = parseDecimal(value);
		if (number) return ok(number.toFixed());
		return unfit(
			`The filter on ${field.name} compares with "${String(value)}", which is no number.`,
			'Write digits with a point for decimals.',
		);
	}
	if (family === 'date') {
		// A date that Knack's own form already writes is left as it stands.
		const day = readCalendarDate(value);
		if (day) return ok(dateInFieldOrder(day, field));
		return /^\d{1,2}\/\d{1,2}\/\d{4}/.test(String(value))
			? ok(String(value))
			: unfit(
					`The filter on ${field.name} compares with "${String(value)}", which is no date.`,
					'Write it as YYYY-MM-DD.',
				);
	}
	return ok(typeof value === 'string' ? value.trim() : value);
}

const ruleSchema = z
	.object({
		field: z.string().min(1),
		operator: z.string().min(1),
		value: z.unknown(),
		range: z.coerce.number().optional(),
		type: z.string().optional(),
	})
	.transform(({ field, operator, value, range, type }) => ({
		field,
		operator,
		...(value !== undefined && { value }),
		...(range !== undefined && { range }),
		...(type !== undefined && { type }),
	}));

const filtersSchema = z.union([
	z.array(ruleSchema).transform((rules) => ({ match: 'and' as const, rules })),
	z
		.object({
			match: z.enum(['and', 'or', 'all', 'any']).default('and'),
			rules: z.array(ruleSchema).min(1),
		})
		.transform(({ match, rules }) => ({
			match: match === 'or' || match === 'any' ? ('or' as const) : ('and' as const),
			rules,
		})),
]);

/**
 * Reads filters as Knack's own apps show them: an object with `match` and `rules`, or a bare list
 * of rules, as text or parsed. Text may be URL-encoded, as it stands in a Live App's address.
 */
export function parseRawFilters(input: unknown): Result<KnackFilters, FilterFault> {
	const parsed = filtersSchema.safeParse(typeof input === 'string' ? readJson(input) : input);
	if (parsed.success && parsed.data.rules.length > 0) return ok(parsed.data);
	return unfit(
		'The filter JSON cannot be read.',
		'It looks like {"match":"and","rules":[{"field":"field_1","operator":"is","value":"Completed"}]}.',
	);
}

/** Undefined for what is not JSON: the caller says what is expected. */
function readJson(text: string): unknown {
	try {
		return JSON.parse(text.trim().startsWith('%') ? decodeURIComponent(text.trim()) : text);
	} catch {
		return undefined;
	}
}

/** The filter as a sentence: "Status is Completed and Due is before 22/11/2026". */
export function filtersInWords(table: KnackTable, filters: KnackFilters | undefined): string {
	const words = (filters?.rules ?? []).map((rule) => {
		const name = table.fields.find(({ key }) => key === rule.field)?.name ?? rule.field;
		const value = Array.isArray(rule.value) ? rule.value.join(' or ') : (rule.value ?? '');
		const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
		const period = rule.range === undefined ? '' : `${rule.range} ${rule.type ?? ''}`;
		return [name, rule.operator, shown, period].filter((part) => part !== '').join(' ');
	});
	return words.join(filters?.match === 'or' ? ' or ' : ' and ');
}
