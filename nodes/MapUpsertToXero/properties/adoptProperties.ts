import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export const adoptOperation: INodePropertyOptions = {
	name: 'Adopt',
	value: 'adopt',
	description:
		'Link records to what people, Zapier or Make have put into Xero already, without writing to Xero',
	action: 'Adopt documents that are in Xero already',
};

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
