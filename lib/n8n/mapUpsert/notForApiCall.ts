import type { INodeProperties } from 'n8n-workflow';

/**
 * Hidden for an API call, for Approve and for Undo, of which none knows one document, unless it is shown for some
 * operations alone. It stands here and not beside the form, of which the published package keeps the values only.
 */
export function notForApiCall(property: INodeProperties): INodeProperties {
	const { show, hide = {} } = property.displayOptions ?? {};
	if (property.name === 'operation' || show?.operation) return property;
	const operation = [...(hide.operation ?? []), 'apiCall', 'approve', 'undo'];
	return {
		...property,
		displayOptions: { ...property.displayOptions, hide: { ...hide, operation } },
	};
}
