import type { INodeProperties } from 'n8n-workflow';
import { RULES } from '../../../lib/sync/check/check';
import { FIELD_GONE } from '../../../lib/sync/map/goneNames';
import { OPTION_NOT_FOR_STATUS_CHANGE } from './statusChangeProperties';
import { LATE_RULES } from '../../../lib/sync/check/rules/lateRules';

/** Rules that a user may judge otherwise, by what they look at. */
const ruleOptions = [...RULES, ...Object.values(LATE_RULES), FIELD_GONE]
	.filter((rule) => rule.canBeLowered || rule.severity !== 'block')
	.map((rule) => ({
		name: rule.title,
		value: rule.code,
		description: `${rule.code}; unless told otherwise: ${rule.severity}`,
	}))
	.sort((a, b) => (a.name < b.name ? -1 : 1));

/** Sync only some of the records. */
export const conditionProperties: INodeProperties[] = [
	{
		displayName: 'Only Some Records',
		name: 'useCondition',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether to send only the records that meet a condition; the others are skipped',
	},
	{
		displayName: 'Only When',
		name: 'condition',
		type: 'filter',
		default: {},
		placeholder: 'Add Condition',
		typeOptions: {
			filter: { version: 2, caseSensitive: false, typeValidation: 'loose' },
		},
		displayOptions: { show: { useCondition: [true] } },
	},
];

export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Allow Writing as AI Tool',
				name: 'allowWritingAsTool',
				type: 'boolean',
				default: false,
				description:
					'Whether an AI agent that uses this node as a tool may write. Unless allowed, it gets previews.',
			},
			{
				displayName: 'Blank Values',
				name: 'blankPolicy',
				type: 'options',
				displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
				options: [
					{
						name: 'Leave Xero Alone',
						value: 'leave',
						description: 'A blank in the record changes nothing in Xero',
					},
					{
						name: 'Clear Text in Xero',
						value: 'clear',
						description: 'A blank empties texts in Xero, except what identifies the document',
					},
				],
				default: 'leave',
				description: 'What a mapped field does that is blank in the record',
			},
			{
				displayName: 'Contacts',
				name: 'contactPolicy',
				type: 'options',
				displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
				options: [
					{
						name: 'Find or Create',
						value: 'matchOrCreate',
						description: 'A contact that is in Xero stays as it is',
					},
					{
						name: 'Find or Create, and Update',
						value: 'matchCreateOrUpdate',
						description: 'A contact that is in Xero takes the mapped values',
					},
					{
						name: 'Only Find',
						value: 'matchOnly',
						description: 'Records whose contact is not in Xero are held',
					},
				],
				default: 'matchOrCreate',
				description: 'What to do about the contact of a document',
			},
			{
				displayName: 'Default Values',
				name: 'defaults',
				type: 'fixedCollection',
				displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
				typeOptions: { multipleValues: true },
				placeholder: 'Add Default Value',
				default: {},
				description: 'Values for fields that are blank in a record',
				options: [
					{
						displayName: 'Default Value',
						name: 'entries',
						values: [
							{
								displayName: 'Field Name or ID',
								name: 'field',
								type: 'options',
								typeOptions: {
									loadOptionsMethod: 'getFieldNames',
									loadOptionsDependsOn: ['document'],
								},
								default: '',
								description:
									'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
							},
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								description: 'A name such as of an account or a tax rate will do',
							},
						],
					},
				],
			},
			{
				displayName: 'Existing Documents',
				name: 'writePolicy',
				type: 'options',
				displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
				options: [
					{
						name: 'Create and Update',
						value: 'createOrUpdate',
					},
					{
						name: 'Only Create',
						value: 'createOnly',
						description: 'Records whose document differs in Xero are held',
					},
					{
						name: 'Only Update',
						value: 'updateOnly',
						description: 'Records whose document is not in Xero are held',
					},
				],
				default: 'createOrUpdate',
				description: 'Whether documents that are in Xero already are changed',
			},
			{
				displayName: 'Include Input Fields',
				name: 'includeInput',
				type: 'boolean',
				default: false,
				description: 'Whether to add the fields of the input item to each result, under "input"',
			},
			{
				displayName: 'Remove Lines That Are Not in the Record',
				name: 'removeOmittedLines',
				type: 'boolean',
				displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
				default: false,
				description:
					'Whether lines of a document in Xero that the record does not have are removed. Otherwise they stay.',
			},
			{
				displayName: 'Rules',
				name: 'rules',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Rule',
				default: {},
				description: 'How strictly a rule is taken',
				options: [
					{
						displayName: 'Rule',
						name: 'entries',
						values: [
							{
								displayName: 'Rule',
								name: 'code',
								type: 'options',
								options: ruleOptions,
								default: 'XERO_DATE_FAR_OFF',
							},
							{
								displayName: 'What to Do',
								name: 'severity',
								type: 'options',
								options: [
									{
										name: 'Block',
										value: 'block',
										description: 'Do not send the record until it is mended',
									},
									{
										name: 'Hold',
										value: 'hold',
										description: 'Do not send the record until a person has decided',
									},
									{
										name: 'Switch Off',
										value: 'off',
										description: 'Do not look, where that is safe',
									},
									{
										name: 'Warn',
										value: 'warn',
										description: 'Send the record and say what to look at',
									},
								],
								default: 'warn',
							},
						],
					},
				],
			},
		],
	},
];
