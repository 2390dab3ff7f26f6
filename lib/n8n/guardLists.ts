import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { containing } from '../foldText';
import { tableOrFault } from '../knack/fieldSuccessors';
import { STOP_ENTRIES } from './guardParameters';
import { connectForLists, optionOf, titledRecords, type OpenTable } from './knackPickers';
import { optionsInWords, searchInWords, toChoose } from './pickerWords';

/** The chosen Stop Table; undefined while none is chosen. */
async function openStopTable(context: ILoadOptionsFunctions): Promise<OpenTable | undefined> {
	const [, , table] = STOP_ENTRIES;
	const chosen = table.read(context.getCurrentNodeParameter(`guards.${table.name}`), {
		parameters: {},
	});
	const client = await connectForLists(context);
	if (chosen === undefined) return undefined;
	const app = await client.app();
	return { client, app, table: tableOrFault(app, chosen) };
}

/** Records of the Stop Table by their titles. */
export async function searchStopRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const open = await openStopTable(this);
		if (!open) return toChoose('Choose a Stop Table first');
		const all = await titledRecords(open.client, open.table);
		const found = containing(all, filter, ({ name }) => name);
		return { results: found.map(({ name, value }) => ({ name, value })) };
	});
}

/** Its Yes/No fields. */
export async function getStopFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const open = await openStopTable(this);
		if (!open) return [];
		const { table } = open;
		return table.fields
			.filter(({ type }) => type === 'boolean')
			.map((field) => optionOf(table, field));
	});
}
