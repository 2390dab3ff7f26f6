import type { INodeProperties } from 'n8n-workflow';
import { filterParameters } from '../../../lib/n8n/knackFilterParameters';

const GET_MANY = { resource: ['record'], operation: ['getAll'] };

function forGetMany(property: INodeProperties): INodeProperties {
	const { show, ...others } = property.displayOptions ?? {};
	return { ...property, displayOptions: { ...others, show: { ...GET_MANY, ...show } } };
}

export const readProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: { show: GET_MANY },
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { ...GET_MANY, returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	...filterParameters.map(forGetMany),
	{
		displayName: 'Sort By Name or ID',
		name: 'sortField',
		type: 'options',
		displayOptions: { show: GET_MANY },
		typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['table.value'] },
		default: '',
		description:
			'The field that the records are put in order by; the order of the table when empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Sort Order',
		name: 'sortOrder',
		type: 'options',
		displayOptions: { show: GET_MANY },
		options: [
			{ name: 'Ascending', value: 'asc' },
			{ name: 'Descending', value: 'desc' },
		],
		default: 'asc',
	},
	{
		displayName: 'Include Connected Records Names or IDs',
		name: 'include',
		type: 'multiOptions',
		displayOptions: {
			show: { resource: ['record'], operation: ['get', 'getAll'], simplify: [true] },
		},
		typeOptions: { loadOptionsMethod: 'getConnections', loadOptionsDependsOn: ['table.value'] },
		default: [],
		description:
			'Records that come along with each record, such as its lines or its customer. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	displayOptions: { hide: { operation: ['delete'] } },
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/London',
	description:
		'Set it only if dates are off: the time zone in the settings of the Knack app is used',
};

export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['create', 'update', 'upsert'] } },
		options: [
			{
				displayName: 'Empty Values',
				name: 'emptyValues',
				type: 'options',
				options: [
					{
						name: 'Leave the Field Alone',
						value: 'keep',
						description: 'What is in Knack stays',
					},
					{
						name: 'Empty the Field',
						value: 'clear',
						description: 'Fields that are left empty here are emptied in Knack',
					},
				],
				default: 'keep',
				description: 'What a value that is empty does',
			},
			timeZone,
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['upload'] } },
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. invoice.pdf',
				description: 'The name of the file in Knack; that of the input file when empty',
			},
		],
	},
];
