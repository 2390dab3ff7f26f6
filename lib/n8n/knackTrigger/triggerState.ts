import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { KnackItem } from '../../sync/knackItems';

/** Where the state lies in the node's static data. */
export const STATE_KEY = 'knackTrigger';

/** What is handed to n8n is JSON already; this is only its type. */
export function toJson(value: object): IDataObject {
	return { ...value };
}

export function toOutput(items: readonly KnackItem[]): INodeExecutionData[][] {
	return [items.map((json) => ({ json: toJson(json) }))];
}
