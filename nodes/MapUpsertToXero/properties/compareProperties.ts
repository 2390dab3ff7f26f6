import type { INodeProperties } from 'n8n-workflow';
import {
	COMPARE_OPTIONS,
	DECIDED_BY,
	DIFFERENCES_TABLE,
	WHAT_TO_DO,
} from '../../../lib/n8n/mapUpsert/compare/compareParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const compareProperties: INodeProperties[] = propertiesOf([
	WHAT_TO_DO,
	DIFFERENCES_TABLE,
	DECIDED_BY,
	COMPARE_OPTIONS,
]);
