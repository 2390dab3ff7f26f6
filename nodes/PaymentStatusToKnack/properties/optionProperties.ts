import type { INodeProperties } from 'n8n-workflow';
import { OPTIONS } from '../../../lib/n8n/paymentStatus/nodeParameters';

export const optionProperties: INodeProperties[] = [OPTIONS.property];
