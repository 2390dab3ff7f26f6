import {
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import { z } from 'zod';
import type { StoredWorkflow } from '../../scripts/realN8n/n8nRest';

/** As n8n's editor gets it; n8n wrote it, and its own code below reads it. */
const description = z.custom<INodeTypeDescription>(
	(value) =>
		z.object({ name: z.string(), properties: z.array(z.unknown()) }).safeParse(value).success,
);

const placed = z.object({
	id: z.string(),
	typeVersion: z.number(),
	position: z.tuple([z.number(), z.number()]),
});

/**
 * What the editor would mark in red or yellow on an imported workflow whose credentials are chosen:
 * steps that n8n does not know, or in no such version, or has hidden away as superseded; values that
 * are missing or not among the choices; credentials that nobody chose.
 * @param nodeTypes every node type of that n8n
 */
export function importWarnings(
	workflow: Pick<StoredWorkflow, 'nodes'>,
	nodeTypes: ReadonlyArray<Record<string, unknown>>,
): string[] {
	const types = nodeTypes.map((type) => description.parse(type));
	return workflow.nodes.flatMap((stored) => {
		const named = types.filter(({ name }) => name === stored.type);
		const { id, typeVersion, position } = placed.parse(stored);
		const type = named.find(({ version }) => [version].flat().includes(typeVersion));
		if (!type) return [`${stored.name}: n8n has no ${stored.type} ${typeVersion}`];
		const given: INode = {
			id,
			typeVersion,
			position,
			name: stored.name,
			type: stored.type,
			parameters: stored.parameters as INodeParameters,
		};
		// What the file leaves out has its default, and that may ask for a credential.
		const parameters =
			NodeHelpers.getNodeParameters(type.properties, given.parameters, true, false, given, type) ??
			given.parameters;
		const node: INode = { ...given, parameters };
		const issues = NodeHelpers.getNodeParametersIssues(type.properties, node, type);
		const needed = (type.credentials ?? []).filter(
			(credential) =>
				credential.required === true &&
				NodeHelpers.displayParameter(node.parameters, credential, node, type),
		);
		return [
			...(type.hidden === true ? [`${stored.type} is superseded`] : []),
			...Object.values(issues?.parameters ?? {}).flat(),
			...needed
				.filter(({ name }) => stored.credentials?.[name] === undefined)
				.map(({ name }) => `There is no credential ${name}`),
		].map((warning) => `${stored.name}: ${warning}`);
	});
}
