import type { INodeProperties } from 'n8n-workflow';

function knackField(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName: `${displayName} Field Name or ID`,
		name,
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getWriteBackFields',
			loadOptionsDependsOn: ['table.value'],
		},
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: what,
	};
}

export const writeBackProperties: INodeProperties[] = [
	{
		displayName: 'Write Back to Knack',
		name: 'writeBack',
		type: 'boolean',
		default: false,
		description:
			'Whether to keep the Xero ID, number, status, link or trouble on the Knack record. Needs the Knack credential.',
		displayOptions: { show: { operation: ['adopt', 'changeStatus', 'upsert'] } },
	},
	{
		displayName: 'Knack Table',
		name: 'table',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.knack?.table }}' },
		required: true,
		description: 'The table of the records; the Knack Trigger gives it with each item',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTables', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. object_4',
			},
		],
		displayOptions: { show: { operation: ['adopt', 'changeStatus', 'upsert'], writeBack: [true] } },
	},
	{
		displayName: 'Fields to Write',
		name: 'writeBackFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			knackField('Link', 'link', "Takes the address of the document's page in Xero"),
			knackField(
				'Message',
				'message',
				'Takes the trouble of a record and what to do about it, and is emptied when it is gone',
			),
			knackField('Number', 'number', 'Takes the number of the document, such as INV-0042'),
			{
				...knackField(
					'Online Invoice Link',
					'onlineLink',
					'Takes the address where the customer sees and pays the invoice',
				),
				displayOptions: { show: { '/document': ['salesInvoice'], '/operation': ['upsert'] } },
			},
			knackField('Status', 'status', 'Takes the status of the document, such as Draft or Paid'),
			knackField(
				'Xero ID',
				'xeroId',
				"Takes the document's id in Xero, by which it is found for sure next time",
			),
		],
		displayOptions: { show: { operation: ['adopt', 'changeStatus', 'upsert'], writeBack: [true] } },
	},
	{
		displayName:
			'Map the field with the Xero ID to <b>Xero … ID</b> in the form as well: it is the surest way to find the document again.',
		name: 'writeBackNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['adopt', 'changeStatus', 'upsert'], writeBack: [true] } },
	},
];
