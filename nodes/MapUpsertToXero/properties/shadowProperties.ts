import type { INodeProperties } from 'n8n-workflow';
import { SHADOW_NOTICE, SHADOW_OPTIONS } from '../../../lib/n8n/mapUpsert/shadow/shadowParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const shadowProperties: INodeProperties[] = [
	SHADOW_NOTICE,
	...propertiesOf([SHADOW_OPTIONS]),
];
