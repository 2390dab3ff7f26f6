import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError } from './errors';

/**
 * What made every record impossible, handed to each item of the input where the node may go on. Throws
 * it as n8n's own error where it may not.
 */
export function faultOnEachItem(context: IExecuteFunctions, error: unknown): INodeExecutionData[] {
	const nodeError = toNodeError(context.getNode(), error);
	if (!context.continueOnFail()) throw nodeError;
	return context.getInputData().map((item, index) => ({
		json: {
			...item.json,
			error: nodeError.message,
			...(nodeError.description ? { fix: nodeError.description } : {}),
		},
		error: nodeError,
		pairedItem: { item: index },
	}));
}
