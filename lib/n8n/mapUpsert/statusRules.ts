import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isRecord } from '../../sync/map/sampleShape';
import { statusChoices } from '../../sync/map/statusChoices';
import { z } from '../../vendor/zod';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { toggle } from '../parameters/kinds';
import { isUnset, refuse } from '../parameters/parameter';
import type { ParameterReader } from '../parameters/reader';
import { DEFINITIONS } from './documents';
import { chosenMore, isChosen, NOT_OFF } from './nodeParameters';
import { requireStatus } from './requireReadableStatus';

const WITH_STATUS = DEFINITIONS.filter((definition) => statusChoices(definition).length > 0);
const OPERATIONS = ['preview', 'upsert'];

export const USE_STATUS_RULES = toggle({
	displayName: 'Status by Rule',
	name: 'useStatusRules',
	noDataExpression: true,
	default: false,
	description:
		'Whether rules choose the status first. Status holds for the records that none of them fits.',
	displayOptions: {
		show: {
			document: WITH_STATUS.map(({ type }) => type),
			operation: OPERATIONS,
			useStatusRules: NOT_OFF,
		},
	},
});

/** Rules that choose the status of a record, for each document with its own statuses. */
export const STATUS_RULES = WITH_STATUS.flatMap((definition): INodeProperties[] => {
	const rules = rulesFor(definition);
	const show = { document: [definition.type], operation: OPERATIONS };
	return [
		{ ...rules, displayOptions: { show: { ...show, useStatusRules: [true] } } },
		{
			...rules,
			displayOptions: {
				show: { ...show, ...chosenMore('statusRules') },
				hide: { useStatusRules: [true] },
			},
		},
	];
});

function rulesFor(definition: DocumentDefinition): INodeProperties {
	return {
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
	};
}

const storedRules = z.object({
	entries: z.array(
		z.object({
			conditions: z
				.object({ conditions: z.array(z.object({ leftValue: z.unknown() })).optional() })
				.nullish(),
			status: z.string().nullish(),
		}),
	),
});

/**
 * How many rules choose the status, 0 where none do. Throws for a rule that is not filled in: n8n
 * would let it fit every record.
 */
export function countStatusRules(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
	read: ParameterReader,
): number {
	if (!read(USE_STATUS_RULES) && !isChosen(read, 'statusRules')) return 0;
	const stored: unknown = context.getNode().parameters.statusRules;
	if (isUnset(stored) || (isRecord(stored) && isUnset(stored.entries))) return 0;
	const rules = storedRules.safeParse(stored);
	if (!rules.success) {
		refuse('Status Rules', stored, 'not a list of rules', 'Add each rule under Status Rules.', {});
	}
	const { entries } = rules.data;
	entries.forEach(({ conditions, status }, index) => {
		const looked = conditions?.conditions ?? [];
		const isFilledIn =
			!isUnset(status) && looked.length > 0 && looked.every(({ leftValue }) => !isUnset(leftValue));
		if (isFilledIn) {
			requireStatus('Status', definition, status, `rule ${index + 1} under Status Rules`);
			return;
		}
		throw new NodeOperationError(
			context.getNode(),
			`Rule ${index + 1} under Status Rules is not filled in`,
			{
				description:
					'Give each of its conditions a value to look at and choose its status, or remove the rule.',
			},
		);
	});
	return entries.length;
}

/** The status that the first fitting rule gives to an item; undefined where none fits. */
export function statusByRule(context: IExecuteFunctions, index: number, count: number): unknown {
	for (let rule = 0; rule < count; rule += 1) {
		const place = `statusRules.entries[${rule}]`;
		const fits = context.getNodeParameter(`${place}.conditions`, index, false, {
			extractValue: true,
		});
		if (fits === true) return context.getNodeParameter(`${place}.status`, index, '');
	}
	return undefined;
}
