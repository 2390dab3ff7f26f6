import type { INode } from 'n8n-workflow';
import { isRecord } from '../sync/map/sampleShape';

const FROM_AGENT = /\$(fromAI|json|input|data|item)\b/i;

/**
 * Whether the node's options let an agent write. A switch that the agent itself sets, by `$fromAI`
 * or by what it is called with, lets it do nothing.
 */
export function mayAgentWrite({ parameters }: INode, isAllowed: boolean): boolean {
	const options: unknown = parameters.options;
	const told = isRecord(options) ? options.allowWritingAsTool : options;
	return isAllowed && !(typeof told === 'string' && FROM_AGENT.test(told));
}
