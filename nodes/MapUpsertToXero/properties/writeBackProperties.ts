import type { INodeProperties } from 'n8n-workflow';
import {
	KEEP_IN_KNACK,
	KEPT_IN_KNACK,
	WRITE_BACK,
	WRITE_BACK_FIELDS,
	WRITE_BACK_FORM,
	WRITE_BACK_SHOWN,
	WRITE_BACK_TABLE,
} from '../../../lib/n8n/mapUpsert/writeBackParameters';

export const writeBackProperties: INodeProperties[] = [
	KEEP_IN_KNACK.property,
	WRITE_BACK.property,
	WRITE_BACK_TABLE.property,
	{ ...WRITE_BACK_TABLE.property, displayOptions: KEPT_IN_KNACK },
	{
		displayName: 'Fields to Write',
		name: WRITE_BACK_FORM,
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['document', 'table.value'],
			resourceMapper: {
				resourceMapperMethod: 'getWriteBackForm',
				mode: 'map',
				valuesLabel: 'Fields to Write',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: false,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: KEPT_IN_KNACK,
	},
	WRITE_BACK_FIELDS.property,
	{
		displayName:
			'Map the field with the Xero ID to <b>Xero … ID</b> in the form as well: it is the surest way to find the document again.',
		name: 'writeBackNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...WRITE_BACK_SHOWN, writeBack: [true] } },
	},
];
