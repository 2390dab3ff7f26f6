import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { GuardSettings } from '../../sync/guard/guardSettings';
import { knackAccess, KNACK_CREDENTIAL } from '../knackConnection';

export const STOP_NEEDS_KNACK =
	'Choose one under Credential for Knack: Stop is read from Knack. Or take Stop away under Guards.';

/** Said before anything is touched. Throws NodeOperationError where Stop is set and Knack cannot be reached. */
export async function requireKnackForStop(
	context: IExecuteFunctions,
	{ stop }: Pick<GuardSettings, 'stop'>,
): Promise<void> {
	if (!stop) return;
	if (context.getNode().credentials?.[KNACK_CREDENTIAL]) {
		knackAccess(await context.getCredentials(KNACK_CREDENTIAL));
		return;
	}
	throw new NodeOperationError(context.getNode(), 'No Knack API credential is chosen', {
		description: STOP_NEEDS_KNACK,
	});
}
