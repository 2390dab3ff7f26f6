import type { INodeProperties } from 'n8n-workflow';
import { AGENT_LINES } from '../../../lib/n8n/mapUpsert/agentParameters';
import {
	chosenMore,
	LINE_CONNECTION,
	LINE_SOURCE,
	LINE_TABLE,
	linesShownFor,
} from '../../../lib/n8n/mapUpsert/nodeParameters';

const LINES_LIST: INodeProperties = {
	displayName: 'Lines List Name or ID',
	name: 'lineList',
	type: 'options',
	// Not on `sampleShape`: the editor cannot work it out before there is data, and gives the list up.
	typeOptions: { loadOptionsMethod: 'getLineLists', loadOptionsDependsOn: ['document'] },
	default: '',
	description:
		'The list in the item that holds the lines. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const lineProperties: INodeProperties[] = [
	LINE_SOURCE.property,
	{
		...LINES_LIST,
		// As 0.1.0 had it, shown where a workflow has set it.
		displayOptions: {
			show: { ...linesShownFor('list').show, lineList: [{ _cnd: { exists: true } }] },
			hide: linesShownFor('list').hide,
		},
	},
	{
		...LINES_LIST,
		name: 'linesList',
		displayOptions: {
			show: { ...linesShownFor('list').show, ...chosenMore('lineList') },
			hide: { ...linesShownFor('list').hide, lineList: [{ _cnd: { exists: true } }] },
		},
	},
	AGENT_LINES,
	{
		displayName: 'Group Lines By',
		name: 'groupBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json["Order Number"] }}',
		description:
			'What the lines of one document share. Leave empty to take the number or reference of the document.',
		displayOptions: linesShownFor('itemPerLine'),
	},
	LINE_TABLE.property,
	LINE_CONNECTION.property,
	{
		displayName: 'Line Fields',
		name: 'lineFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: [
				'document',
				'pickedOrganisation',
				'lineSource',
				'lineList',
				'linesList',
				'lineTable.value',
			],
			resourceMapper: {
				resourceMapperMethod: 'getLineFields',
				mode: 'map',
				valuesLabel: 'Fields of Each Line',
				fieldWords: { singular: 'line field', plural: 'line fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: linesShownFor('list', 'itemPerLine', 'knackTable'),
	},
];
