import { plainDisplay } from './codecs/codecs';
import type { FilterContext } from './filterRule';
import { filterTest, parseFilters } from './filters';
import type { RecordFormat, RecordJson } from './showRecord';
import { showRecord } from './showRecord';
import type { TableState } from './state';
import type { StoredRecord, StoredValue } from './values';
import { isDateValue } from './values';
import { wallClockMinutes } from './wallClock';

const defaultRows = 25;
const mostRows = 1000;

export interface RecordPage {
	total_pages: number;
	/** A number for page 1, a string for later pages: so the recordings have it. */
	current_page: number | string;
	total_records: number;
	records: RecordJson[];
}

/**
 * One page of a table. `q` is accepted and finds everything: it searches only fields marked
 * searchable and was seen to return all records.
 * @throws BadFilters
 */
export function listRecords(
	table: TableState,
	query: (name: string) => string | undefined,
	context: FilterContext,
	only?: ReadonlySet<string>,
): RecordPage {
	const test = filterTest(table, parseFilters(query('filters')), context);
	const found = [...table.records.values()].filter(test);
	sortRecords(found, table, query('sort_field'), query('sort_order'), context);
	const rows = clamp(query('rows_per_page'), defaultRows, mostRows);
	const page = clamp(query('page'), 1, Number.MAX_SAFE_INTEGER);
	const start = (page - 1) * rows;
	const overlap = context.flags.repeatRowAcrossPages && start > 0 ? 1 : 0;
	const records = found
		.slice(start - overlap, start + rows - overlap)
		.map((record) =>
			showRecord(table, record, formatOf(query('format')), context.codecs, context.flags, only),
		);
	return {
		total_pages: Math.ceil(found.length / rows),
		current_page: page === 1 ? 1 : String(page),
		total_records: found.length,
		records,
	};
}

export function formatOf(text: string | undefined): RecordFormat {
	return text === 'raw' || text === 'html' ? text : 'both';
}

function clamp(text: string | undefined, fallback: number, most: number): number {
	const value = Math.floor(Number(text));
	return Number.isFinite(value) && value >= 1 ? Math.min(value, most) : fallback;
}

function sortRecords(
	records: StoredRecord[],
	table: TableState,
	sortField: string | undefined,
	sortOrder: string | undefined,
	context: FilterContext,
): void {
	const wanted = table.schema.fields.find(({ key }) => key === sortField);
	const byId = sortField === 'id' && context.flags.sortById;
	if (!wanted && !byId) {
		const configured = table.schema.sort;
		const field = table.schema.fields.find(({ key }) => key === configured?.field);
		if (!configured || !field) return;
		return sortRecords(records, table, configured.field, configured.order, context);
	}
	const direction = sortOrder === 'desc' ? -1 : 1;
	const keys = new Map<StoredRecord, string | number>(
		records.map((record) => [
			record,
			wanted
				? sortKey(
						record.values[wanted.key],
						wanted.type === 'currency',
						plainDisplay(record.values[wanted.key], wanted, context.codecs),
					)
				: record.id,
		]),
	);
	records.sort((a, b) => direction * compareKeys(keys.get(a) ?? '', keys.get(b) ?? ''));
}

function sortKey(value: StoredValue | undefined, decimal: boolean, shown: string): string | number {
	if (value === undefined) return '';
	if (typeof value === 'number') return value;
	if (decimal) return Number(value);
	if (isDateValue(value)) return wallClockMinutes(value.from);
	return shown.toLowerCase();
}

/** Blanks (the empty string) come before any number. */
function compareKeys(a: string | number, b: string | number): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	if (typeof a === 'number') return 1;
	if (typeof b === 'number') return -1;
	return a < b ? -1 : a > b ? 1 : 0;
}
