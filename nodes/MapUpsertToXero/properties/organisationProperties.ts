import type { INodeProperties } from 'n8n-workflow';
import { ORGANISATION } from '../../../lib/n8n/mapUpsert/nodeParameters';

export const organisationProperties: INodeProperties[] = [ORGANISATION.property];
