import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { statusChoices } from '../../sync/map/statusChoices';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { toggle } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';
import { DEFINITIONS } from './documents';
import { chosenMore, isChosen, NOT_OFF } from './nodeParameters';
import { requireStatus } from './requireReadableStatus';
import { chosenByRule, readRules, ruleCollection, type RuleList } from './ruleCollection';

const WITH_STATUS = DEFINITIONS.filter((definition) => statusChoices(definition).length > 0);
const OPERATIONS = ['compare', 'preview', 'shadow', 'upsert'];

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
	const rules = ruleCollection(
		listFor(definition),
		statusChoices(definition).map(({ label, value }) => ({ name: label, value })),
	);
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

function listFor({ plural }: Pick<DocumentDefinition, 'plural'>): RuleList {
	return {
		displayName: 'Status Rules',
		name: 'statusRules',
		placeholder: 'Add Status Rule',
		description: 'The first rule that fits a record gives its status',
		chooses: {
			displayName: 'Status',
			name: 'status',
			description: `The status that the ${plural} then get`,
		},
	};
}

/**
 * How many rules choose the status, 0 where none do. Throws for a rule that is not filled in, or
 * chooses what is no status.
 */
export function countStatusRules(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
	read: ParameterReader,
): number {
	if (!read(USE_STATUS_RULES) && !isChosen(read, 'statusRules')) return 0;
	const statuses = readRules(context, listFor(definition));
	statuses.forEach((status, index) =>
		requireStatus('Status', definition, status, `rule ${index + 1} under Status Rules`),
	);
	return statuses.length;
}

/** The status that the first fitting rule gives to an item; undefined where none fits. */
export function statusByRule(context: IExecuteFunctions, index: number, count: number): unknown {
	return chosenByRule(context, listFor({ plural: '' }), index, count)?.value;
}
