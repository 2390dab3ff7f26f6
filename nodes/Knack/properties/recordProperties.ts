import type { INodeProperties } from 'n8n-workflow';

const WITH_RECORD_ID = ['get', 'update', 'delete', 'upload'];

export const resourceProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'File or Image', value: 'file' },
			{ name: 'Record', value: 'record' },
		],
		default: 'record',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['record'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create a new record',
				action: 'Create a record',
			},
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update a record',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'Delete a record permanently',
				action: 'Delete a record',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Retrieve a record',
				action: 'Get a record',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve a list of records',
				action: 'Get many records',
			},
			{
				name: 'Update',
				value: 'update',
				description: 'Update a record',
				action: 'Update a record',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['file'] } },
		options: [
			{
				name: 'Add to Record',
				value: 'upload',
				description: 'Upload a file or image and put it into a field of a record',
				action: 'Add a file or image to a record',
			},
		],
		default: 'upload',
	},
	{
		displayName: 'Table',
		name: 'table',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The Knack table of the records',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a table',
				typeOptions: { searchListMethod: 'searchTables', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. object_4',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^object_\\d+$',
							errorMessage: 'A table ID looks like object_4',
						},
					},
				],
			},
		],
	},
	{
		displayName: 'Record',
		name: 'recordId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '={{ $json.knack?.recordId }}' },
		description: 'The record that is meant; items of Knack nodes carry its ID as knack.recordId',
		displayOptions: { show: { operation: WITH_RECORD_ID } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a record',
				typeOptions: { searchListMethod: 'searchRecords', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 6740f1c29a3b4e0012ab34cd',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^[0-9a-fA-F]{24}$',
							errorMessage: 'A record ID has 24 letters and digits',
						},
					},
				],
			},
		],
	},
];
