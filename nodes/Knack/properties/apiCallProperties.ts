import type { INodeProperties } from 'n8n-workflow';
import { callProperties } from '../../../lib/n8n/apiCall/apiCallParameters';
import {
	API_CALL,
	API_CALL_NOTICES,
	API_CALL_OPTIONS,
} from '../../../lib/n8n/knackNode/nodeParameters';

export const apiCallProperties: INodeProperties[] = [
	...API_CALL_NOTICES,
	...callProperties(API_CALL),
];

export const apiOptionProperties: INodeProperties[] = [API_CALL_OPTIONS.property];
