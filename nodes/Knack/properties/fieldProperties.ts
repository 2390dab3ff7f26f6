import type { INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';
import { FILE_FIELD, FILE_PROPERTY } from '../../../lib/n8n/knackNode/nodeParameters';

/** What the form does with a match field differs by operation, and n8n fixes it for each parameter. */
function fields(operation: string, mode: ResourceMapperTypeOptions['mode']): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: { show: { resource: ['record'], operation: [operation] } },
		typeOptions: {
			loadOptionsDependsOn: ['table.value', 'operation'],
			resourceMapper: {
				resourceMapperMethod: 'getRecordFields',
				mode,
				valuesLabel: 'Values to Send',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
				refreshStaleSchemaOnOpen: true,
				...(mode === 'upsert' && {
					matchingFieldsLabels: {
						title: 'Field to Match On',
						description:
							'A record that holds the same value in this field is updated; without one a new record is created',
						hint: 'Text, e-mail, phone and number fields that can be written',
					},
				}),
			},
		},
	};
}

export const fieldProperties: INodeProperties[] = [
	fields('create', 'add'),
	fields('update', 'map'),
	fields('upsert', 'upsert'),
];

export const fileProperties: INodeProperties[] = [FILE_FIELD.property, FILE_PROPERTY.property];
