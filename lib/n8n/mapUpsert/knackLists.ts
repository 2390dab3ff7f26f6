import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { fieldLabel, findTable, outboundConnections } from '../../knack/tables';
import { toNodeError } from '../errors';
import { connectKnack } from '../knackConnection';
import { getWritableFields } from '../knackPickers';

const PATIENCE_MS = 20_000;

/** Fields of the records' table that can take what became of a record. */
export async function getWriteBackFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const fields = await getWritableFields.call(this);
	if (fields.length > 0) return [{ name: '(Do Not Write)', value: '' }, ...fields];
	throw new NodeOperationError(this.getNode(), 'The Knack table is not known yet', {
		description:
			'Run the Knack Trigger before this node once, or choose the table from the list under Knack Table.',
	});
}

/** Connection fields of the table with the lines, one of which points to the record. */
export async function getLineConnections(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	try {
		const chosen = this.getCurrentNodeParameter('lineTable', { extractValue: true });
		if (typeof chosen !== 'string' || chosen === '') return [];
		const client = await connectKnack(this, { patienceMs: PATIENCE_MS });
		const app = await client.app();
		const table = findTable(app, chosen);
		return (table ? outboundConnections(table) : []).map((field) => ({
			name: table ? fieldLabel(table, field) : field.name,
			value: field.key,
			description: `Points to ${app.tables.find(({ key }) => key === field.connection?.table)?.name ?? 'a table'}`,
		}));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
