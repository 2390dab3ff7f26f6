import { randomUUID } from 'node:crypto';
import type { Connections } from '../realN8n/connectedN8n';
import { importWorkflow } from '../realN8n/exampleWorkflows';
import type { WorkflowFile } from '../realN8n/n8nRest';
import type { N8nServer } from '../realN8n/n8nServer';

export interface ActiveExamples {
	/** Ids of the workflows in n8n. */
	readonly orderToInvoice: string;
	readonly paymentToKnack: string;
	readonly wholeChain: string;
}

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const POLLING = 'n8n-nodes-knack-xero.knackTrigger';

/**
 * Imports the examples and activates the first two. The third does the first one's work and more,
 * so it is there to look at and to run by hand: two workflows that post the same order would race.
 */
export async function activateExamples(context: {
	n8n: N8nServer;
	connections: Connections;
	workflows: ReadonlyMap<string, WorkflowFile>;
}): Promise<ActiveExamples> {
	const { n8n } = context;
	// Slack and HubSpot are answered on this machine, so any value signs in to them.
	const connections: Connections = {
		...context.connections,
		slackApi: await credential(n8n, 'Slack (answered here)', 'slackApi', 'accessToken'),
		hubspotAppToken: await credential(
			n8n,
			'HubSpot (answered here)',
			'hubspotAppToken',
			'appToken',
		),
	};
	const imported = async (prefix: string): Promise<string> => {
		const found = [...context.workflows].find(([name]) => name.startsWith(prefix));
		if (!found) throw new Error(`There is no example workflow ${prefix}`);
		return await importWorkflow(n8n.rest, found[1], connections, lookOften);
	};
	const orderToInvoice = await imported('01');
	const paymentToKnack = await imported('02');
	const wholeChain = await imported('03');
	await n8n.activate(orderToInvoice);
	await n8n.activate(paymentToKnack);
	return { orderToInvoice, paymentToKnack, wholeChain };
}

/** Nobody wants to wait for an example's usual interval: triggers look as often as n8n lets them. */
function lookOften(workflow: WorkflowFile): void {
	for (const node of workflow.nodes) {
		if (node.type === POLLING) node.parameters.pollTimes = { item: [{ mode: 'everyMinute' }] };
		if (node.type === SCHEDULE) {
			node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 10 }] };
		}
	}
}

async function credential(n8n: N8nServer, name: string, type: string, field: string) {
	const data = { [field]: `not-real-${randomUUID()}` };
	return { id: await n8n.rest.createCredential({ name, type, data }), name };
}
