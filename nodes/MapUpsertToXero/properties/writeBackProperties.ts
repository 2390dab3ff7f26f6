import type { INodeProperties } from 'n8n-workflow';
import {
	WRITE_BACK,
	WRITE_BACK_FIELDS,
	WRITE_BACK_SHOWN,
	WRITE_BACK_TABLE,
} from '../../../lib/n8n/mapUpsert/writeBackParameters';

export const writeBackProperties: INodeProperties[] = [
	WRITE_BACK.property,
	WRITE_BACK_TABLE.property,
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
