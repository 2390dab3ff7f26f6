import type { INodeProperties } from 'n8n-workflow';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';
import {
	FIELDS_TO_WRITE,
	MATCH_FIELDS,
	PREVIEW,
	TABLE,
	WORDING,
} from '../../../lib/n8n/paymentStatus/nodeParameters';

/** Where in Knack the payment status goes. */
export const knackProperties: INodeProperties[] = propertiesOf([
	TABLE,
	MATCH_FIELDS,
	FIELDS_TO_WRITE,
	WORDING,
]);

export const previewProperties: INodeProperties[] = [PREVIEW.property];
