import type { IExecuteFunctions } from 'n8n-workflow';
import { canonicalJson } from '../../hash';
import type { Issue } from '../../issue';
import type { KnackTable } from '../../knack/app';
import type { KnackQuery } from '../../knack/client';
import { missingFieldWords } from '../../knack/fieldSuccessors';
import { findField } from '../../knack/tables';
import { recordsById } from '../../sync/connectedRecords';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import { recordIdIssue } from '../../sync/knackRecords/preparedWrites';
import { readFilters, type FiltersFor } from '../knackFilterSettings';
import type { Place } from '../parameters/parameter';
import { itemParameter, parameterReader, type ParameterReader } from '../parameters/reader';
import type { ItemResults } from './itemResults';
import { itemTable } from './itemTables';
import {
	INCLUDE,
	LIMIT,
	RECORD_ID,
	RETURN_ALL,
	SIMPLIFY,
	SORT_FIELD,
	SORT_ORDER,
	TABLE,
} from './nodeParameters';
import type { PreparedRun } from './operation';
import type { ShowOptions } from './recordItems';
import { recordItems } from './recordItems';

function readShow(read: ParameterReader): ShowOptions {
	return { simplify: read(SIMPLIFY), inclusions: read(INCLUDE) };
}

/** Reads an item's parameters; what the raw record is asked for hides what it cannot have. */
function itemReader(context: IExecuteFunctions, index: number, place: Place): ParameterReader {
	const get = itemParameter(context, index);
	const simplify = parameterReader(get, place)(SIMPLIFY);
	return parameterReader(get, { ...place, parameters: { ...place.parameters, simplify } });
}

/** One record for each item, read in bulk by table. */
export function getItems(
	context: IExecuteFunctions,
	results: ItemResults,
	place: Place,
): PreparedRun {
	const asked = results.read((index) => {
		const read = itemReader(context, index, place);
		return {
			index,
			tableName: read(TABLE),
			recordId: (read(RECORD_ID) ?? '').toLowerCase(),
			show: readShow(read),
		};
	});
	return {
		async run(client) {
			const app = await client.app();
			const wanted = results.resolve(asked, (one) => ({
				...one,
				table: itemTable(context, app, one),
			}));
			const tables = new Map(wanted.map(({ table }) => [table.key, table]));
			for (const table of tables.values()) {
				const here = wanted.filter((each) => each.table.key === table.key);
				const sound = here.filter(({ recordId }) => /^[0-9a-f]{24}$/.test(recordId));
				const found = await recordsById(
					client,
					table,
					sound.map(({ recordId }) => recordId),
				);
				for (const { index, recordId } of here) {
					if (found.has(recordId)) continue;
					const isSound = sound.some((each) => each.index === index);
					results.fail(index, [
						isSound ? goneIssue(recordId, table) : recordIdIssue(recordId, table),
					]);
				}
				const shown = sound.filter(({ recordId }) => found.has(recordId));
				// Connected records are read once for all records that are shown alike.
				const byShow = new Map<string, typeof shown>();
				for (const each of shown) {
					const key = canonicalJson(each.show);
					byShow.set(key, [...(byShow.get(key) ?? []), each]);
				}
				for (const alike of byShow.values()) {
					const [first] = alike;
					const records = alike.flatMap(({ recordId }) => found.get(recordId) ?? []);
					const items = first ? await recordItems(client, app, table, records, first.show) : [];
					for (const [place, { index }] of alike.entries())
						results.give(index, items.slice(place, place + 1));
				}
			}
			results.throwFirst();
		},
	};
}

function goneIssue(recordId: string, table: KnackTable): Issue {
	return {
		code: 'KNACK_RECORD_GONE',
		severity: 'block',
		message: `The record ${recordId} is not in ${table.name}.`,
		fix: 'It was deleted in Knack, or belongs to another table.',
	};
}

/** The records that each item asks for. */
export function getManyItems(
	context: IExecuteFunctions,
	results: ItemResults,
	place: Place,
): PreparedRun {
	const asked = results.read((index) => {
		const get = itemParameter(context, index);
		const read = itemReader(context, index, place);
		return {
			index,
			tableName: read(TABLE),
			filtersFor: readFilters(get),
			sortField: read(SORT_FIELD),
			sortOrder: read(SORT_ORDER),
			limit: read(RETURN_ALL) ? undefined : read(LIMIT),
			show: readShow(read),
		};
	});
	return {
		async run(client) {
			const app = await client.app();
			const wanted = results.resolve(asked, (one) => {
				const table = itemTable(context, app, one);
				return { ...one, table, query: queryOf(table, one) };
			});
			for (const { index, table, query, show } of wanted) {
				try {
					const records = await client.records(table.key, query);
					results.give(index, await recordItems(client, app, table, records, show));
				} catch (error) {
					results.failThrown(index, error);
				}
			}
		},
	};
}

interface Asked {
	readonly filtersFor: FiltersFor;
	readonly sortField: string | undefined;
	readonly sortOrder: 'asc' | 'desc';
	/** Undefined for all of them. */
	readonly limit: number | undefined;
}

function queryOf(table: KnackTable, { filtersFor, limit, ...sort }: Asked): KnackQuery {
	const filters = filtersFor(table);
	if (!filters.ok) throw new ChangeSettingsError(filters.failure.message, filters.failure.fix);
	return {
		...(filters.value && { filters: filters.value }),
		...sortOf(table, sort),
		...(limit !== undefined && { limit }),
	};
}

function sortOf(
	table: KnackTable,
	{ sortField, sortOrder }: Pick<Asked, 'sortField' | 'sortOrder'>,
): Pick<KnackQuery, 'sortField' | 'sortOrder'> {
	if (sortField === undefined) return {};
	const field = findField(table, sortField);
	if (field) return { sortField: field.key, sortOrder };
	const { message, fix } = missingFieldWords(table, { key: sortField });
	throw new ChangeSettingsError(message, `${fix} It is chosen under Sort By.`);
}
