import type { INodeProperties } from 'n8n-workflow';
import { STATUS_RULES, USE_STATUS_RULES } from '../../../lib/n8n/mapUpsert/statusRules';

export const statusRuleProperties: INodeProperties[] = [USE_STATUS_RULES.property, ...STATUS_RULES];
