import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { FilterFamily } from '../knack/filters';
import { OPERATORS, PERIODS } from '../knack/filters';
import { choice } from './parameters/kinds';

const FAMILIES: readonly FilterFamily[] = [
	'text',
	'number',
	'boolean',
	'choice',
	'date',
	'connection',
	'roles',
	'presence',
];

function titled(words: string): string {
	const small = ['or', 'the'];
	return words
		.split(' ')
		.map((word) => (small.includes(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ');
}

function operatorOptions(family: FilterFamily): INodePropertyOptions[] {
	return Object.keys(OPERATORS[family])
		.map((operator) => ({ name: titled(operator), value: operator }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function operatorsTaking(family: FilterFamily, takes: string): string[] {
	return Object.entries(OPERATORS[family])
		.filter(([, taken]) => taken === takes)
		.map(([operator]) => operator);
}

function operatorParameter(family: FilterFamily, options: INodePropertyOptions[]): INodeProperties {
	const parameter: INodeProperties = {
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		displayOptions: { show: { family: [family] } },
		options,
		default: 'is',
	};
	// n8n knows one default for parameters of one name, so the families without "is" have none.
	return 'is' in OPERATORS[family] ? parameter : { ...parameter, default: '' };
}

/** The operators that the type of the chosen field knows, one parameter for each family. */
const operatorParameters: INodeProperties[] = FAMILIES.map((family) =>
	operatorParameter(family, operatorOptions(family)),
);

/** What a number in a condition counts. */
export const PERIOD_CHOICES = PERIODS.map((period) => ({ name: titled(period), value: period }));

const valueParameters: INodeProperties[] = [
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		displayOptions: {
			show: { family: ['text', 'number', 'roles'] },
			hide: { operator: ['is blank', 'is not blank'] },
		},
		default: '',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'options',
		displayOptions: { show: { family: ['boolean'] } },
		options: [
			{ name: 'No', value: 'no' },
			{ name: 'Yes', value: 'yes' },
		],
		default: 'yes',
	},
	{
		displayName: 'Value Name or ID',
		name: 'value',
		type: 'options',
		displayOptions: {
			show: { family: ['choice'], operator: operatorsTaking('choice', 'value') },
		},
		typeOptions: { loadOptionsMethod: 'getFieldChoices', loadOptionsDependsOn: ['&field'] },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Value Names or IDs',
		name: 'values',
		type: 'multiOptions',
		displayOptions: { show: { family: ['choice'], operator: operatorsTaking('choice', 'list') } },
		typeOptions: { loadOptionsMethod: 'getFieldChoices', loadOptionsDependsOn: ['&field'] },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'dateTime',
		displayOptions: { show: { family: ['date'], operator: operatorsTaking('date', 'value') } },
		default: '',
		description: 'The day that is compared, on the clock of the Knack app',
	},
	{
		displayName: 'How Many',
		name: 'range',
		type: 'number',
		displayOptions: { show: { family: ['date'], operator: operatorsTaking('date', 'period') } },
		typeOptions: { minValue: 1 },
		default: 1,
	},
	{
		displayName: 'Of What',
		name: 'period',
		type: 'options',
		displayOptions: { show: { family: ['date'], operator: operatorsTaking('date', 'period') } },
		options: [...PERIOD_CHOICES],
		default: 'days',
	},
	{
		displayName: 'Record Name or ID',
		name: 'value',
		type: 'options',
		displayOptions: {
			show: { family: ['connection'], operator: operatorsTaking('connection', 'value') },
		},
		typeOptions: { loadOptionsMethod: 'getLinkableRecords', loadOptionsDependsOn: ['&field'] },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Record Names or IDs',
		name: 'values',
		type: 'multiOptions',
		displayOptions: {
			show: { family: ['connection'], operator: operatorsTaking('connection', 'list') },
		},
		typeOptions: { loadOptionsMethod: 'getLinkableRecords', loadOptionsDependsOn: ['&field'] },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
];

export const FILTER_BY = choice({
	displayName: 'Filter By',
	name: 'filterBy',
	noDataExpression: true,
	options: [
		{
			name: 'Conditions',
			value: 'conditions',
			description: 'Choose fields and what they must hold',
		},
		{
			name: 'JSON',
			value: 'json',
			description: "Filters as Knack's API takes them, for what the conditions cannot say",
		},
	],
	default: 'conditions',
});

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	displayOptions: { show: { filterBy: ['conditions'] } },
	default: {},
	description: 'Which records count; all of them when empty',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Field Name or ID',
					name: 'field',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getFilterFields',
						loadOptionsDependsOn: ['table.value'],
					},
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Family',
					name: 'family',
					type: 'hidden',
					default: '={{ ($parameter["&field"] || "").split("|")[1] }}',
				},
				...operatorParameters,
				...valueParameters,
			],
		},
	],
};

export const MATCH = choice({
	displayName: 'Match',
	name: 'match',
	noDataExpression: true,
	displayOptions: { show: { filterBy: ['conditions'] } },
	options: [
		{ name: 'All Conditions', value: 'and' },
		{ name: 'Any Condition', value: 'or' },
	],
	default: 'and',
});

const filterJson: INodeProperties = {
	displayName: 'Filter JSON',
	name: 'filterJson',
	type: 'json',
	displayOptions: { show: { filterBy: ['json'] } },
	default: '{\n  "match": "and",\n  "rules": []\n}',
	description:
		'Rules with field, operator and value. They may be copied from the address of a page of the Live App whose filters are set.',
	hint: 'e.g. {"match":"and","rules":[{"field":"field_12","operator":"is","value":"Completed"}]}',
};

/** Which records count: conditions by the type of each field, or Knack's own JSON. */
export const filterParameters: INodeProperties[] = [
	FILTER_BY.property,
	conditions,
	MATCH.property,
	filterJson,
];
