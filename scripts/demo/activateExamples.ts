import { randomUUID } from 'node:crypto';
import type { WorkflowLink } from '../../sandbox/page/editorLinks';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Connections } from '../realN8n/connectedN8n';
import { importWorkflow } from '../realN8n/exampleWorkflows';
import { letKnackCall, letXeroCall } from '../realN8n/instantStarts';
import type { WorkflowFile } from '../realN8n/n8nRest';
import type { N8nServer } from '../realN8n/n8nServer';

/** By the numbers of their files. The others are there to look at, and to run by hand. */
const RUNNING = ['01', '02'];

/**
 * Imports the examples, activates the first two, and lets Knack and Xero call them. The third does
 * the first one's work and more: two workflows that post the same order would race.
 */
export async function activateExamples(context: {
	sandbox: Sandbox;
	n8n: N8nServer;
	connections: Connections;
	workflows: ReadonlyMap<string, WorkflowFile>;
}): Promise<WorkflowLink[]> {
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
	const links: WorkflowLink[] = [];
	for (const [file, workflow] of context.workflows) {
		const [number = ''] = file.split('-');
		const name = `${number} ${workflow.name}`;
		const id = await importWorkflow(n8n.rest, { ...workflow, name }, connections);
		const isActive = RUNNING.includes(number);
		if (isActive) await n8n.activate(id);
		links.push({ name, url: `${n8n.url}/workflow/${id}`, isActive });
	}
	letKnackCall(sandbox, n8n.url, exampleIn(context.workflows, '01'));
	await letXeroCall(sandbox, n8n.url, exampleIn(context.workflows, '02'));
	return links;
}

function exampleIn(workflows: ReadonlyMap<string, WorkflowFile>, number: string): WorkflowFile {
	const found = [...workflows].find(([file]) => file.startsWith(number));
	if (!found) throw new Error(`There is no example workflow ${number}`);
	return found[1];
}

async function credential(n8n: N8nServer, name: string, type: string, field: string) {
	const data = { [field]: `not-real-${randomUUID()}` };
	return { id: await n8n.rest.createCredential({ name, type, data }), name };
}
