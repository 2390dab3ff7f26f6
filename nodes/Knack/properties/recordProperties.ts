import type { INodeProperties } from 'n8n-workflow';
import { LOG_OPERATION } from '../../../lib/n8n/knackNode/logOperations';
import {
	API_OPERATION,
	FILE_OPERATION,
	RECORD_ID,
	RECORD_OPERATION,
	RESOURCE,
	TABLE,
} from '../../../lib/n8n/knackNode/nodeParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const resourceProperties: INodeProperties[] = propertiesOf([
	RESOURCE,
	RECORD_OPERATION,
	FILE_OPERATION,
	LOG_OPERATION,
	API_OPERATION,
	TABLE,
	RECORD_ID,
]);
