import { locator } from '../parameters/kinds';

/** Where runs over everything changed keep their place. */
export const SYNC_STATE_TABLE = locator({
	displayName: 'Sync State Table',
	name: 'syncStateTable',
	default: { mode: 'list', value: '' },
	description:
		'The Knack table in which a record says how far the runs have come. All processes of n8n share it, and you can read it. The list has the tables with a Paragraph Text field named State.',
	hint: 'Leave empty to keep nothing in Knack: then an n8n process that has just started looks back, as far as Look Back says',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchSyncStateTables', searchable: true },
		},
		{
			displayName: 'By Key',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. object_9',
		},
	],
	displayOptions: { show: { operation: ['changed'] } },
});
