import type { KnackTable } from '../knack/app';
import type { KnackFilters } from '../knack/client';
import type { KnownAs } from '../knack/fieldSuccessors';
import type { FilterCondition, FilterFault } from '../knack/filters';
import { buildFilters, OPERATORS, parseRawFilters } from '../knack/filters';
import type { Result } from '../result';
import { ok } from '../result';
import { isRecord, type ItemRecord } from '../sync/map/sampleShape';
import { FILTER_BY, MATCH, PERIOD_CHOICES } from './knackFilterParameters';
import { filterFieldKey } from './knackPickers';
import { readChoice, readNumber, readText } from './parameters/kinds';
import { isUnset, refuse, type Place } from './parameters/parameter';
import { parameterReader, type GetParameter } from './parameters/reader';

/** The filter for the table, or why it cannot be built; undefined lets every record through. */
export type FiltersFor = (
	table: KnackTable,
	knownField?: (key: string) => KnownAs,
) => Result<KnackFilters | undefined, FilterFault>;

/** Reads the parameters of `filterParameters`. Throws SettingError for what cannot be read. */
export function readFilters(get: GetParameter): FiltersFor {
	const filterBy = parameterReader(get, { parameters: {} })(FILTER_BY);
	const read = parameterReader(get, { parameters: { filterBy } });
	if (filterBy === 'json') {
		const json = get('filterJson') ?? '';
		if (isEmptyJson(json)) return () => ok(undefined);
		const parsed = parseRawFilters(json);
		if (!parsed.ok) {
			const { fix } = parsed.failure;
			refuse('Filter JSON', json, 'no filter that can be read', fix, {});
		}
		return () => parsed;
	}
	const match = read(MATCH);
	const conditions = readConditions(get('conditions'));
	return (table, knownField) =>
		conditions.length === 0 ? ok(undefined) : buildFilters(table, match, conditions, knownField);
}

/** What an operator takes, whichever families of fields have it. */
const TAKES = new Map(Object.values(OPERATORS).flatMap((operators) => Object.entries(operators)));

/** The conditions that name a field, each with what its operator takes. */
function readConditions(given: unknown): FilterCondition[] {
	if (isUnset(given)) return [];
	const fix = 'Add each condition under Conditions.';
	const list: unknown = isRecord(given) ? (given.condition ?? []) : undefined;
	if (!Array.isArray(list)) refuse('Conditions', given, 'not a list of conditions', fix, {});
	return list.flatMap((row: unknown, index) => {
		const place = { parameters: {}, within: `condition ${index + 1} under Conditions` };
		if (!isRecord(row)) refuse('Conditions', row, 'not a condition', fix, place);
		if (isUnset(row.field)) return [];
		const operator = operatorOf(row.operator, place);
		const takes = TAKES.get(operator);
		return [
			{
				field: filterFieldKey(readText('Field Name or ID', row.field, place)),
				operator,
				value: takes === 'list' ? listOf(row, place) : row.value,
				...(takes === 'period' ? periodOf(row, place) : {}),
			},
		];
	});
}

function operatorOf(given: unknown, place: Place): string {
	if (isUnset(given)) return 'is';
	const text = readText('Operator', given, place).trim();
	if (TAKES.has(text)) return text;
	const known = `Choose one of: ${[...TAKES.keys()].join(', ')}.`;
	refuse('Operator', given, 'none that Knack knows', known, place);
}

/** Chosen values; an expression may give one text with commas instead, which the filter splits. */
function listOf({ family, value, values }: ItemRecord, place: Place): unknown {
	if (isUnset(values)) return value;
	const label = family === 'connection' ? 'Record Names or IDs' : 'Value Names or IDs';
	const fix = 'Choose from the list, or give an array.';
	if (!Array.isArray(values)) refuse(label, values, 'not a list', fix, place);
	const texts = values.map((one) => readText(label, one, place));
	return texts.length > 0 ? texts : value;
}

function periodOf({ range, period }: ItemRecord, place: Place) {
	return {
		range: isUnset(range) ? undefined : readNumber('How Many', { least: 1 }, range, place),
		period: isUnset(period) ? undefined : readChoice('Of What', PERIOD_CHOICES, period, place),
	};
}

/** Nothing, or the parameter's default without rules. */
function isEmptyJson(json: unknown): boolean {
	const text = typeof json === 'string' ? json : JSON.stringify(json);
	return /^\s*(\[\s*\]|\{\s*\}|\{\s*"match"\s*:\s*"\w+"\s*,\s*"rules"\s*:\s*\[\s*\]\s*\})?\s*$/.test(
		text,
	);
}
