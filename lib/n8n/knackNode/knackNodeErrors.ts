import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { ServiceFault } from '../../serviceFault';
import { ServiceFaultError } from '../../serviceFault';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import { toNodeError } from '../errors';

/** Why an item came to nothing. */
export interface ItemFailure {
	readonly issues: readonly Issue[];
	readonly error: NodeApiError | NodeOperationError;
}

/** A record that Knack or a check refused. `written` says what of the run was written before. */
export function failureOfIssues(
	context: IExecuteFunctions,
	itemIndex: number,
	issues: readonly Issue[],
	fault?: ServiceFault,
): ItemFailure {
	if (fault) return { issues, error: nodeError(context, new ServiceFaultError(fault), itemIndex) };
	const [first, ...others] = issues;
	const error = new NodeOperationError(
		context.getNode(),
		first?.message ?? 'The record could not be written.',
		{
			itemIndex,
			description: [first?.fix ?? '', ...others.map(({ message }) => message)].join(' ').trim(),
		},
	);
	return { issues, error };
}

/** Anything that was thrown while an item was worked on. */
export function failureOfError(
	context: IExecuteFunctions,
	itemIndex: number,
	thrown: unknown,
): ItemFailure {
	return { issues: [], error: nodeError(context, thrown, itemIndex) };
}

function nodeError(
	context: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
): ItemFailure['error'] {
	if (thrown instanceof ChangeSettingsError) {
		return new NodeOperationError(context.getNode(), thrown.message, {
			description: thrown.fix,
			itemIndex,
		});
	}
	return toNodeError(context.getNode(), thrown, { itemIndex });
}

/** The item that goes to the error output, with what it came with. */
export function failedItem(
	item: INodeExecutionData | undefined,
	index: number,
	{ issues, error }: ItemFailure,
): INodeExecutionData {
	const [first] = issues;
	const shown: IDataObject = {
		...item?.json,
		error: first?.message ?? error.message,
		...(first?.code && { code: first.code }),
		...(first?.field && { field: first.field }),
		fix: first?.fix ?? error.description ?? '',
		...(issues.length > 0 && { issues: issues.map((issue) => ({ ...issue }) as IDataObject) }),
	};
	return { json: shown, error, pairedItem: { item: index } };
}
