import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { ServiceFault } from '../../serviceFault';
import { isServiceFaultError, ServiceFaultError } from '../../serviceFault';
import { faultIssue } from '../../sync/words/faultIssue';
import { toNodeError } from '../errors';

/** Why an item came to nothing. */
export interface ItemFailure {
	readonly issues: readonly Issue[];
	readonly error: NodeApiError | NodeOperationError;
}

/** A record that Knack or a check refused. */
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
	const issues = isServiceFaultError(thrown) ? [faultIssue(thrown.fault)] : [];
	return { issues, error: nodeError(context, thrown, itemIndex) };
}

function nodeError(
	context: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
): ItemFailure['error'] {
	return toNodeError(context.getNode(), thrown, { itemIndex });
}

/**
 * The item of a record that came to nothing. n8n sends an item to the error output when it has no
 * keys but `error` and `message`, and puts the input's fields under them; the item's own `error`
 * member would do so too, but n8n then replaces the whole `json` by the error's message.
 */
export function failedItem(
	context: IExecuteFunctions,
	item: INodeExecutionData | undefined,
	index: number,
	{ issues, error }: ItemFailure,
): INodeExecutionData {
	const [first] = issues;
	const message = first?.message ?? error.message;
	const told: IDataObject = {
		...(first?.code && { code: first.code }),
		...(first?.field && { field: first.field }),
		message,
		fix: first?.fix ?? error.description ?? '',
		...(issues.length > 0 && { issues: issues.map((issue) => ({ ...issue }) as IDataObject) }),
	};
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return {
		json: { ...(!hasErrorOutput && item?.json), error: told, message },
		pairedItem: { item: index },
	};
}
