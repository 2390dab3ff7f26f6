import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DOCUMENTS } from '../../../lib/xero/documents';
import { statusChoices } from '../../../lib/sync/map/statusChoices';
import { SHAPE_EXPRESSION } from '../../../lib/sync/map/sampleShape';
import { NOT_FOR_STATUS_CHANGE, TYPES_WITH_STATUSES } from './statusChangeProperties';

/** Every document of the registry, by its label. */
export const DEFINITIONS = Object.values(DOCUMENTS)
	.flatMap((definition) => (definition ? [definition] : []))
	.sort((a, b) => (a.label < b.label ? -1 : 1));

/** Documents that have lines, for showing what concerns lines. */
export const WITH_LINES = DEFINITIONS.filter(({ lineFields }) => lineFields).map(
	({ type }) => type,
);

const documentOptions: INodePropertyOptions[] = DEFINITIONS.map(({ label, type, plural }) => ({
	name: label,
	value: type,
	description: `Send ${plural} to Xero`,
}));

const operations: INodePropertyOptions[] = [
	{
		name: 'Adopt',
		value: 'adopt',
		description:
			'Link records to what people, Zapier or Make have put into Xero already, without writing to Xero',
		action: 'Adopt documents',
	},
	{
		name: 'Change Status',
		value: 'changeStatus',
		description: 'Approve, send, void, delete or archive what is in Xero, and nothing else',
		action: 'Change the status of documents',
	},
	{
		name: 'Create or Update',
		value: 'upsert',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		action: 'Create or update documents',
	},
	{
		name: 'Preview',
		value: 'preview',
		description: 'Show what would be written, to the cent, without writing anything',
		action: 'Preview documents',
	},
];

/** The first for most documents, the second for those that have no statuses to choose from. */
const operationProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations,
		default: 'upsert',
		displayOptions: { show: { document: TYPES_WITH_STATUSES } },
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.filter(({ value }) => value !== 'changeStatus'),
		default: 'upsert',
		displayOptions: { hide: { document: TYPES_WITH_STATUSES } },
	},
];

export const documentProperties: INodeProperties[] = [
	{
		displayName: 'Document',
		name: 'document',
		type: 'options',
		noDataExpression: true,
		options: documentOptions,
		default: 'salesInvoice',
		description: 'What each record becomes in Xero',
	},
	...operationProperties,
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
			displayOptions: { show: { document: [definition.type] }, hide: NOT_FOR_STATUS_CHANGE },
		},
	];
});
