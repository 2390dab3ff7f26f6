import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { tableOrFault } from '../../knack/fieldSuccessors';
import { fieldLabel, outboundConnections } from '../../knack/tables';
import { connectKnack } from '../knackConnection';
import { openTable, writableFields } from '../knackPickers';
import { optionsInWords } from '../pickerWords';

const PATIENCE_MS = 20_000;

/** Fields of the records' table that can take what became of a record. */
export async function getWriteBackFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const open = await openTable(this);
		const fields = open ? writableFields(open) : [];
		return fields.length > 0 ? [{ name: '(Do Not Write)', value: '' }, ...fields] : [TABLE_UNKNOWN];
	});
}

const TABLE_UNKNOWN: INodePropertyOptions = {
	name: 'The Knack table is not known yet',
	value: '',
	description:
		'Run the Knack Trigger before this node once, or choose the table from the list under Knack Table',
};

/** Connection fields of the table with the lines, one of which points to the record. */
export async function getLineConnections(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const client = await connectKnack(this, { patienceMs: PATIENCE_MS });
		const chosen = this.getCurrentNodeParameter('lineTable', { extractValue: true });
		if (typeof chosen !== 'string' || chosen === '') return [];
		const app = await client.app();
		const table = tableOrFault(app, chosen);
		return outboundConnections(table).map((field) => ({
			name: fieldLabel(table, field),
			value: field.key,
			description: `Points to ${app.tables.find(({ key }) => key === field.connection?.table)?.name ?? 'a table'}`,
		}));
	});
}
