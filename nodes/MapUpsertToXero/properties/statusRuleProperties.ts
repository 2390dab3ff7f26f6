import type { INodeProperties } from 'n8n-workflow';
import { DOCUMENT_RULES } from '../../../lib/n8n/mapUpsert/documentRules';
import { STATUS_RULES, USE_STATUS_RULES } from '../../../lib/n8n/mapUpsert/statusRules';

/** Rules that choose what a record becomes, and which status it gets. */
export const statusRuleProperties: INodeProperties[] = [
	DOCUMENT_RULES,
	USE_STATUS_RULES.property,
	...STATUS_RULES,
];
