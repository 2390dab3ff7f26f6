import type { INodeProperties } from 'n8n-workflow';
import { collection } from '../../parameters/collections';
import { AMOUNT_PAID_FIELD, DOCUMENTS_FROM, DOCUMENTS_UNTIL } from '../compare/compareParameters';

/** Parameters of Shadow, which takes the mapping of Create or Update as it is. */

const SHOWN = { show: { operation: ['shadow'] } };

export const SHADOW_NOTICE: INodeProperties = {
	displayName:
		'Give this step all records of a period, with the mapping that will send them later. It holds them against what stands in Xero and writes nothing. What bears no mark of ours counts as theirs, made by hand included.',
	name: 'shadowNotice',
	type: 'notice',
	default: '',
	displayOptions: SHOWN,
};

export const SHADOW_OPTIONS = collection(
	{
		displayName: 'Shadow Options',
		name: 'shadowOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[AMOUNT_PAID_FIELD, DOCUMENTS_FROM, DOCUMENTS_UNTIL],
);
