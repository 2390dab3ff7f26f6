import type { INodeProperties } from 'n8n-workflow';
import { collection } from '../parameters/collections';
import { choice, date, locator, text, toggle } from '../parameters/kinds';
import { logTableNamed } from '../syncLog/logParameters';

/** Parameters of Undo, which takes the items that an earlier run gave, or its rows in the Sync Log. */

const SHOWN = { show: { operation: ['undo'] } };
const OF_ITEMS = { show: { operation: ['undo'], undoSource: ['items'] } };
const OF_LOG = { show: { operation: ['undo'], undoSource: ['syncLog'] } };

export const UNDO_NOTICES: readonly INodeProperties[] = [
	{
		displayName:
			'Give this node the items of the run that is to be undone, from its output Synced. First switch off what sends the records, or they come again.',
		name: 'undoNotice',
		type: 'notice',
		default: '',
		displayOptions: OF_ITEMS,
	},
	{
		displayName: 'First switch off what sends the records, or they come again.',
		name: 'undoLogNotice',
		type: 'notice',
		default: '',
		displayOptions: OF_LOG,
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

export const UNDO_SOURCE = choice({
	displayName: 'Take the Run From',
	name: 'undoSource',
	noDataExpression: true,
	options: [
		{
			name: 'Input Items',
			value: 'items',
			description: 'The items that the run gave, from its output Synced',
		},
		{
			name: 'Sync Log',
			value: 'syncLog',
			description: 'What the log in Knack has of the run, if it wrote one',
		},
	],
	default: 'items',
	description: 'Where it is known from what the run did',
	displayOptions: SHOWN,
});

export const UNDO_LOG_TABLE = logTableNamed(
	'undoLogTable',
	'Log Table of the Run',
	'The Knack table of the Sync Log that the run was written to. Needs the Knack credential.',
	OF_LOG,
);

export const UNDO_RUN = locator({
	displayName: 'Run',
	name: 'undoRun',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The run that is to be undone. By ID: that of the run, or of an execution of n8n, of which all runs are undone.',
	displayOptions: OF_LOG,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a run',
			typeOptions: { searchListMethod: 'searchLoggedRuns', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1042' },
	],
});

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
