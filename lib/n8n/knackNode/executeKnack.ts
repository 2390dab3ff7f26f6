import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { KnackClient } from '../../knack/client';
import type { ServiceFault } from '../../serviceFault';
import { ServiceFaultError } from '../../serviceFault';
import { addFile } from '../../sync/knackRecords/addFile';
import { removeRecord } from '../../sync/knackRecords/removeRecord';
import { connectKnack } from '../knackConnection';
import { ItemResults } from './itemResults';
import { chosenText, itemTable } from './itemTables';
import { getItems, getManyItems } from './readItems';
import { recordItems, withOutcome } from './recordItems';
import { readOptions, readSimplify } from './recordParameters';
import type { WriteOperation } from './writeItems';
import { writeItems } from './writeItems';

type Operation = (
	context: IExecuteFunctions,
	client: KnackClient,
	results: ItemResults,
) => Promise<void>;

function writing(operation: WriteOperation): Operation {
	return async (context, client, results) => {
		await writeItems(context, client, operation, results);
	};
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
	'record:create': writing('create'),
	'record:update': writing('update'),
	'record:upsert': writing('upsert'),
	'record:get': getItems,
	'record:getAll': getManyItems,
	'record:delete': deleteItems,
	'file:upload': uploadItems,
};

/**
 * Runs the Knack node. Where the node may go on, a bad record is an item with an error and the others
 * are worked on; otherwise n8n's error for the first one is thrown.
 */
export async function executeKnack(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	const results = new ItemResults(context);
	const name = `${String(context.getNodeParameter('resource', 0))}:${String(context.getNodeParameter('operation', 0))}`;
	try {
		const operation = OPERATIONS[name];
		if (!operation) throw new Error(`The node has no operation ${name}`);
		const client = await connectKnack(context, { timeZone: readOptions(context, 0).timeZone });
		await operation(context, client, results);
	} catch (error) {
		results.failRest(error);
	}
	return results.output();
}

async function deleteItems(
	context: IExecuteFunctions,
	client: KnackClient,
	results: ItemResults,
): Promise<void> {
	const app = await client.app();
	const wanted = results.read((index) => ({
		index,
		table: itemTable(context, app, index),
		recordId: chosenText(context, 'recordId', index),
	}));
	for (const { index, table, recordId } of wanted) {
		const result = await removeRecord(client, table, recordId);
		if (result.kind === 'deleted') results.give(index, [{ deleted: true }]);
		else results.fail(index, result.issues, result.fault);
		results.throwFirst();
		if (result.kind === 'failed' && result.fault) throw new ServiceFaultError(result.fault);
	}
}

async function uploadItems(
	context: IExecuteFunctions,
	client: KnackClient,
	results: ItemResults,
): Promise<void> {
	const app = await client.app();
	const wanted = results.read((index) => {
		const property = chosenText(context, 'binaryPropertyName', index);
		return {
			index,
			table: itemTable(context, app, index),
			recordId: chosenText(context, 'recordId', index),
			field: chosenText(context, 'fileField', index),
			property,
			binary: context.helpers.assertBinaryData(index, property),
			fileName: readOptions(context, index).fileName,
			simplify: readSimplify(context, index),
		};
	});
	for (const { index, table, recordId, field, property, binary, fileName, simplify } of wanted) {
		let stopped: ServiceFault | undefined;
		try {
			const result = await addFile(client, table, recordId, field, {
				fileName: fileName || binary.fileName || 'file',
				mimeType: binary.mimeType,
				bytes: await context.helpers.getBinaryDataBuffer(index, property),
			});
			if (result.kind === 'failed') {
				results.fail(index, result.issues, result.fault);
				stopped = result.fault;
			} else {
				const shown = await recordItems(client, app, table, [result.record], { simplify });
				results.give(
					index,
					shown.map((json) => withOutcome(json, result.outcome, result.warnings)),
				);
				results.warn(result.warnings);
			}
		} catch (error) {
			results.failThrown(index, error);
		}
		results.throwFirst();
		if (stopped) throw new ServiceFaultError(stopped);
	}
}
