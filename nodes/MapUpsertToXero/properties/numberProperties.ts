import type { INodeProperties } from 'n8n-workflow';
import {
	NUMBER_SOURCE,
	NUMBER_SOURCE_OF_OTHERS,
	NUMBER_SOURCES_SET,
	NUMBER_TEMPLATE,
} from '../../../lib/n8n/mapUpsert/numbering';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const numberProperties: INodeProperties[] = [
	...propertiesOf([NUMBER_SOURCE, NUMBER_SOURCE_OF_OTHERS]),
	...NUMBER_SOURCES_SET,
	NUMBER_TEMPLATE.property,
];
