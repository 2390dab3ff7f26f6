import type { INodeProperties } from 'n8n-workflow';
import {
	IS_EMAILED,
	SHOWN_ONLINE,
	TAKES_FILES,
	WITHOUT_HISTORY,
} from '../../../lib/sync/afterWrite/possibleSteps';
import { DEFINITIONS } from './documentProperties';

const withNotes = DEFINITIONS.map(({ type }) => type).filter((type) => !WITHOUT_HISTORY.has(type));

/** Shows an entry for the documents that Xero does it for. */
const shownFor = (types: Iterable<string>): INodeProperties['displayOptions'] => ({
	show: { '/document': [...types] },
});

/** What goes with a document once it is written. Every document that takes anything keeps notes. */
export const afterWritingProperties: INodeProperties[] = [
	{
		displayName: 'After Writing',
		name: 'afterWriting',
		type: 'collection',
		placeholder: 'Add Step',
		default: {},
		description: 'What to do for documents that were created or updated, each thing once',
		options: [
			{
				displayName: 'Add History Note',
				name: 'note',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. From Knack order {{ $json["Order Number"] }}',
				description: 'What to note under History and Notes. A document gets the same note once.',
			},
			{
				displayName: 'Also When Unchanged',
				name: 'alsoWhenUnchanged',
				type: 'boolean',
				default: true,
				description:
					'Whether to make up for what is missing on documents that needed no change too. Takes a few Xero calls for each.',
			},
			{
				displayName: 'Attach Files',
				name: 'attachFiles',
				type: 'string',
				default: '',
				placeholder: 'e.g. data, photo',
				description:
					'Names of the fields of the input item that hold files, with commas between. A file larger than 10 MB is left out with a warning.',
				displayOptions: shownFor(TAKES_FILES),
			},
			{
				displayName: 'E-Mail to Customer',
				name: 'email',
				type: 'options',
				options: [
					{
						name: 'Never',
						value: 'never',
						description: 'Send nothing',
					},
					{
						name: 'On Every Change',
						value: 'onEveryChange',
						description: 'Let Xero send the invoice when it is new, and again whenever it changes',
					},
					{
						name: 'Once',
						value: 'once',
						description: 'Let Xero send the invoice unless it has been sent before',
					},
				],
				default: 'once',
				description:
					'Whether Xero e-mails the invoice to its contact. Drafts are not sent: set Status to Approved.',
				displayOptions: shownFor(IS_EMAILED),
			},
			{
				displayName: 'Return Online Invoice Link',
				name: 'onlineLink',
				type: 'boolean',
				default: true,
				description:
					'Whether to read where the customer sees and pays the invoice. Drafts have no such page.',
				displayOptions: shownFor(IS_EMAILED),
			},
			{
				displayName: 'Show Files on Online Invoice',
				name: 'includeOnline',
				type: 'boolean',
				default: true,
				description: 'Whether the customer sees the attached files with the online document',
				displayOptions: shownFor(SHOWN_ONLINE),
			},
		],
		displayOptions: { show: { operation: ['upsert'], document: withNotes } },
	},
];
