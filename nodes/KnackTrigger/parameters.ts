import type { INodeProperties } from 'n8n-workflow';
import { filterParameters } from '../../lib/n8n/knackFilterParameters';

const DOCS =
	'https://github.com/n8n-nodes-knack-xero/n8n-nodes-knack-xero/blob/main/docs/knack-trigger.md#instantly';

const INSTANT_NOTICE = `In Knack's builder make a <b>Flow</b> for this table: trigger <i>Record Created</i> or <i>Record Updated</i>, then an <b>HTTP Request</b> step that sends a POST to the <b>Production URL</b> of this node, with the header <b>x-knack-xero-secret</b> (the Webhook Secret of the Knack API credential) and the body <b>{ "recordId": "…" }</b>, where the dots are the record's ID from Knack's list of tokens. Then activate this workflow. <a href="${DOCS}" target="_blank">The recipe, step by step</a>.`;

const optionParameters: INodeProperties[] = [
	{
		displayName: 'Fields to Watch Names or IDs',
		name: 'watchedFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['table.value'] },
		default: [],
		description:
			'Only a change of these counts as an update; of all but the fields written by the sync when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Fields Written by the Sync Names or IDs',
		name: 'syncFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getSyncFields', loadOptionsDependsOn: ['table.value'] },
		default: [],
		description:
			'A change of these alone starts nothing, so that what the sync writes back does not start it again. Without this option they are told by their names, such as Xero …, Sync … and Payment Status. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Gather For (Seconds)',
		name: 'gatherSeconds',
		type: 'number',
		displayOptions: { show: { '/instant': [true] } },
		typeOptions: { minValue: 0, maxValue: 60 },
		default: 1,
		description:
			'How long to wait for more calls before Knack is read, so that a burst takes few calls and one execution. Knack has its answer already.',
	},
	{
		displayName: 'Include Raw Record',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: 'Whether to add the record as Knack sends it, with field keys, under raw',
	},
	{
		displayName: 'Maximum Records per Poll',
		name: 'mostChanges',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description: 'How many records one execution gets at most; the others come with the next poll',
	},
	{
		displayName: 'Retry When Fixed Name or ID',
		name: 'retryField',
		type: 'options',
		displayOptions: { show: { '/triggerOn': ['startsToMatch'] } },
		typeOptions: { loadOptionsMethod: 'getTextFields', loadOptionsDependsOn: ['table.value'] },
		default: '',
		description:
			'The field into which the workflow writes what is wrong with a record. While it is filled, the record comes again after each edit of it, or of its included lines, until nothing is wrong any more. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		description: 'With Start From set to a date: records made (or edited) since then come first',
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'A Date',
				value: 'date',
				description: 'Records since the Start Date come first, then everything new',
			},
			{
				name: 'Activation',
				value: 'now',
				description: 'Nothing that is there already',
			},
			{
				name: 'All Existing Records',
				value: 'all',
				description: 'Everything that is there comes first, then everything new',
			},
		],
		default: 'now',
		description: 'What the first poll after activation gives',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/London',
		description:
			'Set it only if dates are off: the time zone in the settings of the Knack app is used',
	},
];

export const parameters: INodeProperties[] = [
	{
		displayName: 'Table',
		name: 'table',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The Knack table whose records are watched',
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
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Record Created',
				value: 'created',
				description: 'A new record, if it meets the filter when it is first seen',
			},
			{
				name: 'Record Created or Updated',
				value: 'createdOrUpdated',
				description: 'A new record, or a change of one',
			},
			{
				name: 'Record Starts to Match',
				value: 'startsToMatch',
				description: 'A record that meets the filter and did not before, such as a job completed',
			},
			{
				name: 'Record Updated',
				value: 'updated',
				description: 'A change of a record that was there before',
			},
		],
		default: 'startsToMatch',
	},
	...filterParameters,
	{
		displayName: 'Modified Date Field Name or ID',
		name: 'modifiedField',
		type: 'options',
		displayOptions: { show: { triggerOn: ['updated', 'createdOrUpdated'] } },
		typeOptions: {
			loadOptionsMethod: 'getModifiedDateFields',
			loadOptionsDependsOn: ['table.value'],
		},
		default: 'none',
		description:
			'A date field that your app sets on every edit makes polls of large tables cheap. Without one all records are compared with what they were, which sees batch updates and imports too. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Include Connected Records Names or IDs',
		name: 'include',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getConnections', loadOptionsDependsOn: ['table.value'] },
		default: [],
		description:
			'Records that come along with each record, such as its lines or its customer. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Start Instantly',
		name: 'instant',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description:
			'Whether a Knack Flow may call this trigger, so that the workflow starts within seconds. Polling goes on, to catch what calls miss, and may be rarer.',
	},
	{
		displayName: INSTANT_NOTICE,
		name: 'instantNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { instant: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: optionParameters,
	},
];
