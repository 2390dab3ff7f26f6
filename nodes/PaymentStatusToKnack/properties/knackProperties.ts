import type { INodeProperties } from 'n8n-workflow';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';
import {
	FIELDS_TO_WRITE,
	MATCH_FIELDS,
	PREVIEW,
	TABLE,
	WORDING,
} from '../../../lib/n8n/paymentStatus/nodeParameters';
import { SYNC_STATE_TABLE } from '../../../lib/n8n/paymentStatus/syncStateParameters';

/** Where in Knack the payment status goes. */
export const knackProperties: INodeProperties[] = propertiesOf([
	TABLE,
	MATCH_FIELDS,
	FIELDS_TO_WRITE,
	WORDING,
]);

export const previewProperties: INodeProperties[] = [PREVIEW.property];

/** Where in Knack runs over changes keep their place. */
export const syncStateProperties: INodeProperties[] = [SYNC_STATE_TABLE.property];
