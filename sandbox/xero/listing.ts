import Big from 'big.js';

import type { Call } from './call';
import { queryParseException } from './failures';
import type { JsonObject } from './json';
import { parseWhere, type Fields, type FieldValue } from './where';

const LARGEST_PAGE = 1_000;
const USUAL_PAGE = 100;

/** What a list of rows needs for `where`, `order`, If-Modified-Since and paging. */
export interface Listable<Row> {
	readonly fields: (call: Call) => Fields<Row>;
	readonly updatedMs: (row: Row) => number;
	readonly idOf: (row: Row) => string;
	/** `size`: page and pageSize; `page`: page only, 100 rows; `none`: everything at once. */
	readonly paging: 'size' | 'page' | 'none';
	readonly understandsWhere: boolean;
	/** Whether a page says which it is even though none was asked for. */
	readonly pagingIsShown?: boolean;
}

export interface Page<Row> {
	readonly rows: readonly Row[];
	/** Whether the answer is a page: pages carry line items, unpaged lists do not. */
	readonly paged: boolean;
	/** The `pagination` block, only when `page` was asked for. */
	readonly pagination?: JsonObject;
	/** True when If-Modified-Since was sent and nothing has changed. */
	readonly notModified: boolean;
}

/** Narrows, orders and pages rows by what the query says. */
export function listPage<Row>(
	call: Call,
	list: Listable<Row>,
	all: readonly Row[],
	forcesPaging: boolean,
): Page<Row> {
	let rows = [...all];
	const where = call.query('where');
	if (where !== undefined && list.understandsWhere) {
		rows = rows.filter(parseWhere(where, list.fields(call), call.settings.whereIgnoresCase));
	}
	const since = modifiedSince(call);
	if (since !== undefined) rows = rows.filter((row) => list.updatedMs(row) >= since);
	sortRows(call, rows, list);
	const notModified = since !== undefined && rows.length === 0;

	const asked = call.query('page');
	const paged = list.paging !== 'none' && (asked !== undefined || forcesPaging);
	if (!paged) return { rows, paged: false, notModified };
	const page = Math.max(1, Number.parseInt(asked ?? '1', 10) || 1);
	const pageSize = list.paging === 'size' ? askedPageSize(call) : USUAL_PAGE;
	const start = (page - 1) * pageSize;
	return {
		rows: rows.slice(start, start + pageSize),
		paged: true,
		notModified,
		pagination:
			(asked === undefined && !list.pagingIsShown) || list.paging === 'page'
				? undefined
				: {
						page,
						pageSize,
						pageCount: Math.ceil(rows.length / pageSize),
						itemCount: rows.length,
					},
	};
}

/** Larger pages than 1,000 are silently cut to that. */
function askedPageSize(call: Call): number {
	const asked = Number.parseInt(call.query('pageSize') ?? '', 10);
	return asked > 0 ? Math.min(asked, LARGEST_PAGE) : USUAL_PAGE;
}

/** The header's instant: ISO without a zone, or the HTTP form; both are UTC. */
function modifiedSince(call: Call): number | undefined {
	const header = call.request.ifModifiedSince;
	if (header === undefined || header === '') return undefined;
	const iso = /^\d{4}-\d{2}-\d{2}(T[\d:.]+)?$/.test(header);
	const text = iso ? `${header.includes('T') ? header : `${header}T00:00:00`}Z` : header;
	const ms = Date.parse(text);
	return Number.isNaN(ms) ? undefined : ms;
}

function sortRows<Row>(call: Call, rows: Row[], list: Listable<Row>): void {
	const fields = list.fields(call);
	const terms = (call.query('order') ?? '')
		.split(',')
		.map((term) => term.trim())
		.filter((term) => term !== '')
		.map((term) => {
			const [name = '', direction = 'ASC'] = term.split(/\s+/);
			const read = fields[name.toLowerCase()];
			if (!read) throw queryParseException(`No property or field '${name}' exists in this type`);
			return { read, sign: direction.toUpperCase() === 'DESC' ? -1 : 1 };
		});
	rows.sort((a, b) => {
		for (const { read, sign } of terms) {
			const difference = compareValues(read(a), read(b));
			if (difference !== 0) return difference * sign;
		}
		if (terms.length > 0) return 0;
		return list.updatedMs(a) - list.updatedMs(b) || (list.idOf(a) < list.idOf(b) ? -1 : 1);
	});
}

function compareValues(a: FieldValue, b: FieldValue): number {
	if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
	if (b === undefined || b === null) return 1;
	if (a instanceof Big && b instanceof Big) return a.cmp(b);
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const left = String(a).toLowerCase();
	const right = String(b).toLowerCase();
	return left < right ? -1 : left > right ? 1 : 0;
}
