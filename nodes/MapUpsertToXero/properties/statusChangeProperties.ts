import type { INodeProperties } from 'n8n-workflow';
import { TYPES_WITH_STATUSES, WITH_STATUSES } from '../../../lib/n8n/mapUpsert/documents';
import { PREVIEW_OF_STATUSES } from '../../../lib/n8n/mapUpsert/nodeParameters';
import { newStatusChoices } from '../../../lib/sync/status/newStatus';

const shown = { operation: ['changeStatus'] };

/** One New Status parameter for each document, with the statuses that it can be moved to. */
const newStatusProperties: INodeProperties[] = WITH_STATUSES.map((definition) => ({
	displayName: 'New Status',
	name: 'newStatus',
	type: 'options',
	options: newStatusChoices(definition).map(({ label, value, isFinal }) => ({
		name: label,
		value,
		...(isFinal ? { description: 'Takes it out of the books. Xero cannot undo it.' } : {}),
	})),
	default: '',
	required: true,
	description: `The status that ${definition.plural} shall have. Nothing is changed until one is chosen.`,
	displayOptions: { show: { ...shown, document: [definition.type] } },
}));

export const statusChangeProperties: INodeProperties[] = [
	...newStatusProperties,
	PREVIEW_OF_STATUSES.property,
	{
		displayName: 'Which Document',
		name: 'identityFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['document'],
			resourceMapper: {
				resourceMapperMethod: 'getIdentityFields',
				mode: 'map',
				valuesLabel: 'What Tells Which Document Is Meant',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
		displayOptions: { show: { ...shown, document: TYPES_WITH_STATUSES } },
	},
];
