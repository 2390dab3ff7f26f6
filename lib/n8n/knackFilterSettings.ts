import type { KnackTable } from '../knack/app';
import type { KnackFilters } from '../knack/client';
import type { KnownAs } from '../knack/fieldHeirs';
import type { FilterCondition, FilterFault } from '../knack/filters';
import { buildFilters, parseRawFilters } from '../knack/filters';
import type { Result } from '../result';
import { ok } from '../result';
import { z } from '../vendor/zod';
import { filterFieldKey } from './knackPickers';

const conditionsSchema = z.object({
	condition: z
		.array(
			z.object({
				field: z.string().catch(''),
				operator: z.string().catch('is'),
				value: z.unknown(),
				values: z.array(z.string()).optional().catch(undefined),
				range: z.coerce.number().optional().catch(undefined),
				period: z.string().optional().catch(undefined),
			}),
		)
		.default([]),
});

/** The filter for the table, or why it cannot be built; undefined lets every record through. */
export type FiltersFor = (
	table: KnackTable,
	knownField?: (key: string) => KnownAs,
) => Result<KnackFilters | undefined, FilterFault>;

/** Reads the parameters of `filterParameters` through the node's own way of reading one. */
export function readFilters(
	parameter: (name: string, fallback: string | object) => unknown,
): FiltersFor {
	if (parameter('filterBy', 'conditions') === 'json') {
		const json = parameter('filterJson', '');
		return () => (isEmptyJson(json) ? ok(undefined) : parseRawFilters(json));
	}
	const { condition } = conditionsSchema.parse(parameter('conditions', {}));
	const match = parameter('match', 'and') === 'or' ? 'or' : 'and';
	const conditions: FilterCondition[] = condition
		.filter(({ field }) => field !== '')
		.map(({ field, operator, value, values, range, period }) => ({
			field: filterFieldKey(field),
			operator,
			value: values && values.length > 0 ? values : value,
			range,
			period,
		}));
	return (table, knownField) =>
		conditions.length === 0 ? ok(undefined) : buildFilters(table, match, conditions, knownField);
}

/** Nothing, or the parameter's default without rules. */
function isEmptyJson(json: unknown): boolean {
	const text = typeof json === 'string' ? json : JSON.stringify(json);
	return /^\s*(\[\s*\]|\{\s*\}|\{\s*"match"\s*:\s*"\w+"\s*,\s*"rules"\s*:\s*\[\s*\]\s*\})?\s*$/.test(
		text,
	);
}
