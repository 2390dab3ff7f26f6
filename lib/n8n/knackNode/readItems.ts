import type { IExecuteFunctions } from 'n8n-workflow';
import { canonicalJson } from '../../hash';
import type { Issue } from '../../issue';
import type { KnackApp, KnackTable } from '../../knack/app';
import type { KnackClient, KnackQuery } from '../../knack/client';
import { missingFieldWords } from '../../knack/fieldHeirs';
import { findField } from '../../knack/tables';
import { recordsById } from '../../sync/connectedRecords';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import { recordIdIssue } from '../../sync/knackRecords/preparedWrites';
import { z } from '../../vendor/zod';
import { readFilters } from '../knackFilterSettings';
import { readInclusion } from '../knackTrigger/triggerSettings';
import type { ItemResults } from './itemResults';
import { chosenText, itemTable } from './itemTables';
import type { ShowOptions } from './recordItems';
import { recordItems } from './recordItems';
import { readSimplify } from './recordParameters';

const DEFAULT_LIMIT = 50;
const keyList = z.array(z.string()).catch([]);

function readShow(context: IExecuteFunctions, index: number): ShowOptions {
	return {
		simplify: readSimplify(context, index),
		inclusions: keyList
			.parse(context.getNodeParameter('include', index, []))
			.flatMap(readInclusion),
	};
}

/** One record for each item, read in bulk by table. */
export async function getItems(
	context: IExecuteFunctions,
	client: KnackClient,
	results: ItemResults,
): Promise<void> {
	const app = await client.app();
	const wanted = results.read((index) => ({
		index,
		table: itemTable(context, app, index),
		recordId: chosenText(context, 'recordId', index).toLowerCase(),
		show: readShow(context, index),
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
			results.fail(index, [isSound ? goneIssue(recordId, table) : recordIdIssue(recordId, table)]);
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
export async function getManyItems(
	context: IExecuteFunctions,
	client: KnackClient,
	results: ItemResults,
): Promise<void> {
	const app = await client.app();
	const asked = results.read((index) => ({ index, ...readQuery(context, app, index) }));
	for (const { index, table, query, show } of asked) {
		try {
			const records = await client.records(table.key, query);
			results.give(index, await recordItems(client, app, table, records, show));
		} catch (error) {
			results.failThrown(index, error);
		}
	}
}

function readQuery(
	context: IExecuteFunctions,
	app: KnackApp,
	index: number,
): { table: KnackTable; query: KnackQuery; show: ShowOptions } {
	const table = itemTable(context, app, index);
	const filters = readFilters((name, fallback) => context.getNodeParameter(name, index, fallback))(
		table,
	);
	if (!filters.ok) throw new ChangeSettingsError(filters.failure.message, filters.failure.fix);
	const returnsAll = context.getNodeParameter('returnAll', index, false) === true;
	const limit = Number(context.getNodeParameter('limit', index, DEFAULT_LIMIT));
	return {
		table,
		query: {
			...(filters.value && { filters: filters.value }),
			...readSort(context, table, index),
			...(!returnsAll && { limit: Number.isInteger(limit) && limit > 0 ? limit : DEFAULT_LIMIT }),
		},
		show: readShow(context, index),
	};
}

function readSort(
	context: IExecuteFunctions,
	table: KnackTable,
	index: number,
): Pick<KnackQuery, 'sortField' | 'sortOrder'> {
	const chosen = chosenText(context, 'sortField', index);
	if (chosen === '') return {};
	const field = findField(table, chosen);
	if (!field) {
		const { message, fix } = missingFieldWords(table, { key: chosen });
		throw new ChangeSettingsError(message, `${fix} It is chosen under Sort By.`);
	}
	const isDescending = context.getNodeParameter('sortOrder', index, 'asc') === 'desc';
	return { sortField: field.key, sortOrder: isDescending ? 'desc' : 'asc' };
}
