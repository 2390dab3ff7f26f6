import type { INodeProperties } from 'n8n-workflow';
import { AFTER_WRITING } from '../../../lib/n8n/mapUpsert/afterWritingParameters';

export const afterWritingProperties: INodeProperties[] = [AFTER_WRITING.property];
