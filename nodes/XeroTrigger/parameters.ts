import type { INodeProperties } from 'n8n-workflow';
import {
	CATEGORIES,
	EVENT_TYPES,
	OPTIONS,
	ORGANISATION,
	SWEEP_MINUTES,
} from '../../lib/n8n/xeroTrigger/nodeParameters';

const NOTICE =
	'Xero has one webhook address for an app. In its <a href="https://developer.xero.com/app/manage" target="_blank">developer portal</a> open your app, then Webhooks: paste this node\'s <b>Production URL</b> as the Delivery URL, copy the Webhooks Key into the Xero credential, publish this workflow, then choose <b>Send Intent to Receive</b>. Several workflows? Give each its own address under Options, Forward To, of this one. With separate webhook processes (queue mode) an event may start the workflow once in each of them.';

export const parameters: INodeProperties[] = [
	{ displayName: NOTICE, name: 'portalNotice', type: 'notice', default: '' },
	ORGANISATION.property,
	CATEGORIES.property,
	EVENT_TYPES.property,
	SWEEP_MINUTES.property,
	OPTIONS.property,
];
