import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { containing } from '../foldText';
import type { KnackApp, KnackField, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { filterFamily } from '../knack/filters';
import { isWritable } from '../knack/fields/codecs';
import { tableOrFault } from '../knack/fieldSuccessors';
import { recordTitle } from '../knack/recordView';
import { fieldLabel, inboundConnections, outboundConnections, tableLabel } from '../knack/tables';
import { looksWrittenBySync, modifiedDateCandidates } from '../sync/knackChanges/watchedFields';
import { connectKnack } from './knackConnection';
import { optionsInWords, searchInWords } from './pickerWords';

const PICKER_PATIENCE_MS = 20_000;

/** The lists of one form share a reading; what was just made in Knack shows soon. */
const PICKER_APP_AGE_MS = 10_000;

const TEXT_TYPES: ReadonlySet<string> = new Set(['short_text', 'paragraph_text', 'rich_text']);

/** Linked records that a list shows; others are typed in by id. */
const MOST_LINKED = 500;

/** Value of the modified date list that stands for comparing snapshots. */
export const COMPARE_SNAPSHOTS = 'none';

export interface OpenTable {
	readonly client: KnackClient;
	readonly app: KnackApp;
	readonly table: KnackTable;
}

/** A client for lists, whose reading of the app those of one form share. */
export async function connectForLists(context: ILoadOptionsFunctions): Promise<KnackClient> {
	return await connectKnack(context, {
		patienceMs: PICKER_PATIENCE_MS,
		appMaxAgeMs: PICKER_APP_AGE_MS,
	});
}

/** The app of the node's credential, as it is for lists. */
export async function openApp(context: ILoadOptionsFunctions): Promise<KnackApp> {
	const client = await connectForLists(context);
	return await client.app();
}

/** Key or name of the table that the node has chosen, from a resource locator or a plain value. */
function chosenTable(context: ILoadOptionsFunctions, parameter: string): string {
	const value = context.getNodeParameter(parameter, '', { extractValue: true });
	const key = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof key === 'string' ? key.trim() : '';
}

/** The chosen table and its app; undefined while none is chosen. Throws when it was deleted. */
export async function openTable(
	context: ILoadOptionsFunctions,
	parameter = 'table',
): Promise<OpenTable | undefined> {
	const client = await connectForLists(context);
	const chosen = chosenTable(context, parameter);
	if (chosen === '') return undefined;
	const app = await client.app();
	return { client, app, table: tableOrFault(app, chosen) };
}

/** Options made of the chosen table; none while none is chosen. */
export async function fieldOptions(
	context: ILoadOptionsFunctions,
	options: (open: OpenTable) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(context, async () => {
		const open = await openTable(context);
		return open ? options(open) : [];
	});
}

/** "Short Text" of `short_text`. */
function typeWords(type: string): string {
	const words = type.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return words.join(' ');
}

export function optionOf(table: KnackTable, field: KnackField): INodePropertyOptions {
	return {
		name: fieldLabel(table, field),
		value: field.key,
		description: typeWords(field.type),
	};
}

/** Tables by name. */
export async function searchTables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const client = await connectForLists(this);
		const app = await client.app();
		const named = app.tables.map((table) => ({ name: tableLabel(app, table), value: table.key }));
		const results = containing(named, filter, ({ name }) => name);
		return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}

/** All fields of the chosen table, in its order. */
export async function getFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, readableFields);
}

function readableFields({ table }: OpenTable): INodePropertyOptions[] {
	return table.fields
		.filter(({ type }) => type !== 'password')
		.map((field) => optionOf(table, field));
}

/** What records can be put in order by; n8n marks a value in red that its list lacks, blank too. */
export async function getSortFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, (open) => [
		{ name: 'Order of the Table', value: '' },
		...readableFields(open),
	]);
}

/** Fields that can be written. */
export function writableFields({ table }: OpenTable): INodePropertyOptions[] {
	return table.fields
		.filter((field) => isWritable(field) && field.type !== 'password')
		.map((field) => optionOf(table, field));
}

/** Fields that take an uploaded file. */
export async function getFileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) =>
		table.fields
			.filter(({ type, format }) => ['file', 'image'].includes(type) && format['source'] !== 'url')
			.map((field) => optionOf(table, field)),
	);
}

