import type { INodeProperties } from 'n8n-workflow';
import { callProperties } from '../../../lib/n8n/apiCall/apiCallParameters';
import {
	API,
	XERO_CALL,
	XERO_CALL_NOTICES,
	XERO_CALL_OPTIONS,
} from '../../../lib/n8n/mapUpsert/xeroCallParameters';

export const apiCallProperties: INodeProperties[] = [
	...XERO_CALL_NOTICES,
	API.property,
	...callProperties(XERO_CALL),
	XERO_CALL_OPTIONS.property,
];

/** Hidden for an API call, which knows no document, unless it is shown for some operations alone. */
export function notForApiCall(property: INodeProperties): INodeProperties {
	const { show, hide = {} } = property.displayOptions ?? {};
	if (property.name === 'operation' || show?.operation) return property;
	const operation = [...(hide.operation ?? []), 'apiCall'];
	return {
		...property,
		displayOptions: { ...property.displayOptions, hide: { ...hide, operation } },
	};
}
