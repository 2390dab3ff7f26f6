import { SANDBOX_SIGNING_KEY, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/credentialValues';
import type { Sandbox } from '../../sandbox/sandbox';
import { nodeOfType } from './exampleWorkflows';
import type { WorkflowFile } from './n8nRest';

type Nodes = Pick<WorkflowFile, 'nodes'>;

/** What calls a workflow's Knack Trigger: the watched table, and what comes along with its records. */
const FLOWS = [
	['Orders', 'created'],
	['Orders', 'updated'],
	['Order Lines', 'created'],
	['Order Lines', 'updated'],
	['Order Lines', 'deleted'],
	['Customers', 'updated'],
] as const;

/** Makes the Flows in Knack that call a workflow's Knack Trigger, as the workflow's note says. */
export function letKnackCall(sandbox: Sandbox, n8nUrl: string, workflow: Nodes): void {
	const url = productionUrl(n8nUrl, workflow, 'knackTrigger', 'knack');
	for (const [table, event] of FLOWS) {
		sandbox.knack.addFlow({
			table,
			event,
			url,
			headers: { 'x-knack-xero-secret': SANDBOX_WEBHOOK_SECRET },
			bodyTemplate: { table, recordId: '{{record.id}}' },
		});
	}
}

/**
 * Enters an active workflow's Xero Trigger in Xero's portal, and passes intent to receive.
 * @throws when Xero would not send to it
 */
export async function letXeroCall(
	sandbox: Sandbox,
	n8nUrl: string,
	workflow: Nodes,
): Promise<void> {
	const url = productionUrl(n8nUrl, workflow, 'xeroTrigger', 'xero');
	const categories = ['INVOICE', 'PAYMENT', 'CONTACT'];
	const { status } = await sandbox.xero.webhooks.register(url, SANDBOX_SIGNING_KEY, categories);
	if (status !== 'active')
		throw new Error(`The Xero Trigger did not pass intent to receive: ${url}`);
}

/** Where n8n listens while the workflow is active. */
export function productionUrl(n8nUrl: string, workflow: Nodes, type: string, path: string): string {
	const { name, webhookId } = nodeOfType(workflow, `n8n-nodes-knack-xero.${type}`);
	if (!webhookId) throw new Error(`"${name}" has no webhook id`);
	return `${n8nUrl}/webhook/${webhookId}/${path}`;
}
