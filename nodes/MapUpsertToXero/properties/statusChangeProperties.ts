import type { INodeProperties } from 'n8n-workflow';
import { newStatusChoices } from '../../../lib/sync/status/newStatus';
import { DOCUMENTS } from '../../../lib/xero/documents';

const WITH_STATUSES = Object.values(DOCUMENTS).filter(
	(definition) => newStatusChoices(definition).length > 0,
);

/** Documents whose status can be changed by itself. */
export const TYPES_WITH_STATUSES = WITH_STATUSES.map(({ type }) => type);

/** For what has no meaning where only a status is changed. */
export const NOT_FOR_STATUS_CHANGE = { operation: ['changeStatus'] };
/** The same inside a collection. */
export const OPTION_NOT_FOR_STATUS_CHANGE = { '/operation': ['changeStatus'] };

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
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to only show which documents would change, from which status, without changing any',
		displayOptions: { show: { ...shown, document: TYPES_WITH_STATUSES } },
	},
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
