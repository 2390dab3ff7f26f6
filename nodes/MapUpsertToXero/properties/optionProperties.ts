import type { INodeProperties } from 'n8n-workflow';
import { USE_CONDITION } from '../../../lib/n8n/mapUpsert/nodeParameters';
import { OPTIONS } from '../../../lib/n8n/mapUpsert/options';

/** Sync only some of the records. */
export const conditionProperties: INodeProperties[] = [
	USE_CONDITION.property,
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

export const optionProperties: INodeProperties[] = [OPTIONS.property];
