import type { INodeProperties } from 'n8n-workflow';
import { filterParameters } from '../../lib/n8n/knackFilterParameters';
import {
	INCLUDE,
	INSTANT,
	MODIFIED_FIELD,
	OPTIONS,
	TABLE,
	TRIGGER_ON,
} from '../../lib/n8n/knackTrigger/nodeParameters';

const DOCS =
	'https://github.com/n8n-nodes-knack-xero/n8n-nodes-knack-xero/blob/main/docs/knack-trigger.md#instantly';

const INSTANT_NOTICE = `In Knack's builder make a <b>Flow</b> for this table: trigger <i>Record Created</i> or <i>Record Updated</i>, then an <b>HTTP Request</b> step that sends a POST to the <b>Production URL</b> of this node, with the header <b>x-knack-xero-secret</b> (the Webhook Secret of the Knack API credential) and the body <b>{ "recordId": "…" }</b>, where the dots are the record's ID from Knack's list of tokens. Then publish this workflow. Where n8n has webhook processes of its own (queue mode), a record may start it once in each of them: Xero gets it once all the same. <a href="${DOCS}" target="_blank">The recipe, step by step</a>.`;

export const parameters: INodeProperties[] = [
	TABLE.property,
	TRIGGER_ON.property,
	...filterParameters,
	MODIFIED_FIELD.property,
	INCLUDE.property,
	INSTANT.property,
	{
		displayName: INSTANT_NOTICE,
		name: 'instantNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { instant: [true] } },
	},
	OPTIONS.property,
];
