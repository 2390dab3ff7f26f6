import type { INodeProperties } from 'n8n-workflow';
import {
	AS_OF,
	AS_OF_IN_ONE_WAY,
	OPERATIONS,
	ORGANISATION,
	OUTPUT,
	OWN_PARAMETERS,
	RESOURCE,
} from '../../../lib/n8n/insights/nodeParameters';
import { KNACK_TABLE_PARAMETERS } from '../../../lib/n8n/insights/knackTableParameters';
import { ONE_PAGE_PARAMETERS } from '../../../lib/n8n/insights/onePageParameters';
import { PRESENT_PARAMETERS } from '../../../lib/n8n/insights/presentParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const insightProperties: INodeProperties[] = propertiesOf([
	ORGANISATION,
	RESOURCE,
	...OPERATIONS,
	AS_OF,
	...AS_OF_IN_ONE_WAY,
	...OWN_PARAMETERS,
	...ONE_PAGE_PARAMETERS,
	OUTPUT,
	...PRESENT_PARAMETERS,
	...KNACK_TABLE_PARAMETERS,
]);
