import { collection } from '../parameters/collections';
import { organisationLocator } from '../organisationParameter';
import { choice, text, toggle, wholeNumber } from '../parameters/kinds';
import { logTable } from '../syncLog/logParameters';

/** The parameters of the resource Sync Log, by their place in the panel. */

const shownFor = (...operation: string[]) => ({ show: { resource: ['syncLog'], operation } });

export const LOG_OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
	noDataExpression: true,
	displayOptions: { show: { resource: ['syncLog'] } },
	options: [
		{
			name: 'Verify Log',
			value: 'verify',
			description:
				'Look whether rows were changed, removed or exchanged, and which runs never ended',
			action: 'Verify the sync log',
		},
		{
			name: 'History of a Record',
			value: 'history',
			description: 'All that was ever done for a record, in the order of time',
			action: 'Get the history of a record from the sync log',
		},
		{
			name: 'Daily Head',
			value: 'dailyHead',
			description: 'Where the log stands, to be kept where somebody else sees it',
			action: 'Get the daily head of the sync log',
		},
		{
			name: 'Export for a Person',
			value: 'exportPerson',
			description: 'All that the log holds of a person, for that person',
			action: 'Export what the sync log holds of a person',
		},
		{
			name: 'Erase Personal Values',
			value: 'erasePerson',
			description: "Take a person's values out of the log; it can be verified as before",
			action: 'Erase personal values from the sync log',
		},
		{
			name: 'Remove Old Rows',
			value: 'removeOldRows',
			description:
				'Delete rows that need not be kept any more; the others can be verified as before',
			action: 'Remove old rows from the sync log',
		},
	],
	default: 'verify',
});

export const NODE_LOG_TABLE = logTable({ show: { resource: ['syncLog'] } });

export const HEADS_KEPT = text({
	displayName: 'Heads Kept Elsewhere',
	name: 'headsKept',
	default: '',
	typeOptions: { rows: 3 },
	description:
		'Texts of Daily Head that were kept elsewhere, such as in a history note in Xero. Whether their rows are still there is looked at too: only so is it seen that the latest runs were removed whole.',
	displayOptions: shownFor('verify'),
});

export const SOUGHT_RECORD = text({
	displayName: 'Record',
	name: 'soughtRecord',
	required: true,
	default: '={{ $json.knack?.recordId }}',
	description:
		'The record that is meant: the ID of its Knack record or of its document in Xero, or its number as either calls it',
	displayOptions: shownFor('history'),
});

export const WITH_XERO_HISTORY = toggle({
	displayName: 'With History in Xero',
	name: 'withXeroHistory',
	default: false,
	description:
		'Whether to read too what Xero itself tells of the documents that the log names: who approved, paid or edited them, and their notes. One call to Xero for each document. Needs the Xero credential.',
	displayOptions: shownFor('history'),
});

export const HISTORY_ORGANISATION = organisationLocator(
	'The Xero organisation of the documents. Leave empty when the credential is connected to one only.',
	{ show: { ...shownFor('history').show, withXeroHistory: [true] } },
);

export const PERSON = text({
	displayName: 'Person',
	name: 'person',
	required: true,
	default: '',
	placeholder: 'e.g. pat@example.com',
	description:
		"The person's name or e-mail address in full, the ID of the contact in Xero, or that of the Knack record. Run it for each of them: a row that has the name alone is not found by the address.",
	displayOptions: shownFor('exportPerson', 'erasePerson'),
});

export const KEEP_YEARS = wholeNumber({
	displayName: 'Keep Years',
	name: 'keepYears',
	least: 1,
	default: 7,
	description:
		'For how many years rows are kept. Not shorter than the law wants: six years in the United Kingdom, seven in New Zealand, five in Australia.',
	displayOptions: shownFor('removeOldRows'),
});

export const MOST_ROWS = wholeNumber({
	displayName: 'Most Rows',
	name: 'mostRows',
	least: 1,
	default: 500,
	description: 'How many rows are removed at most in one run; each costs a Knack call',
	displayOptions: shownFor('removeOldRows'),
});

export const PREVIEW_ONLY = toggle({
	displayName: 'Preview Only',
	name: 'previewOnly',
	default: false,
	description: 'Whether to say what would be done, and change nothing',
	displayOptions: shownFor('erasePerson', 'removeOldRows'),
});

export const WHO_AND_WHY = collection(
	{
		displayName: 'Who and Why',
		name: 'whoAndWhy',
		placeholder: 'Add Field',
		description: 'Is noted in the log with what was erased. Leave out whom it is about.',
		displayOptions: shownFor('erasePerson'),
	},
	[
		text({
			displayName: 'N8n User',
			name: 'n8nUser',
			default: '',
			placeholder: 'e.g. Pat Lee',
			description: 'Who has it done',
		}),
		text({
			displayName: 'Reason',
			name: 'reason',
			default: '',
			placeholder: 'e.g. request 12 of 3 March',
			description: 'Why it is done',
		}),
	],
);
