import type { ChosenTableSettings } from '../../insights/knackTable/tableSettings';
import { collection, rows } from '../parameters/collections';
import { choice, text, toggle } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';
import { namedTable } from '../tableParameter';
import { namesIn } from './namesIn';
import { NOT_FOR_PAGE } from './operation';

/** *Write to Knack Table*: parameters of Xero Insights. */

const WRITE_TABLE = toggle({
	displayName: 'Write to Knack Table',
	name: 'writeKnackTable',
	displayOptions: NOT_FOR_PAGE,
	default: false,
	description:
		"Whether the rows are also written into a table of Knack, for Knack's own charts and reports. The record of a row is found again by its key, and only what differs is written. An AI agent never writes.",
});

const SHOWN = { show: { writeKnackTable: [true] } };

const TABLE = namedTable({
	displayName: 'Knack Table',
	// Some operations read a table of their own, which is called `table`.
	name: 'knackTable',
	example: 'object_12',
	displayOptions: SHOWN,
	description: 'The table that takes the rows, such as one named Dashboard',
});

const KEY_FIELD = text({
	displayName: 'Key Field Name or ID',
	name: 'keyField',
	type: 'options',
	displayOptions: SHOWN,
	typeOptions: {
		loadOptionsMethod: 'getKeyFields',
		loadOptionsDependsOn: ['knackTable.value'],
	},
	default: '',
	description:
		'The field by which the record of a row is found again. Empty is the one named Key. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

const COLUMN_FIELDS = rows(
	{
		displayName: 'Columns with Another Name',
		name: 'columnFields',
		displayOptions: SHOWN,
		placeholder: 'Add Column',
		description:
			'Columns go into the fields that are called like them. Name here the field of a column that is called otherwise, or leave its field empty to keep the column out.',
		row: { displayName: 'Column', name: 'column' },
	},
	[
		text({
			displayName: 'Column',
			name: 'column',
			default: '',
			placeholder: 'e.g. Total',
			description: 'The heading of the column',
		}),
		text({
			displayName: 'Field Name or ID',
			name: 'field',
			type: 'options',
			typeOptions: {
				loadOptionsMethod: 'getColumnFields',
				loadOptionsDependsOn: ['knackTable.value'],
			},
			default: '',
			description:
				'The field that takes it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
	],
);

const TABLE_OPTIONS = collection(
	{
		displayName: 'Knack Table Options',
		name: 'knackTableOptions',
		displayOptions: SHOWN,
		placeholder: 'Add Option',
	},
	[
		text({
			displayName: 'Key Columns',
			name: 'keyColumns',
			default: '',
			placeholder: 'e.g. Contact, Currency',
			description:
				'The headings of the columns that together tell a row from the others, with commas between them. Empty is what the operation says.',
		}),
		choice({
			displayName: 'Rows That Are Gone',
			name: 'gone',
			options: [
				{
					name: 'Leave Their Records',
					value: 'leave',
					description: 'A record whose row is not there any more stays as it was written last',
				},
				{
					name: 'Clear Their Figures',
					value: 'clear',
					description:
						'Its amounts, numbers, dates and summary are emptied; takes a call for each 1,000 records',
				},
			],
			default: 'leave',
			description: 'What becomes of a record with a key that no row has any more',
		}),
	],
);

export const KNACK_TABLE_PARAMETERS = [
	WRITE_TABLE,
	TABLE,
	KEY_FIELD,
	COLUMN_FIELDS,
	TABLE_OPTIONS,
] as const;

export interface ChosenTable extends ChosenTableSettings {
	/** Key or name; empty where none is chosen. */
	readonly table: string;
}

/** What is set for the Knack table; undefined where none is wanted. Throws SettingError. */
export function readKnackTable(read: ParameterReader): ChosenTable | undefined {
	if (!read(WRITE_TABLE)) return undefined;
	const { keyColumns, gone } = read(TABLE_OPTIONS);
	return {
		table: read(TABLE) ?? '',
		keyField: read(KEY_FIELD),
		keyColumns: namesIn(keyColumns),
		fields: read(COLUMN_FIELDS),
		gone,
	};
}
