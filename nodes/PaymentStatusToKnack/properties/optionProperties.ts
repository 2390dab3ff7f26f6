import type { INodeProperties } from 'n8n-workflow';

export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Allow Writing as AI Tool',
				name: 'allowWritingAsTool',
				type: 'boolean',
				default: false,
				description:
					'Whether an AI agent that uses this node as a tool may write. Unless allowed, it gets previews.',
			},
			{
				displayName: 'Check All Unpaid Invoices Every (Days)',
				name: 'fullCheckDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 7,
				description:
					'Xero does not tell of every edit, such as of a new due date of a part-paid invoice. So all unpaid ones are looked at now and then: one Xero call for 1,000. 0 never does.',
				displayOptions: { show: { '/operation': ['changed'] } },
			},
			{
				displayName: 'Empty Fields Without a Value',
				name: 'clearWhenNone',
				type: 'boolean',
				default: true,
				description:
					'Whether a field is emptied when Xero has nothing for it, such as the payment date after the only payment was removed',
			},
			{
				displayName: 'Fill In Missing Invoice ID',
				name: 'fillInvoiceId',
				type: 'boolean',
				default: true,
				description:
					'Whether the invoice ID is written into a record that was found by number or reference, so that it is found surely from then on',
			},
			{
				displayName: 'First Run Looks Back (Days)',
				name: 'firstRunDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 90,
				description:
					'The first run takes all unpaid invoices and what changed in so many days. 0 takes everything there is.',
				displayOptions: { show: { '/operation': ['changed'] } },
			},
			{
				displayName: 'Include Input Fields',
				name: 'includeInput',
				type: 'boolean',
				default: false,
				description: 'Whether to add the fields of the input item to each result, under "input"',
				displayOptions: { show: { '/operation': ['fromInput'] } },
			},
			{
				displayName: 'When No Record Is Found',
				name: 'whenMissing',
				type: 'options',
				options: [
					{
						name: 'Needs Attention',
						value: 'attention',
						description: 'Every invoice should have its record in Knack',
					},
					{
						name: 'Skip the Invoice',
						value: 'skip',
						description: 'There are invoices in Xero that do not come from Knack',
					},
				],
				default: 'attention',
				description: 'What becomes of an invoice that no record of the table belongs to',
			},
		],
	},
];
