import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Failure, INode } from 'n8n-workflow';
import { InsightInputError } from '../insights/inputError';
import { isServiceFaultError } from '../serviceFault';
import type { ServiceFault } from '../serviceFault';
import { ChangeSettingsError } from '../sync/knackChanges/changeSettings';
import { hostNow } from './clock';
import { SettingError } from './parameters/settingError';

export interface NodeErrorPlace {
	readonly itemIndex?: number;
}

/** What n8n's own back-off reads (since 2.37; older ones leave it be). */
function failureOf(fault: ServiceFault, nowMs: number): Failure {
	switch (fault.cause) {
		case 'rateLimited':
			return {
				cause: 'rate-limited',
				...(fault.retryAtMs === undefined
					? {}
					: { retryAfterMs: Math.max(0, fault.retryAtMs - nowMs) }),
			};
		case 'daySpent':
			return {
				cause: 'quota-exhausted',
				...(fault.retryAtMs === undefined ? {} : { resetsAtEpochMs: fault.retryAtMs }),
			};
		case 'unavailable':
		case 'unreachable':
			return { cause: 'temporarily-unavailable' };
		case 'credentialRefused':
		case 'scopeMissing':
			return { cause: 'credential-invalid' };
		case 'organisationMissing':
		case 'notFound':
		case 'requestRefused':
		case 'stopped':
			return { cause: 'configuration-invalid' };
	}
}

const SERVICE_NAMES = { xero: 'Xero', knack: 'Knack' } as const;

/** What to do next, with the service's own words behind it. */
function descriptionOf(fault: ServiceFault): string {
	if (fault.vendorMessage === undefined || fault.vendorMessage === '') return fault.fix;
	return `${fault.fix} ${SERVICE_NAMES[fault.service]}'s answer: "${fault.vendorMessage}"`;
}

/**
 * n8n's error for whatever went wrong, built once: n8n hands an error that is one of its own back
 * unchanged, whatever it is wrapped with. The message holds none of the user's data, since n8n
 * replaces a message in which it finds a system error code such as EPERM, even inside a word.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	place: NodeErrorPlace = {},
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (place.itemIndex !== undefined) error.context.itemIndex ??= place.itemIndex;
		return error;
	}
	if (isServiceFaultError(error)) {
		const { fault } = error;
		return new NodeApiError(
			node,
			{ message: fault.vendorMessage ?? fault.message },
			{
				message: fault.message,
				description: descriptionOf(fault),
				httpCode: fault.status === undefined ? undefined : String(fault.status),
				itemIndex: place.itemIndex,
				failure: failureOf(fault, hostNow()),
			},
		);
	}
	if (
		error instanceof SettingError ||
		error instanceof ChangeSettingsError ||
		error instanceof InsightInputError
	) {
		return withMessage(node, error.message, { description: error.fix, ...place });
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex: place.itemIndex,
	});
}

/** For a trigger: on activation n8n shows no description, so what to do is in the message as well. */
export function toTriggerError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	return error instanceof SettingError
		? withMessage(node, `${error.message} ${error.fix}`, { description: error.fix })
		: toNodeError(node, error);
}

/** The message as it is: a value that a person typed may look like a system error code. */
function withMessage(
	node: INode,
	message: string,
	options: NodeErrorPlace & { readonly description: string },
): NodeOperationError {
	const error = new NodeOperationError(node, message, options);
	error.message = message;
	return error;
}
