import type { INodeProperties } from 'n8n-workflow';
import {
	HEADS_KEPT,
	HISTORY_ORGANISATION,
	KEEP_YEARS,
	MOST_ROWS,
	NODE_LOG_TABLE,
	PERSON,
	PREVIEW_ONLY,
	SOUGHT_RECORD,
	WHO_AND_WHY,
	WITH_XERO_HISTORY,
} from '../../../lib/n8n/knackNode/logOperations';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const logProperties: INodeProperties[] = propertiesOf([
	NODE_LOG_TABLE,
	HEADS_KEPT,
	SOUGHT_RECORD,
	WITH_XERO_HISTORY,
	HISTORY_ORGANISATION,
	PERSON,
	KEEP_YEARS,
	MOST_ROWS,
	PREVIEW_ONLY,
	WHO_AND_WHY,
]);
