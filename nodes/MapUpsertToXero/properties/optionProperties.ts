import type { INodeProperties } from 'n8n-workflow';
import { GUARDS } from '../../../lib/n8n/mapUpsert/guardOptions';
import {
	chosenMore,
	MORE_SETTINGS,
	USE_CONDITION,
} from '../../../lib/n8n/mapUpsert/nodeParameters';
import { OPTIONS } from '../../../lib/n8n/mapUpsert/options';

const ONLY_WHEN: INodeProperties = {
	displayName: 'Only When',
	name: 'condition',
	type: 'filter',
	default: {},
	placeholder: 'Add Condition',
	typeOptions: {
		filter: { version: 2, caseSensitive: false, typeValidation: 'loose' },
	},
};

/** Sync only some of the records. */
export const conditionProperties: INodeProperties[] = [
	USE_CONDITION.property,
	{ ...ONLY_WHEN, displayOptions: { show: { useCondition: [true] } } },
	{
		...ONLY_WHEN,
		displayOptions: { show: chosenMore('condition'), hide: { useCondition: [true] } },
	},
];

export const optionProperties: INodeProperties[] = [OPTIONS.property];

export const guardProperties: INodeProperties[] = [GUARDS.property];

export const moreProperties: INodeProperties[] = [MORE_SETTINGS.property];
