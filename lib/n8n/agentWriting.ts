import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { isRecord } from '../sync/map/sampleShape';

/** Another parameter may itself be what the agent gives. */
const FROM_AGENT = /\$(fromAI|json|input|data|items?|binary|(raw)?parameter)\b/i;

/**
 * Whether the node runs as the tool of an AI agent. Newer agents let n8n's engine run their tools like
 * any other step, which then does not say so; what it is called gives the tool away (n8n-core 2.x,
 * requests-response.js).
 */
export function runsAsTool(context: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = context.getNode();
	return (
		context.isToolExecution?.() === true || type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool'
	);
}

/** Whether an agent decides what a setting gives, or a part of it, by `$fromAI` or by what it is called with. */
export function isFromAgent(stored: unknown): boolean {
	if (isRecord(stored)) return Object.values(stored).some(isFromAgent);
	return typeof stored === 'string' && FROM_AGENT.test(stored);
}

/**
 * Whether the node's options let an agent write. A switch that the agent itself sets, by `$fromAI`
 * or by what it is called with, lets it do nothing; nor does an operation that it chooses where
 * only what was approved is to be written, since others ask for no approval.
 */
export function mayAgentWrite({ parameters }: INode, isAllowed: boolean): boolean {
	const options: unknown = parameters.options;
	const { allowWritingAsTool, onlyApproved = false } = isRecord(options)
		? options
		: { allowWritingAsTool: options };
	const goesRoundApproval = onlyApproved !== false && isFromAgent(parameters.operation);
	return isAllowed && !isFromAgent(allowWritingAsTool) && !goesRoundApproval;
}
