import type { INodeProperties } from 'n8n-workflow';
import { filterParameters } from '../../../lib/n8n/knackFilterParameters';
import {
	GET_MANY,
	INCLUDE,
	LIMIT,
	RETURN_ALL,
	SIMPLIFY,
	SORT_FIELD,
	SORT_ORDER,
	UPLOAD_OPTIONS,
	WRITE_OPTIONS,
} from '../../../lib/n8n/knackNode/nodeParameters';

function forGetMany(property: INodeProperties): INodeProperties {
	const { show, ...others } = property.displayOptions ?? {};
	return { ...property, displayOptions: { ...others, show: { ...GET_MANY, ...show } } };
}

export const readProperties: INodeProperties[] = [
	RETURN_ALL.property,
	LIMIT.property,
	...filterParameters.map(forGetMany),
	SORT_FIELD.property,
	SORT_ORDER.property,
	INCLUDE.property,
];

export const simplifyProperty: INodeProperties = SIMPLIFY.property;

export const optionProperties: INodeProperties[] = [
	WRITE_OPTIONS.property,
	UPLOAD_OPTIONS.property,
];
