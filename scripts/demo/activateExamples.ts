import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Connections } from '../realN8n/connectedN8n';
import { importWorkflow } from '../realN8n/exampleWorkflows';
import { letKnackCall, letXeroCall } from '../realN8n/instantStarts';
import type { WorkflowFile } from '../realN8n/n8nRest';
import type { N8nServer } from '../realN8n/n8nServer';

export interface ActiveExamples {
	/** Ids of the workflows in n8n. */
	readonly orderToInvoice: string;
	readonly paymentToKnack: string;
	readonly wholeChain: string;
}

/**
 * Imports the examples, activates the first two, and lets Knack and Xero call them. The third does
 * the first one's work and more, so it is there to look at and to run by hand: two workflows that
 * post the same order would race.
 */
export async function activateExamples(context: {
	sandbox: Sandbox;
	n8n: N8nServer;
	connections: Connections;
	workflows: ReadonlyMap<string, WorkflowFile>;
}): Promise<ActiveExamples> {
	const { n8n, sandbox } = context;
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
	const example = (prefix: string): WorkflowFile => {
		const found = [...context.workflows].find(([name]) => name.startsWith(prefix));
		if (!found) throw new Error(`There is no example workflow ${prefix}`);
		return found[1];
	};
	const imported = async (prefix: string): Promise<string> =>
		await importWorkflow(n8n.rest, example(prefix), connections);
	const orderToInvoice = await imported('01');
	const paymentToKnack = await imported('02');
	const wholeChain = await imported('03');
	await n8n.activate(orderToInvoice);
	await n8n.activate(paymentToKnack);
	letKnackCall(sandbox, n8n.url, example('01'));
	await letXeroCall(sandbox, n8n.url, example('02'));
	return { orderToInvoice, paymentToKnack, wholeChain };
}

async function credential(n8n: N8nServer, name: string, type: string, field: string) {
	const data = { [field]: `not-real-${randomUUID()}` };
	return { id: await n8n.rest.createCredential({ name, type, data }), name };
}
