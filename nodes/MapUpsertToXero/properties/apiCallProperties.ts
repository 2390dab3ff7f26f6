import type { INodeProperties } from 'n8n-workflow';
import { callProperties } from '../../../lib/n8n/apiCall/apiCallParameters';
import {
	API,
	XERO_CALL,
	XERO_CALL_NOTICES,
	XERO_CALL_OPTIONS,
} from '../../../lib/n8n/mapUpsert/xeroCallParameters';

export const apiCallProperties: INodeProperties[] = [
	...XERO_CALL_NOTICES,
	API.property,
	...callProperties(XERO_CALL),
	XERO_CALL_OPTIONS.property,
];
