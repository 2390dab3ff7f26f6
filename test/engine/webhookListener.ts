import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import type { IDataObject, INode, Workflow } from 'n8n-workflow';
import type { Engine, TestNode } from './engine';

/** Everything that a webhook of an active workflow answered and started. */
export interface Listening {
	readonly url: string;
	/** The items of each execution, in the order of their start. */
	readonly executions: IDataObject[][];
	/** Milliseconds until each answer. */
	readonly answeredIn: number[];
	/** Resolves when every call so far has also done its work after the answer. */
	settled(): Promise<void>;
	/** Static data as the database has it. */
	stored(): IDataObject;
	close(): Promise<void>;
}

function nodeOf(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`There is no node ${name}`);
	return node;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

function parsed(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString());
	} catch {
		return {};
	}
}

/**
 * A trigger's webhook as n8n serves it: raw bytes, and for each call a workflow of its own, made
 * from the stored static data, which is stored again when the call is done.
 */
export async function listenToWebhook(
	engine: Engine,
	testNode: TestNode,
	id: string,
): Promise<Listening> {
	const executions: IDataObject[][] = [];
	const answeredIn: number[] = [];
	const working = new Set<Promise<void>>();
	let stored = '{}';

	async function call(request: IncomingMessage, answer: (status: number) => void): Promise<void> {
		const rawBody = await bytesOf(request);
		const workflow = engine.workflow({ id, nodes: [testNode], staticData: JSON.parse(stored) });
		const node = nodeOf(workflow, testNode.name);
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const [webhookDescription] = type.description.webhooks ?? [];
		if (!type.webhook || !webhookDescription) throw new Error(`${node.type} has no webhook`);
		const response = {
			status(code: number) {
				return { end: () => answer(code) };
			},
		};
		const additionalData = Object.assign(engine.additionalData(workflow, 'webhook'), {
			httpRequest: { headers: request.headers, rawBody, body: parsed(rawBody) },
			httpResponse: response,
		});
		const webhookData = {
			httpMethod: 'POST' as const,
			node: node.name,
			path: String(webhookDescription.path),
			webhookDescription,
			workflowId: id,
			workflowExecuteAdditionalData: additionalData,
		};
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			webhookData,
			[],
			null,
		);
		const result = await type.webhook.call(context);
		stored = JSON.stringify(workflow.staticData);
		if (result.workflowData) {
			executions.push(result.workflowData[0]?.map(({ json }) => json) ?? []);
		}
	}

	const server = createServer((request, response) => {
		const startedMs = performance.now();
		const work = call(request, (status) => {
			answeredIn.push(performance.now() - startedMs);
			response.writeHead(status).end();
		}).catch((error: unknown) => {
			if (!response.headersSent) response.writeHead(500);
			response.end(String(error));
		});
		working.add(work);
		void work.then(() => working.delete(work));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/of-the-trigger`,
		executions,
		answeredIn,
		stored(): IDataObject {
			return JSON.parse(stored);
		},
		async settled() {
			while (working.size > 0) await Promise.all(working);
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What n8n asks a trigger when its workflow is activated. */
export async function activateWebhook(engine: Engine, testNode: TestNode): Promise<void> {
	const workflow = engine.workflow({ nodes: [testNode] });
	const node = nodeOf(workflow, testNode.name);
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const additionalData = engine.additionalData(workflow, 'trigger');
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
	const methods = type.webhookMethods?.default;
	if (!methods) throw new Error(`${node.type} has no webhook methods`);
	if (!(await methods.checkExists.call(context))) await methods.create.call(context);
}
