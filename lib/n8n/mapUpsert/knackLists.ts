import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { tableOrFault } from '../../knack/fieldSuccessors';
import { fieldLabel, outboundConnections } from '../../knack/tables';
import { connectKnack } from '../knackConnection';
import { getWritableFields } from '../knackPickers';
import { optionsInWords } from '../pickerWords';

const PATIENCE_MS = 20_000;

/** Fields of the records' table that can take what became of a record. */
export async function getWriteBackFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const fields = await getWritableFields.call(this);
	if (fields.length > 0) return [{ name: '(Do Not Write)', value: '' }, ...fields];
	const fix =
		'Run the Knack Trigger before this node once, or choose the table from the list under Knack Table.';
	// A dropdown shows nothing of an error but its message.
	throw new NodeOperationError(this.getNode(), `The Knack table is not known yet. ${fix}`, {
		description: fix,
	});
}

/** Connection fields of the table with the lines, one of which points to the record. */
export async function getLineConnections(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const chosen = this.getCurrentNodeParameter('lineTable', { extractValue: true });
		if (typeof chosen !== 'string' || chosen === '') return [];
		const client = await connectKnack(this, { patienceMs: PATIENCE_MS });
		const app = await client.app();
		const table = tableOrFault(app, chosen);
		return outboundConnections(table).map((field) => ({
			name: fieldLabel(table, field),
			value: field.key,
			description: `Points to ${app.tables.find(({ key }) => key === field.connection?.table)?.name ?? 'a table'}`,
		}));
	});
}
