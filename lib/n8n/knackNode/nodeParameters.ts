import { agentMayRead, ALLOW_WRITING_AS_TOOL } from '../apiCall/agentParameters';
import { apiCallParameters } from '../apiCall/apiCallParameters';
import { mainTable } from '../tableParameter';
import { include, TIME_ZONE } from '../knackParameters';
import { collection } from '../parameters/collections';
import { choice, locator, text, toggle, wholeNumber } from '../parameters/kinds';

/** The parameters of the Knack node, by their place in the panel. */

const WITH_RECORD_ID = ['get', 'update', 'delete', 'upload'];
/** Where many records are read. */
export const GET_MANY = { resource: ['record'], operation: ['getAll'] };

export const RESOURCE = choice({
	displayName: 'Resource',
	name: 'resource',
	noDataExpression: true,
	options: [
		{ name: 'Record', value: 'record' },
		{ name: 'File or Image', value: 'file' },
		{ name: 'Sync Log', value: 'syncLog' },
		{ name: 'API', value: 'api' },
	],
	default: 'record',
});

export const RECORD_OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
	noDataExpression: true,
	displayOptions: { show: { resource: ['record'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Retrieve a list of records',
			action: 'Get many records',
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Retrieve a record',
			action: 'Get a record',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			action: 'Create or update a record',
		},
		{
			name: 'Create',
			value: 'create',
			description: 'Create a new record',
			action: 'Create a record',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Update a record',
			action: 'Update a record',
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a record permanently',
			action: 'Delete a record',
		},
	],
	default: 'getAll',
});

export const FILE_OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
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
});

const API_SHOWN = { resource: ['api'] };

export const API_OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
	noDataExpression: true,
	displayOptions: { show: API_SHOWN },
	options: [
		{
			name: 'API Call',
			value: 'apiCall',
			description: 'Make a call of the Knack API that no other operation makes',
			action: 'Make an API call',
		},
	],
	default: 'apiCall',
});

export const API_CALL = apiCallParameters({
	show: API_SHOWN,
	methods: ['DELETE', 'GET', 'POST', 'PUT'],
	examplePath: 'objects/object_1/records',
	pathDescription:
		'What follows /v1 in the address of the API. The credential gives what is before.',
	root: /^\/v\d+(\/|$)/i,
	pageParameters: ['page'],
});

export const API_CALL_OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		displayOptions: { show: API_SHOWN },
	},
	[ALLOW_WRITING_AS_TOOL],
);

export const API_CALL_NOTICES = agentMayRead(API_SHOWN);

export const TABLE = mainTable('The Knack table of the records', {
	hide: { resource: ['api', 'syncLog'] },
});

export const RECORD_ID = locator({
	displayName: 'Record',
	name: 'recordId',
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
});

export const FILE_FIELD = text({
	displayName: 'Field Name or ID',
	name: 'fileField',
	type: 'options',
	required: true,
	displayOptions: { show: { resource: ['file'] } },
	typeOptions: { loadOptionsMethod: 'getFileFields', loadOptionsDependsOn: ['table.value'] },
	default: '',
	description:
		'The field that takes the file, in place of what it holds. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

export const FILE_PROPERTY = text({
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	required: true,
	displayOptions: { show: { resource: ['file'] } },
	default: 'data',
	hint: 'The name of the input field containing the binary file data to be processed',
});

export const RETURN_ALL = toggle({
	displayName: 'Return All',
	name: 'returnAll',
	displayOptions: { show: GET_MANY },
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const LIMIT = wholeNumber({
	displayName: 'Limit',
	name: 'limit',
	displayOptions: { show: { ...GET_MANY, returnAll: [false] } },
	least: 1,
	default: 50,
	description: 'Max number of results to return',
});

export const SORT_FIELD = text({
	displayName: 'Sort By Name or ID',
	name: 'sortField',
	type: 'options',
	displayOptions: { show: GET_MANY },
	typeOptions: { loadOptionsMethod: 'getSortFields', loadOptionsDependsOn: ['table.value'] },
	default: '',
	description:
		'The field that the records are put in order by; the order of the table when empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

export const SORT_ORDER = choice({
	displayName: 'Sort Order',
	name: 'sortOrder',
	displayOptions: { show: GET_MANY },
	options: [
		{ name: 'Ascending', value: 'asc' },
		{ name: 'Descending', value: 'desc' },
	],
	default: 'asc',
});

export const INCLUDE = include({
	show: { resource: ['record'], operation: ['get', 'getAll'], simplify: [true] },
});

export const SIMPLIFY = toggle({
	displayName: 'Simplify',
	name: 'simplify',
	displayOptions: { hide: { operation: ['delete'], resource: ['api', 'syncLog'] } },
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

export const WRITE_OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		displayOptions: { show: { operation: ['create', 'update', 'upsert'] } },
	},
	[
		choice({
			displayName: 'Empty Values',
			name: 'emptyValues',
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
		}),
		TIME_ZONE,
	],
);

export const UPLOAD_OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		displayOptions: { show: { operation: ['upload'] } },
	},
	[
		text({
			displayName: 'File Name',
			name: 'fileName',
			default: '',
			placeholder: 'e.g. invoice.pdf',
			description: 'The name of the file in Knack; that of the input file when empty',
		}),
	],
);
