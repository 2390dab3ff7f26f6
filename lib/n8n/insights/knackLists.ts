import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { openTable, writableFields, type OpenTable } from '../knackPickers';
import { optionsInWords } from '../pickerWords';

/** Fields of the Knack table that takes the rows, by which the record of a row can be found. */
export async function getKeyFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, ({ client, app, table }) =>
		writableFields({ client, app, table: { ...table, fields: table.fields.filter(canMatchBy) } }),
	);
}

/** Fields of the Knack table that takes the rows, which take values. */
export async function getColumnFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await listed(this, writableFields);
}

async function listed(
	context: ILoadOptionsFunctions,
	list: (open: OpenTable) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(context, async () => {
		const open = await openTable(context, 'knackTable');
		return open ? list(open) : [];
	});
}
