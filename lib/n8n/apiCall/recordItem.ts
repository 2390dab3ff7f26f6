import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../sync/map/sampleShape';

/** A record of an answer as an item, whose `json` is always an object. */
export function recordItem(record: unknown): IDataObject {
	return Object(isRecord(record) ? record : { value: record });
}
