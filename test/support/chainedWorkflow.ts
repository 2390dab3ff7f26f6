import { randomUUID } from 'node:crypto';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';

export type WorkflowNode = WorkflowFile['nodes'][number];

/** A workflow of nodes one after the other. */
export function chained(name: string, nodes: readonly WorkflowNode[]): WorkflowFile {
	const connections: Record<string, unknown> = {};
	nodes.slice(1).forEach((node, index) => {
		const before = nodes[index]?.name ?? '';
		connections[before] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return {
		name,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, index) => ({
			typeVersion: 1,
			id: randomUUID(),
			position: [index * 200, 0],
			...node,
		})),
		connections,
	};
}

/** Starts a workflow when something is posted to the path; n8n answers before it works. */
export function postedTo(path: string, name: string): WorkflowNode {
	return {
		name,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
	};
}

/** Two nodes that take `{ records: [...] }` at the path, and give each record as an item. */
export function recordsPostedTo(path: string): readonly WorkflowNode[] {
	return [
		postedTo(path, 'Delivered'),
		{
			name: EACH_RECORD,
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.records', include: 'noOtherFields', options: {} },
		},
	];
}

/** The second of them. */
export const EACH_RECORD = 'Each Record';

/** A mapping form with these values, of which nothing was loaded. */
export function mappedBelow(value: Readonly<Record<string, string>>): Record<string, unknown> {
	return { mappingMode: 'defineBelow', value, schema: [], matchingColumns: [] };
}
