import type { INodeProperties } from 'n8n-workflow';
import {
	NUMBER_BY,
	NUMBER_BY_OF_OTHERS,
	NUMBER_SOURCE,
	NUMBER_TEMPLATES,
} from '../../../lib/n8n/mapUpsert/numbering';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const numberProperties: INodeProperties[] = [
	...propertiesOf([NUMBER_BY, NUMBER_BY_OF_OTHERS, NUMBER_SOURCE]),
	...NUMBER_TEMPLATES,
];
