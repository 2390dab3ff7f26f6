import { mainTable } from '../tableParameter';
import { COMPARE_SNAPSHOTS } from '../knackPickers';
import { include, TIME_ZONE } from '../knackParameters';
import { collection, group } from '../parameters/collections';
import { choice, date, number, text, textList, toggle, wholeNumber } from '../parameters/kinds';

/** The parameters of Knack Trigger, by their place in the panel. */

export const TABLE = mainTable('The Knack table whose records are watched');

export const TRIGGER_ON = choice({
	displayName: 'Trigger On',
	name: 'triggerOn',
	noDataExpression: true,
	options: [
		{
			name: 'Record Starts to Match',
			value: 'startsToMatch',
			description: 'A record that meets the filter and did not before, such as a job completed',
		},
		{
			name: 'Record Created',
			value: 'created',
			description: 'A new record, if it meets the filter when it is first seen',
		},
		{
			name: 'Record Updated',
			value: 'updated',
			description: 'A change of a record that was there before',
		},
		{
			name: 'Record Created or Updated',
			value: 'createdOrUpdated',
			description: 'A new record, or a change of one',
		},
	],
	default: 'startsToMatch',
});

export const MODIFIED_FIELD = text({
	displayName: 'Modified Date Field Name or ID',
	name: 'modifiedField',
	type: 'options',
	displayOptions: { show: { triggerOn: ['updated', 'createdOrUpdated'] } },
	typeOptions: {
		loadOptionsMethod: 'getModifiedDateFields',
		loadOptionsDependsOn: ['table.value'],
	},
	default: COMPARE_SNAPSHOTS,
	description:
		'A date field that your app sets on every edit makes polls of large tables cheap. Without one all records are compared with what they were, which sees batch updates and imports too. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

export const INCLUDE = include();

export const INSTANT = toggle({
	displayName: 'Start Instantly',
	name: 'instant',
	default: false,
	noDataExpression: true,
	description:
		'Whether a Knack Flow may call this trigger, so that the workflow starts within seconds. Polling goes on, to catch what calls miss, and may be rarer.',
});

export const OPTIONS = collection(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	[
		textList({
			displayName: 'Fields to Watch Names or IDs',
			name: 'watchedFields',
			typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['table.value'] },
			default: [],
			description:
				'Only a change of these counts as an update; of all but the fields written by the sync when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
		number({
			displayName: 'Gather For (Seconds)',
			name: 'gatherSeconds',
			displayOptions: { show: { '/instant': [true] } },
			least: 0,
			most: 60,
			default: 1,
			description:
				'How long to wait for more calls before Knack is read, so that a burst takes few calls and one execution. Knack has its answer already.',
		}),
		toggle({
			displayName: 'Include Raw Record',
			name: 'includeRaw',
			default: false,
			description: 'Whether to add the record as Knack sends it, with field keys, under raw',
		}),
		wholeNumber({
			displayName: 'Look Back After a Loss (Hours)',
			name: 'lookBackHours',
			least: 0,
			default: 24,
			description:
				'How far to look back when n8n has lost what the trigger remembered, as another step of the workflow can bring about on a worker. Records that come once more are recognised in Xero.',
		}),
		wholeNumber({
			displayName: 'Maximum Records per Poll',
			name: 'mostChanges',
			least: 1,
			default: 1000,
			description:
				'How many records one execution gets at most; the others come with the next poll',
		}),
		text({
			displayName: 'Retry When Fixed Name or ID',
			name: 'retryField',
			type: 'options',
			displayOptions: { show: { '/triggerOn': ['startsToMatch'] } },
			typeOptions: { loadOptionsMethod: 'getTextFields', loadOptionsDependsOn: ['table.value'] },
			default: '',
			description:
				'The field into which the workflow writes what is wrong with a record. While it is filled, the record comes again after each edit of it, or of the connected records that are included, until nothing is wrong any more. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
		date({
			displayName: 'Start Date',
			name: 'startDate',
			description: 'With Start From set to a date: records made (or edited) since then come first',
		}),
		choice({
			displayName: 'Start From',
			name: 'startFrom',
			options: [
				{
					name: 'A Date',
					value: 'date',
					description: 'Records since the Start Date come first, then everything new',
				},
				{
					name: 'Activation',
					value: 'now',
					description: 'Nothing that is there already',
				},
				{
					name: 'All Existing Records',
					value: 'all',
					description: 'Everything that is there comes first, then everything new',
				},
			],
			default: 'now',
			description: 'What the first poll after activation gives',
		}),
		textList({
			displayName: 'Sync Fields Names or IDs',
			name: 'syncFields',
			typeOptions: { loadOptionsMethod: 'getSyncFields', loadOptionsDependsOn: ['table.value'] },
			default: [],
			description:
				'A change of these alone starts nothing, so that what the sync writes back does not start it again. Without this option they are told by their names, such as Xero …, Sync … and Payment Status. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
		TIME_ZONE,
		group(
			{
				displayName: 'Until Synced',
				name: 'untilSynced',
				displayOptions: {
					show: { '/triggerOn': ['startsToMatch', 'created', 'createdOrUpdated'] },
				},
				group: { displayName: 'Fields', name: 'fields' },
				description:
					'Records that have neither a Xero ID nor a message come again by themselves, whatever became of the run that had them. The workflow has to write both fields: choose the same ones under Write Back to Knack.',
			},
			[
				text({
					displayName: 'Xero ID Name or ID',
					name: 'xeroIdField',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getTextFields',
						loadOptionsDependsOn: ['table.value'],
					},
					default: '',
					description:
						'The field into which the workflow writes the Xero ID of the record. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				}),
				text({
					displayName: 'Message Name or ID',
					name: 'messageField',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getTextFields',
						loadOptionsDependsOn: ['table.value'],
					},
					default: '',
					description:
						'The field into which the workflow writes what is wrong with a record. While it is filled, the record waits for a person. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				}),
				date({
					displayName: 'Look Back To',
					name: 'lookBackTo',
					description:
						'Records made since this day come too, though they were there when the workflow was published; none of those when empty',
				}),
			],
		),
	],
);
