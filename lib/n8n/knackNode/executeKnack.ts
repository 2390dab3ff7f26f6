import type { IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { ServiceFault } from '../../serviceFault';
import { ServiceFaultError } from '../../serviceFault';
import { addFile } from '../../sync/knackRecords/addFile';
import { removeRecord } from '../../sync/knackRecords/removeRecord';
import { connectKnack } from '../knackConnection';
import type { Place } from '../parameters/parameter';
import { itemParameter, parameterReader } from '../parameters/reader';
import { callItems } from './callItems';
import { ItemResults } from './itemResults';
import { LOG_OPERATIONS } from './logItems';
import { LOG_OPERATION } from './logOperations';
import { itemTable } from './itemTables';
import {
	API_OPERATION,
	FILE_FIELD,
	FILE_OPERATION,
	FILE_PROPERTY,
	RECORD_ID,
	RECORD_OPERATION,
	RESOURCE,
	SIMPLIFY,
	TABLE,
	UPLOAD_OPTIONS,
} from './nodeParameters';
import type { Operation, PreparedRun } from './operation';
import { getItems, getManyItems } from './readItems';
import { recordItems, withOutcome } from './recordItems';
import { writeItems } from './writeItems';

const RECORD_OPERATIONS: Readonly<Record<(typeof RECORD_OPERATION)['unset'], Operation>> = {
	create: writeItems('create'),
	update: writeItems('update'),
	upsert: writeItems('upsert'),
	get: getItems,
	getAll: getManyItems,
	delete: deleteItems,
};

const FILE_OPERATIONS: Readonly<Record<(typeof FILE_OPERATION)['unset'], Operation>> = {
	upload: uploadItems,
};

/** So many written records are worth a word on what they cost. */
const MANY = 100;

const READING: ReadonlySet<Operation> = new Set([getItems, getManyItems]);

/**
 * Runs the Knack node. Where the node may go on, a bad record is an item with an error and the others
 * are worked on; otherwise n8n's error for the first one is thrown.
 */
export async function executeKnack(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { length } = context.getInputData();
	if (length === 0) return [[]];
	const results = new ItemResults(context);
	try {
		const { timeZone, run, writes } = prepare(context, results);
		if (results.isOpen) await run(await connectKnack(context, { timeZone }));
		if (writes && length >= MANY) context.addExecutionHints(COST_OF_WRITING);
	} catch (error) {
		results.failRest(error);
	}
	return results.output();
}

const COST_OF_WRITING: NodeExecutionHint = {
	message:
		'Knack has no bulk writing: each record that is written costs a call. The smallest Knack plan has 1,000 calls a day for all apps of the account.',
	type: 'info',
	location: 'outputPane',
};

/** The chosen operation with its settings read. Throws SettingError for what cannot be read. */
function prepare(
	context: IExecuteFunctions,
	results: ItemResults,
): PreparedRun & { readonly writes: boolean } {
	const get = itemParameter(context, 0);
	const resource = parameterReader(get, { parameters: {} })(RESOURCE);
	const read = parameterReader(get, { parameters: { resource } });
	if (resource === 'file') {
		const operation = read(FILE_OPERATION);
		const place = { parameters: { resource, operation } };
		return { ...FILE_OPERATIONS[operation](context, results, place), writes: true };
	}
	if (resource === 'api') {
		const place = { parameters: { resource, operation: read(API_OPERATION) } };
		return { ...callItems(context, results, place), writes: false };
	}
	if (resource === 'syncLog') {
		const operation = read(LOG_OPERATION);
		const place = { parameters: { resource, operation } };
		return { ...LOG_OPERATIONS[operation](context, results, place), writes: false };
	}
	const operation = read(RECORD_OPERATION);
	const place = { parameters: { resource, operation } };
	const work = RECORD_OPERATIONS[operation];
	return { ...work(context, results, place), writes: !READING.has(work) };
}

function deleteItems(context: IExecuteFunctions, results: ItemResults, place: Place): PreparedRun {
	const asked = results.read((index) => {
		const read = parameterReader(itemParameter(context, index), place);
		return { index, tableName: read(TABLE), recordId: read(RECORD_ID) ?? '' };
	});
	return {
		async run(client) {
			const app = await client.app();
			const wanted = results.resolve(asked, (one) => ({
				...one,
				table: itemTable(context, app, one),
			}));
			for (const { index, table, recordId } of wanted) {
				const result = await removeRecord(client, table, recordId);
				if (result.kind === 'deleted') results.give(index, [{ deleted: true }]);
				else results.fail(index, result.issues, result.fault);
				results.throwFirst();
				if (result.kind === 'failed' && result.fault) throw new ServiceFaultError(result.fault);
			}
		},
	};
}

function uploadItems(context: IExecuteFunctions, results: ItemResults, place: Place): PreparedRun {
	const asked = results.read((index) => {
		const read = parameterReader(itemParameter(context, index), place);
		const property = read(FILE_PROPERTY) ?? FILE_PROPERTY.property.default;
		const name = String(property);
		return {
			index,
			tableName: read(TABLE),
			recordId: read(RECORD_ID) ?? '',
			field: read(FILE_FIELD) ?? '',
			property: name,
			binary: context.helpers.assertBinaryData(index, name),
			fileName: read(UPLOAD_OPTIONS).fileName,
			simplify: read(SIMPLIFY),
		};
	});
	return {
		async run(client) {
			const app = await client.app();
			const wanted = results.resolve(asked, (one) => ({
				...one,
				table: itemTable(context, app, one),
			}));
			for (const { index, table, recordId, field, property, ...file } of wanted) {
				const { binary, simplify } = file;
				let stopped: ServiceFault | undefined;
				try {
					const result = await addFile(client, table, recordId, field, {
						fileName: file.fileName || binary.fileName || 'file',
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
		},
	};
}
