import type { INodeProperties } from 'n8n-workflow';

const NOTICE =
	'Xero has one webhook address for an app. In its <a href="https://developer.xero.com/app/manage" target="_blank">developer portal</a> open your app, then Webhooks: paste this node\'s <b>Production URL</b> as the Delivery URL, copy the Webhooks Key into the Xero credential, activate this workflow, then choose <b>Send Intent to Receive</b>. Several workflows? Give each its own address under Options, Forward To, of this one.';

export const parameters: INodeProperties[] = [
	{ displayName: NOTICE, name: 'portalNotice', type: 'notice', default: '' },
	{
		displayName: 'Organisation',
		name: 'organisation',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The Xero organisation whose events are wanted. Leave empty for all that the credential is connected to.',
		hint: 'Nothing in the list? Open the Xero credential, choose Connect my account, and tick an organisation',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOrganisations', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f8d5c7a-1b2c-4d3e-8f9a-0b1c2d3e4f5a',
			},
		],
	},
	{
		displayName: 'Events',
		name: 'categories',
		type: 'multiOptions',
		options: [
			{
				name: 'Anything Else',
				value: 'OTHER',
				description: 'What Xero may add in the future; handed on as it comes',
			},
			{ name: 'Contact', value: 'CONTACT' },
			{
				name: 'Credit Note',
				value: 'CREDITNOTE',
				description: 'Also hands on the invoices that it is applied to',
			},
			{ name: 'Invoice or Bill', value: 'INVOICE' },
			{
				name: 'Overpayment',
				value: 'OVERPAYMENT',
				description: 'Also hands on the invoices that it is applied to',
			},
			{ name: 'Payment', value: 'PAYMENT', description: 'Hands on the invoice that was paid' },
			{
				name: 'Prepayment',
				value: 'PREPAYMENT',
				description: 'Also hands on the invoices that it is applied to',
			},
		],
		default: ['INVOICE', 'PAYMENT'],
		description: 'What starts the workflow; everything when nothing is chosen',
	},
	{
		displayName: 'Event Types',
		name: 'eventTypes',
		type: 'multiOptions',
		options: [
			{ name: 'Created', value: 'CREATE' },
			{
				name: 'Updated',
				value: 'UPDATE',
				description: 'Edited, approved, paid, voided, archived or deleted',
			},
		],
		default: ['CREATE', 'UPDATE'],
		description:
			'Whether new documents, changed ones or both are wanted. What only the sweep finds is handed on in any case, as UNKNOWN: Xero does not tell which it is.',
	},
	{
		displayName: 'Sweep',
		name: 'sweepMinutes',
		type: 'options',
		options: [
			{
				name: 'Every 15 Minutes',
				value: 15,
				description: '96 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every 30 Minutes',
				value: 30,
				description: '48 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every 5 Minutes',
				value: 5,
				description: '288 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every Day',
				value: 1440,
				description: '1 call a day for each organisation and kind of document',
			},
			{
				name: 'Every Hour',
				value: 60,
				description: '24 calls a day for each organisation and kind of document',
			},
			{
				name: 'Never',
				value: 0,
				description: 'What a webhook does not bring is lost',
			},
		],
		default: 15,
		description:
			'How often Xero is asked what changed, to catch what webhooks missed. Poll Times only says how often it is looked whether a sweep is due, which costs nothing.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Forward To',
				name: 'forwardTo',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add address',
				default: {},
				description:
					'Production URLs of further Xero Triggers, in other workflows or another n8n. Each gets every delivery as Xero sent it, and checks the signature by itself.',
				options: [
					{
						displayName: 'Address',
						name: 'targets',
						values: [
							{
								displayName: 'URL',
								name: 'url',
								type: 'string',
								default: '',
								placeholder: 'e.g. https://n8n.example.com/webhook/…/xero',
							},
						],
					},
				],
			},
			{
				displayName: 'Gather For (Seconds)',
				name: 'gatherSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60 },
				default: 2,
				description:
					'How long to wait at most for more events before Xero is read, so that a burst takes few calls. After a quiet time the wait is shorter. Xero has its answer already.',
			},
			{
				displayName: 'Include Raw Data',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: 'Whether each item also holds the document as Xero sent it, under "raw"',
			},
		],
	},
];
