import type { INodeProperties } from 'n8n-workflow';

export const adoptProperties: INodeProperties[] = [
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to show what would be linked, and why, without writing to Knack either',
		displayOptions: { show: { operation: ['adopt'] } },
	},
];
