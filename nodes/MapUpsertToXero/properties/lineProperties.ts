import type { INodeProperties } from 'n8n-workflow';
import { WITH_LINES } from './documentProperties';
import { NOT_FOR_STATUS_CHANGE } from './statusChangeProperties';

const shownFor = (...lineSource: string[]): INodeProperties['displayOptions'] => ({
	show: { document: WITH_LINES, ...(lineSource.length > 0 ? { lineSource } : {}) },
	hide: NOT_FOR_STATUS_CHANGE,
});

export const lineProperties: INodeProperties[] = [
	{
		displayName: 'Line Items',
		name: 'lineSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'From a Connected Knack Table',
				value: 'knackTable',
				description: 'Read the lines from the Knack table that is connected to the record, in bulk',
			},
			{
				name: 'From a List in Each Item',
				value: 'list',
				description: 'Such as the Order Lines that the Knack Trigger includes',
			},
			{
				name: 'Leave as They Are',
				value: 'none',
				description: 'Send no lines, and leave those in Xero alone',
			},
			{
				name: 'One Item per Line',
				value: 'itemPerLine',
				description: 'Items with the same number or reference become one document',
			},
		],
		default: 'list',
		displayOptions: shownFor(),
	},
	{
		displayName: 'Lines List',
		name: 'lineList',
		type: 'string',
		default: '',
		placeholder: 'e.g. Order Lines',
		description:
			'Name of the list in the item that holds the lines. Leave empty to take the one that looks like lines.',
		displayOptions: shownFor('list'),
	},
	{
		displayName: 'Group Lines By',
		name: 'groupBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json["Order Number"] }}',
		description:
			'What the lines of one document share. Leave empty to take the number or reference of the document.',
		displayOptions: shownFor('itemPerLine'),
	},
	{
		displayName: 'Lines Table',
		name: 'lineTable',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The Knack table whose records are the lines',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTables', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. object_5',
			},
		],
		displayOptions: shownFor('knackTable'),
	},
	{
		displayName: 'Connection Field Name or ID',
		name: 'lineConnection',
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getLineConnections',
			loadOptionsDependsOn: ['lineTable.value'],
		},
		default: '',
		required: true,
		description:
			'The field of a line that is connected to the record. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: shownFor('knackTable'),
	},
	{
		displayName: 'Line Fields',
		name: 'lineFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['document', 'pickedOrganisation', 'lineSource', 'lineTable.value'],
			resourceMapper: {
				resourceMapperMethod: 'getLineFields',
				mode: 'map',
				valuesLabel: 'Fields of Each Line (a Column Name, or a Value for All)',
				fieldWords: { singular: 'line field', plural: 'line fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: shownFor('list', 'itemPerLine', 'knackTable'),
	},
];
