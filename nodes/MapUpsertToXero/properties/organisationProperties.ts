import type { INodeProperties } from 'n8n-workflow';

export const organisationProperties: INodeProperties[] = [
	{
		displayName: 'Organisation',
		name: 'organisation',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The Xero organisation to write to. Leave empty when the credential is connected to one only. An expression may choose it for each record.',
		hint: 'Nothing in the list? Open the Xero credential, choose Connect my account, and tick an organisation',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOrganisations', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f8d5c7a-1b2c-4d3e-8f9a-0b1c2d3e4f5a',
			},
		],
	},
];
