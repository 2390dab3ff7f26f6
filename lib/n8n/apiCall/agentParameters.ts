import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { toggle } from '../parameters/kinds';

export const ALLOW_WRITING_AS_TOOL = toggle({
	displayName: 'Allow Writing as AI Tool',
	name: 'allowWritingAsTool',
	default: false,
	description:
		'Whether an AI agent that uses this node as a tool may write by an API call. Unless allowed, it may only read.',
});

const ALLOWED = 'options.allowWritingAsTool';

/** Says whether the agent that has the node as its tool may write by an API call. */
export function agentMayRead(show: NonNullable<IDisplayOptions['show']>): INodeProperties[] {
	const asTool = { ...show, '@tool': [true] };
	return [
		{
			displayName:
				'The AI agent may only read: calls other than GET are refused. To let it write, add the option Allow Writing as AI Tool at the end of this panel.',
			name: 'agentReadsNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: asTool, hide: { [ALLOWED]: [true] } },
		},
		{
			displayName:
				'The AI agent may write, without asking anybody, and nothing looks whether it is right. Take the option Allow Writing as AI Tool away, and it may only read.',
			name: 'agentCallsNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { ...asTool, [ALLOWED]: [true] } },
		},
	];
}