/** Fields that hold text, those that the sync writes by the look of their names first. */
export async function getTextFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) => {
		const texts = table.fields.filter(({ type }) => TEXT_TYPES.has(type));
		const others = texts.filter((field) => !looksWrittenBySync(field));
		return [...texts.filter(looksWrittenBySync), ...others].map((field) => optionOf(table, field));
	});
}

/** Fields with the family of their type behind the key, which decides the operators that are shown. */
export async function getFilterFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) =>
		table.fields.map((field) => ({
			...optionOf(table, field),
			value: `${field.key}|${filterFamily(field.type)}`,
		})),
	);
}

/** The key of a value of `getFilterFields`. */
export function filterFieldKey(value: string): string {
	return value.split('|')[0] ?? value;
}

/** Fields that the sync writes by the look of their names first. */
export async function getSyncFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) => {
		const byName = table.fields.filter(looksWrittenBySync);
		const others = table.fields.filter((field) => !looksWrittenBySync(field));
		return [...byName, ...others].map((field) => optionOf(table, field));
	});
}

/** Snapshots first, then the dates that look like a modified date, then the other dates. */
export async function getModifiedDateFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const snapshots = {
		name: 'None (Compare Snapshots)',
		value: COMPARE_SNAPSHOTS,
		description: 'Sees every change, batch updates and imports too; one call for 1,000 records',
	};
	const dates = await fieldOptions(this, ({ table }) => {
		const likely = modifiedDateCandidates(table);
		const others = table.fields.filter(
			(field) => field.type === 'date_time' && !likely.includes(field),
		);
		return [
			...likely.map((field) => ({
				...optionOf(table, field),
				description: 'Looks like a modified date; one call a poll',
			})),
			...others.map((field) => optionOf(table, field)),
		];
	});
	return [snapshots, ...dates.filter(({ value }) => value !== COMPARE_SNAPSHOTS)];
}

/** Connected tables in both directions; values are read by `include`. */
export async function getConnections(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ app, table }) => [
		...inboundConnections(app, table.key).map(({ table: child, field }) => ({
			name: `${tableLabel(app, child)} (Connected by ${field.name})`,
			value: `in|${child.key}|${field.key}`,
			description: `Records of ${child.name} that point to this one, such as lines`,
		})),
		...outboundConnections(table).map((field) => ({
			name: `${fieldLabel(table, field)} (${nameOfTable(app, field)})`,
			value: `out|${field.key}`,
			description: 'The record that the field points to, with all its fields',
		})),
	]);
}

function nameOfTable(app: KnackApp, field: KnackField): string {
	return app.tables.find(({ key }) => key === field.connection?.table)?.name ?? 'Deleted Table';
}

function siblingField(context: ILoadOptionsFunctions, table: KnackTable): KnackField | undefined {
	const chosen = context.getCurrentNodeParameter('&field');
	const key = typeof chosen === 'string' ? filterFieldKey(chosen) : '';
	return table.fields.find((field) => field.key === key);
}

/** Options of the multiple choice or the roles field that stands in the same row. */
export async function getFieldChoices(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) =>
		(siblingField(this, table)?.options ?? []).map((option) => ({ name: option, value: option })),
	);
}

/** Records that the connection field in the same row may point to, by their titles. */
export async function getLinkableRecords(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const open = await openTable(this);
		const field = open && siblingField(this, open.table);
		const target = open?.app.tables.find(({ key }) => key === field?.connection?.table);
		if (!open || !target) return [];
		return await titledRecords(open.client, target);
	});
}

/** Records of a table by their titles, the first 500. */
export async function titledRecords(
	client: KnackClient,
	table: KnackTable,
): Promise<INodePropertyOptions[]> {
	const records = await client.records(table.key, { limit: MOST_LINKED });
	return records
		.map((record) => ({ name: recordTitle(record, table), value: record.id }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** Records of the chosen table, found by their titles among the first 500. */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const open = await openTable(this);
		const all = open ? await titledRecords(open.client, open.table) : [];
		const found = containing(all, filter, ({ name }) => name);
		return { results: found.map(({ name, value }) => ({ name, value })) };
	});
}
