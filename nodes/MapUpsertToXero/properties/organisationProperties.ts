import type { INodeProperties } from 'n8n-workflow';
import { ORGANISATION } from '../../../lib/n8n/mapUpsert/nodeParameters';

/** The plan number stands for the organisation as well, and Approve asks Xero nothing. */
export const organisationProperties: INodeProperties[] = [
	{ ...ORGANISATION.property, displayOptions: { hide: { operation: ['approve'] } } },
];
