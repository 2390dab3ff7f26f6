import type { INodeProperties } from 'n8n-workflow';
import { PREVIEW_OF_ADOPTING } from '../../../lib/n8n/mapUpsert/nodeParameters';

export const adoptProperties: INodeProperties[] = [PREVIEW_OF_ADOPTING.property];
