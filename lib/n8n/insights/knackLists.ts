import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { openTable, writableFields, type OpenTable } from '../knackPickers';
import { optionsInWords } from '../pickerWords';

/** Fields of the Knack table that takes the rows, by which the record of a row can be found. */
export async function getKeyFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, 'The One Named Key', ({ client, app, table }) =>
		writableFields({ client, app, table: { ...table, fields: table.fields.filter(canMatchBy) } }),
	);
}

/** Fields of the Knack table that takes the rows, which take values. */
export async function getColumnFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await listed(this, 'None: Keep the Column Out', writableFields);
}

/** @param blank what it means that none is chosen; n8n marks a blank in red that its list lacks */
async function listed(
	context: ILoadOptionsFunctions,
	blank: string,
	list: (open: OpenTable) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(context, async () => {
		const open = await openTable(context, 'knackTable');
		return open ? [{ name: blank, value: '' }, ...list(open)] : [];
	});
}
