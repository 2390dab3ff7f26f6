import type { INodeProperties } from 'n8n-workflow';
import { collection } from '../parameters/collections';
import { date, text, toggle } from '../parameters/kinds';

/** Parameters of Undo, which takes the items that an earlier run gave. */

const SHOWN = { show: { operation: ['undo'] } };

export const UNDO_NOTICES: readonly INodeProperties[] = [
	{
		displayName:
			'Give this node the items of the run that is to be undone, from its output Synced. First switch off what sends the records, or they come again.',
		name: 'undoNotice',
		type: 'notice',
		default: '',
		displayOptions: SHOWN,
	},
	{
		displayName:
			'The AI agent gets previews alone: nothing is undone. What takes documents out of the books is started by a person.',
		name: 'agentUndoNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true], ...SHOWN.show } },
	},
];

export const PREVIEW_OF_UNDO = toggle({
	displayName: 'Preview Only',
	name: 'previewOnly',
	noDataExpression: true,
	default: true,
	description:
		'Whether to only show how each document would be taken back, without writing anything',
	displayOptions: SHOWN,
});

export const UNDO_OPTIONS = collection(
	{
		displayName: 'Undo Options',
		name: 'undoOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[
		toggle({
			displayName: 'Archive Contacts',
			name: 'archiveContacts',
			default: false,
			description:
				'Whether contacts that the run made are archived. The API can neither edit nor restore an archived contact, so only a person in Xero can take that back.',
		}),
		date({
			displayName: 'Books Closed Until',
			name: 'booksClosedUntil',
			description:
				"The last day of the period that you have closed or filed, besides Xero's own lock dates. What lies in it is credited today, and not voided.",
		}),
		text({
			displayName: 'Reason',
			name: 'reason',
			default: '',
			placeholder: 'e.g. wrong filter in the workflow of 29 November',
			description: 'Why it is undone; stands on credit notes, which the customer sees',
		}),
	],
);
