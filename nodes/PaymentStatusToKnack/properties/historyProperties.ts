import type { INodeProperties } from 'n8n-workflow';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';
import {
	HISTORY_FIELDS,
	HISTORY_KEY_FIELD,
	HISTORY_RECORD_FIELD,
	HISTORY_TABLE,
	HISTORY_WHEN_REMOVED,
	WRITE_HISTORY,
} from '../../../lib/n8n/paymentStatus/historyNodeParameters';

/** Where in Knack each payment goes as a row of its own. */
export const historyProperties: INodeProperties[] = propertiesOf([
	WRITE_HISTORY,
	HISTORY_TABLE,
	HISTORY_RECORD_FIELD,
	HISTORY_KEY_FIELD,
	HISTORY_FIELDS,
	HISTORY_WHEN_REMOVED,
]);
