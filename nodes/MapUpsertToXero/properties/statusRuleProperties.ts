import type { INodeProperties } from 'n8n-workflow';
import { statusChoices } from '../../../lib/sync/map/statusChoices';
import { DEFINITIONS } from './documentProperties';

const OPERATIONS = ['preview', 'upsert'];
const WITH_STATUS = DEFINITIONS.filter((definition) => statusChoices(definition).length > 0);

/** Rules that choose the status of a record, for each document with its own statuses. */
export const statusRuleProperties: INodeProperties[] = [
	{
		displayName: 'Status by Rule',
		name: 'useStatusRules',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether rules choose the status first. Status holds for the records that none of them fits.',
		displayOptions: {
			show: { document: WITH_STATUS.map(({ type }) => type), operation: OPERATIONS },
		},
	},
	...WITH_STATUS.map(
		(definition): INodeProperties => ({
			displayName: 'Status Rules',
			name: 'statusRules',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Status Rule',
			default: {},
			description: 'The first rule that fits a record gives its status',
			options: [
				{
					displayName: 'Rule',
					name: 'entries',
					values: [
						{
							displayName: 'When',
							name: 'conditions',
							type: 'filter',
							default: {},
							placeholder: 'Add Condition',
							typeOptions: {
								filter: { version: 2, caseSensitive: false, typeValidation: 'loose' },
							},
						},
						{
							displayName: 'Status',
							name: 'status',
							type: 'options',
							options: statusChoices(definition).map(({ label, value }) => ({
								name: label,
								value,
							})),
							default: '',
							description: `The status that the ${definition.plural} then get`,
						},
					],
				},
			],
			displayOptions: {
				show: { document: [definition.type], operation: OPERATIONS, useStatusRules: [true] },
			},
		}),
	),
];
