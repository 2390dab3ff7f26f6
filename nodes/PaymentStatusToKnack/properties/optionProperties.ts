import type { INodeProperties } from 'n8n-workflow';
import { GUARDS } from '../../../lib/n8n/paymentStatus/guardOptions';
import { OPTIONS } from '../../../lib/n8n/paymentStatus/nodeParameters';

export const guardProperties: INodeProperties[] = [GUARDS.property];

export const optionProperties: INodeProperties[] = [OPTIONS.property];
