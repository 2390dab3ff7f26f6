import type { INodeProperties } from 'n8n-workflow';
import {
	AS_OF,
	OPERATIONS,
	ORGANISATION,
	OUTPUT,
	OWN_PARAMETERS,
	RESOURCE,
} from '../../../lib/n8n/insights/nodeParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const insightProperties: INodeProperties[] = propertiesOf([
	ORGANISATION,
	RESOURCE,
	...OPERATIONS,
	AS_OF,
	...OWN_PARAMETERS,
	OUTPUT,
]);
