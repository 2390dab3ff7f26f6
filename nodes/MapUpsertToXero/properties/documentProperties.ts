import type { INodeProperties } from 'n8n-workflow';
import {
	DEFINITIONS,
	NOT_FOR_STATUS_CHANGE,
	NOT_WITHOUT_SENDING,
} from '../../../lib/n8n/mapUpsert/documents';
import { DOCUMENT, documentNotes, OPERATION } from '../../../lib/n8n/mapUpsert/nodeParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';
import { statusChoices } from '../../../lib/sync/map/statusChoices';
import { SHAPE_EXPRESSION } from '../../../lib/sync/map/sampleShape';

export const documentProperties: INodeProperties[] = [
	...propertiesOf([DOCUMENT]),
	...documentNotes,
	...propertiesOf([OPERATION]),
];

/**
 * Reaches the form's method with its value worked out by the editor, so that the form can come
 * pre-filled from the last run's data. Nothing reads it while a workflow runs.
 */
export const sampleProperties: INodeProperties[] = [
	{
		displayName: 'Sample Shape',
		name: 'sampleShape',
		type: 'hidden',
		default: SHAPE_EXPRESSION,
	},
	{
		// The form is loaded anew, and its mapping with it, when another organisation is picked from the
		// list; not when an expression happens to give another one for another sample.
		displayName: 'Picked Organisation',
		name: 'pickedOrganisation',
		type: 'hidden',
		default:
			'={{ $parameter["organisation"]?.mode === "list" ? $parameter["organisation"]?.value : "" }}',
	},
];

export const fieldProperties: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['document', 'pickedOrganisation'],
			resourceMapper: {
				resourceMapperMethod: 'getDocumentFields',
				mode: 'map',
				valuesLabel: 'Fields of the Document',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: { hide: NOT_FOR_STATUS_CHANGE },
	},
];

/** One Status parameter for each document that has statuses to choose from. */
export const statusProperties: INodeProperties[] = DEFINITIONS.flatMap((definition) => {
	const choices = statusChoices(definition);
	const [first] = choices;
	if (!first) return [];
	return [
		{
			displayName: 'Status',
			name: 'status',
			type: 'options' as const,
			options: [
				{
					name: `As It Is (New Ones: ${first.label})`,
					value: '',
					description: 'Leave the status to the people who work in Xero',
				},
				...choices.map(({ label, value }) => ({ name: label, value })),
			],
			default: '',
			description: `The status in which ${definition.plural} shall be in Xero`,
			displayOptions: { show: { document: [definition.type] }, hide: NOT_WITHOUT_SENDING },
		},
	];
});
