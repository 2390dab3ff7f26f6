import { plainDisplay } from './codecs/codecs';
import { parseDecimal } from './codecs/numberCodecs';
import { matchesDate } from './dateFilters';
import type { FilterContext, FilterRule } from './filterRule';
import type { FieldSchema } from './schema';
import type { TableState } from './state';
import type { StoredRecord, StoredValue } from './values';
import { asObject, isDateValue, isList } from './values';

export interface Filters {
	match: 'and' | 'or';
	rules: FilterRule[];
}

/** A `filters` parameter that cannot be read. */
export class BadFilters extends Error {}

/** Reads the object form, the bare list of rules (which means "and"), and `any`/`all`. */
export function parseFilters(text: string | undefined): Filters | undefined {
	if (text === undefined || text === '') return undefined;
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw new BadFilters('Invalid filters');
	}
	const given = asObject(parsed);
	const rules = Array.isArray(parsed) ? parsed : given?.['rules'];
	const match = given?.['match'];
	return {
		match: match === 'or' || match === 'any' ? 'or' : 'and',
		rules: (Array.isArray(rules) ? rules : []).map(readRule),
	};
}

function readRule(input: unknown): FilterRule {
	const rule = asObject(input) ?? {};
	return {
		field: String(rule['field'] ?? ''),
		operator: String(rule['operator'] ?? ''),
		value: rule['value'],
		range: rule['range'],
		type: rule['type'],
	};
}

type Test = (record: StoredRecord) => boolean;

/**
 * A test for records.
 * @throws BadFilters for an unknown operator, where the flag says to refuse it.
 */
export function filterTest(
	table: TableState,
	filters: Filters | undefined,
	context: FilterContext,
): Test {
	const tests: Test[] = [];
	for (const rule of filters?.rules ?? []) {
		const test = ruleTest(table, rule, context);
		if (test) tests.push(test);
		else if (context.flags.unknownOperators === 'reject') {
			throw new BadFilters(`Unknown filter: ${rule.field} ${rule.operator}`);
		}
	}
	if (tests.length === 0) return () => true;
	return filters?.match === 'or'
		? (record) => tests.some((test) => test(record))
		: (record) => tests.every((test) => test(record));
}

function ruleTest(table: TableState, rule: FilterRule, context: FilterContext): Test | undefined {
	const field = table.schema.fields.find(({ key }) => key === rule.field);
	if (!field) return undefined;
	if (rule.operator === 'is blank') return (record) => isBlankValue(record.values[field.key]);
	if (rule.operator === 'is not blank') return (record) => !isBlankValue(record.values[field.key]);
	const test = valueTest(field, rule, context);
	return test && ((record) => test(record.values[field.key]));
}

function isBlankValue(value: StoredValue | undefined): boolean {
	return value === undefined || value === '' || (isList(value) && value.length === 0);
}

type ValueTest = (value: StoredValue | undefined) => boolean;

function valueTest(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): ValueTest | undefined {
	switch (field.type) {
		case 'number':
		case 'currency':
		case 'rating':
		case 'auto_increment':
		case 'sum':
		case 'count':
		case 'average':
		case 'min':
		case 'max':
			return numberTest(rule);
		case 'equation':
			return field.format?.equation_type === 'date'
				? dateTest(field, rule, context)
				: numberTest(rule);
		case 'boolean':
			return booleanTest(rule);
		case 'date_time':
			return dateTest(field, rule, context);
		case 'connection':
		case 'user_roles':
		case 'multiple_choice':
			return listTest(field, rule, context);
		case 'file':
		case 'image':
		case 'signature':
		case 'password':
		case 'timer':
			return undefined;
		default:
			return textTest(field, rule, context);
	}
}

function textTest(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): ValueTest | undefined {
	const wanted = String(rule.value ?? '').toLowerCase();
	const compare: Record<string, (text: string) => boolean> = {
		is: (text) => text === wanted,
		'is not': (text) => text !== wanted,
		contains: (text) => text.includes(wanted),
		'does not contain': (text) => !text.includes(wanted),
		'starts with': (text) => text.startsWith(wanted),
		'ends with': (text) => text.endsWith(wanted),
	};
	const test = compare[rule.operator];
	return test && ((value) => test(plainDisplay(value, field, context.codecs).toLowerCase()));
}

function numberTest(rule: FilterRule): ValueTest | undefined {
	const wanted = parseDecimal(rule.value);
	const compare: Record<string, (difference: number) => boolean> = {
		is: (difference) => difference === 0,
		'is not': (difference) => difference !== 0,
		'higher than': (difference) => difference > 0,
		'lower than': (difference) => difference < 0,
	};
	const test = compare[rule.operator];
	if (!test) return undefined;
	return (value) => {
		const actual = parseDecimal(value);
		if (!actual || !wanted) return rule.operator === 'is not';
		return test(actual.cmp(wanted));
	};
}

function booleanTest(rule: FilterRule): ValueTest | undefined {
	const wanted = /^(true|yes|on|1)$/i.test(String(rule.value));
	if (rule.operator === 'is') return (value) => (value === true) === wanted;
	if (rule.operator === 'is not') return (value) => (value === true) !== wanted;
	return undefined;
}

function dateTest(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): ValueTest | undefined {
	const test = matchesDate(field, rule, context);
	return test && ((value) => (isDateValue(value) ? test(value.from) : rule.operator === 'is not'));
}

function listTest(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): ValueTest | undefined {
	const wanted = (Array.isArray(rule.value) ? rule.value : [rule.value]).map((item) =>
		String(asObject(item)?.['id'] ?? item ?? '').toLowerCase(),
	);
	const items = (value: StoredValue | undefined): string[] =>
		(isList(value) ? value : value === undefined ? [] : [String(value)]).map((item) =>
			item.toLowerCase(),
		);
	const hasAny: ValueTest = (value) => items(value).some((item) => wanted.includes(item));
	// A connection is found by its record id; by the text it shows only with "contains".
	const containsText: ValueTest = (value) => {
		const shown = plainDisplay(value, field, context.codecs).toLowerCase();
		return wanted.some((text) => text !== '' && shown.includes(text));
	};
	switch (rule.operator) {
		case 'is':
		case 'is any':
			return hasAny;
		case 'is not':
		case 'is not any':
			return (value) => !hasAny(value);
		case 'contains':
			return (value) => hasAny(value) || containsText(value);
		case 'does not contain':
			return (value) => !hasAny(value) && !containsText(value);
		default:
			return undefined;
	}
}
