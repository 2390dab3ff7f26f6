import type { INodeProperties } from 'n8n-workflow';
import {
	APPROVED_BY,
	APPROVED_RECORD,
	GOOD_FOR,
	KEEP_TOKEN,
	PLAN_NUMBER,
	TOKEN_FIELD,
	TOKEN_RECORD,
	TOKEN_TABLE,
	WHAT_IS_APPROVED,
} from '../../../lib/n8n/mapUpsert/approveParameters';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';

export const approveProperties: INodeProperties[] = propertiesOf([
	PLAN_NUMBER,
	APPROVED_BY,
	GOOD_FOR,
	APPROVED_RECORD,
	WHAT_IS_APPROVED,
	KEEP_TOKEN,
	TOKEN_TABLE,
	TOKEN_RECORD,
	TOKEN_FIELD,
]);
