import type { INodeProperties } from 'n8n-workflow';
import { LOG } from '../../../lib/n8n/mapUpsert/logParameters';
import { logProperties as propertiesOfLog } from '../../../lib/n8n/syncLog/logParameters';

export const logProperties: INodeProperties[] = propertiesOfLog(LOG);
