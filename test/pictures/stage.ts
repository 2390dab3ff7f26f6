import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox';
import { type Connections, startConnectedN8n } from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, readWorkflows } from '../../scripts/realN8n/exampleWorkflows';
import { freePort } from '../../scripts/realN8n/freePort';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import type { N8nServer } from '../../scripts/realN8n/n8nServer';
import { type Neighbours, startNeighbours } from '../../scripts/realN8n/neighbours';
import { EditorPage } from '../support/editorPage';

/** What an n8n on the internet would show as its own address. */
const PUBLIC_ADDRESS = 'https://n8n.example.com/';

/** Where `npm run sandbox` listens too, so that the pictures show the address of the guides. */
const SANDBOX_PORT = 4010;

/** Noon in London on a day of the seed, so that dates in the pictures are the same every time. */
const NOON_MS = Date.UTC(2026, 10, 23, 12);

export interface StageOptions {
	readonly root: string;
	readonly runtime: { readonly node: string; readonly n8n: string };
	readonly tarball: string;
}

/** A real n8n with both services connected, the sandbox, and n8n's editor in a browser. */
export interface Stage {
	readonly sandbox: Sandbox;
	readonly sandboxUrl: string;
	readonly n8n: N8nServer;
	readonly editor: EditorPage;
	readonly connections: Connections;
	readonly neighbours: Neighbours;
	/** Sets the orders of these customers to Completed. */
	complete(customers: readonly string[]): void;
	/** Imports an example by the number in its name. @returns the workflow's id */
	importExample(number: string, adapt?: (workflow: WorkflowFile) => void): Promise<string>;
	close(): Promise<void>;
}

export async function openStage({ root, runtime, tarball }: StageOptions): Promise<Stage> {
	const closing: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const end of closing.splice(0).reverse()) await end();
	};
	try {
		const sandbox = createSandbox({ nowMs: NOON_MS });
		const listening = await sandbox.listen(await freePort(SANDBOX_PORT));
		closing.push(listening.close);
		const neighbours = await startNeighbours();
		closing.push(neighbours.stop);
		const { n8n, connections: services } = await startConnectedN8n({
			runtime,
			tarball,
			sandboxUrl: listening.url,
			env: {
				...neighbours.env,
				WEBHOOK_URL: PUBLIC_ADDRESS,
				N8N_EDITOR_BASE_URL: PUBLIC_ADDRESS,
			},
		});
		closing.push(async () => await n8n.stop());
		const connections: Connections = {
			...services,
			slackApi: await token(n8n, 'Slack', 'slackApi', 'accessToken'),
			hubspotAppToken: await token(n8n, 'HubSpot', 'hubspotAppToken', 'appToken'),
		};
		const editor = await EditorPage.open(n8n);
		closing.push(async () => await editor.close());
		const examples = readWorkflows(path.join(root, 'workflows-examples'));
		return {
			sandbox,
			sandboxUrl: listening.url,
			n8n,
			editor,
			connections,
			neighbours,
			complete: (customers) => setStatus(sandbox, customers, 'Completed'),
			importExample: async (number, adapt) => {
				const found = [...examples].find(([name]) => name.startsWith(number));
				if (!found) throw new Error(`There is no example ${number}`);
				return await importWorkflow(n8n.rest, found[1], connections, adapt);
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Sets the status of the orders of these customers. */
export function setStatus(sandbox: Sandbox, customers: readonly string[], status: string): void {
	const { knack } = sandbox;
	for (const id of knack.recordIds('Orders')) {
		const { Customer = '' } = knack.shown('Orders', id);
		if (customers.includes(Customer)) knack.updateRecord('Orders', id, { Status: status });
	}
}

/**
 * Chooses the fields of Orders from the lists, as a person does. The examples name them, so that they
 * fit apps whose keys are others.
 */
export function chooseFields({ sandbox }: Stage, workflow: WorkflowFile): void {
	const { fields } = sandbox.knack.schema('Orders');
	const keys = new Map(fields.map(({ name, key }) => [`=${name}`, key]));
	const chosen: WorkflowFile['nodes'] = JSON.parse(
		JSON.stringify(workflow.nodes, (_, value: unknown) =>
			typeof value === 'string' ? (keys.get(value) ?? value) : value,
		),
	);
	workflow.nodes.splice(0, workflow.nodes.length, ...chosen);
}

/** Slack and HubSpot are answered on this machine, so any value signs in to them. */
async function token(n8n: N8nServer, name: string, type: string, field: string) {
	const data = { [field]: `not-real-${randomUUID()}` };
	return { id: await n8n.rest.createCredential({ name, type, data }), name };
}
