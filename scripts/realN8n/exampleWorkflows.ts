import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Connections } from './connectedN8n';
import { type N8nRest, type WorkflowFile, workflowFile } from './n8nRest';

/** What examples 11 and 12 need; bank transactions and journals want a scope each that nobody asks for unless told. */
export const SCOPE_FOR_COSTS = [
	'offline_access accounting.invoices accounting.contacts accounting.settings accounting.attachments',
	'accounting.banktransactions accounting.manualjournals',
].join(' ');

/** What examples 13 and 14 read besides documents: bank transactions, and reports, each by a scope that nobody asks for unless told. */
export const SCOPE_FOR_INSIGHTS = [
	'offline_access accounting.invoices accounting.contacts accounting.settings accounting.attachments',
	'accounting.payments accounting.banktransactions',
	'accounting.reports.profitandloss.read accounting.reports.balancesheet.read accounting.reports.banksummary.read',
].join(' ');

/** The workflows of a folder such as `workflows-examples`, by file name without its ending. */
export function readWorkflows(folder: string): ReadonlyMap<string, WorkflowFile> {
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return new Map(
		files
			.sort()
			.map((name) => [
				path.basename(name, '.json'),
				workflowFile.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
			]),
	);
}

/**
 * Imports a workflow as a person would, choosing in every node the credentials that there are.
 * @param adapt changes the workflow before it is saved, as a person would in the editor
 * @returns the workflow's id
 */
export async function importWorkflow(
	rest: N8nRest,
	workflow: WorkflowFile,
	connections: Connections,
	adapt: (workflow: WorkflowFile) => void = () => undefined,
): Promise<string> {
	const accepted = await acceptedCredentials(rest);
	const copy = structuredClone(workflow);
	delete copy.pinData;
	for (const node of copy.nodes) {
		// A request over plain HTTP signs with a credential of another service.
		const { nodeCredentialType } = node.parameters;
		const types = [
			...(accepted.get(node.type) ?? []),
			...(typeof nodeCredentialType === 'string' ? [nodeCredentialType] : []),
		];
		const chosen = types.flatMap((type) => {
			const connection = connections[type];
			return connection ? [[type, connection] as const] : [];
		});
		if (chosen.length > 0) node.credentials = Object.fromEntries(chosen);
	}
	adapt(copy);
	return await rest.createWorkflow(copy);
}

const described = z.object({
	name: z.string(),
	credentials: z.array(z.object({ name: z.string() })).default([]),
});

type AcceptedCredentials = ReadonlyMap<string, string[]>;

/** Of each running n8n: its node types are many megabytes, and stay what they are. */
const known = new WeakMap<N8nRest, Promise<AcceptedCredentials>>();

/** Credential types that each node type takes. */
async function acceptedCredentials(rest: N8nRest): Promise<AcceptedCredentials> {
	const asked = known.get(rest) ?? readAcceptedCredentials(rest);
	known.set(rest, asked);
	return await asked;
}

async function readAcceptedCredentials(rest: N8nRest): Promise<AcceptedCredentials> {
	const accepted = new Map<string, string[]>();
	for (const type of await rest.nodeTypes()) {
		const { name, credentials } = described.parse(type);
		const before = accepted.get(name) ?? [];
		accepted.set(name, [...new Set([...before, ...credentials.map((one) => one.name)])]);
	}
	return accepted;
}

/** The node of a workflow that has this type. */
export function nodeOfType(
	workflow: Pick<WorkflowFile, 'nodes'>,
	type: string,
): WorkflowFile['nodes'][number] {
	const node = workflow.nodes.find((one) => one.type === type);
	if (!node) throw new Error(`The workflow has no ${type}`);
	return node;
}
