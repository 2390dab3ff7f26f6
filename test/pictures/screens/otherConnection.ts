import { allowAccess, sandboxCredentials } from '../../../scripts/realN8n/connectedN8n';
import type { WorkflowFile } from '../../../scripts/realN8n/n8nRest';
import type { Stage } from '../stage';

/** Connects Xero with other scopes than it is asked for. @returns what chooses that connection */
export async function connectedWith(
	{ n8n, sandboxUrl }: Stage,
	name: string,
	scope: string,
): Promise<(workflow: WorkflowFile) => void> {
	const { xero } = sandboxCredentials(sandboxUrl);
	const data = { ...xero.data, scope };
	const id = await n8n.rest.createCredential({ ...xero, data, name });
	await n8n.rest.connectAccount(id, allowAccess);
	return ({ nodes }) => {
		for (const { credentials = {} } of nodes) {
			if (credentials[xero.type]) credentials[xero.type] = { id, name };
		}
	};
}
