import { collection } from '../../parameters/collections';
import { SettingError } from '../../parameters/settingError';
import { fieldList, namedTable } from '../../tableParameter';
import { shownFor, type InsightOperation } from '../operation';

const SHOWN = shownFor('syncHealth');
const ON_TABLE = ['healthTable.value'];

const TABLE = namedTable({
	displayName: 'Knack Table',
	name: 'healthTable',
	description: 'The table whose records Map & Upsert to Xero sends',
	example: 'object_4',
	displayOptions: SHOWN,
});

const DIFFERENCES_TABLE = namedTable({
	displayName: 'Differences Table',
	name: 'healthDifferencesTable',
	description:
		'The table in which Compare keeps what differs; without it nothing is known to have drifted',
	example: 'object_9',
	isOptional: true,
	displayOptions: SHOWN,
});

const LOG_TABLE = namedTable({
	displayName: 'Log Table',
	name: 'healthLogTable',
	description: 'The Sync Log, which tells since when records are held and which of them failed',
	example: 'object_10',
	isOptional: true,
	displayOptions: SHOWN,
});

const FIELDS = collection(
	{
		displayName: 'Fields of the Table',
		name: 'healthFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
	},
	[
		fieldList(
			'Amount Field',
			'amountField',
			'getHealthAmountFields',
			'What a record is worth, to rank reasons by it',
			ON_TABLE,
		),
		fieldList(
			'Message Field',
			'messageField',
			'getHealthFields',
			'Takes the trouble of a record, if not found by its name',
			ON_TABLE,
		),
		fieldList(
			'Xero ID Field',
			'xeroIdField',
			'getHealthFields',
			'Takes the Xero ID, if not found by its name',
			ON_TABLE,
		),
	],
);

export const SYNC_HEALTH: InsightOperation = {
	value: 'syncHealth',
	resource: 'sync',
	name: 'Sync Health',
	description:
		'How many records are in step, waiting, held, failed or drifted, since when, and why',
	action: 'Get the health of the sync',
	hasDay: false,
	needsKnack: true,
	parameters: [TABLE, DIFFERENCES_TABLE, LOG_TABLE, FIELDS],
	prepare(read) {
		const table = read(TABLE);
		if (table === undefined) {
			throw new SettingError('Knack Table is not chosen.', 'Choose the table of the records.');
		}
		const input = {
			table,
			differencesTable: read(DIFFERENCES_TABLE),
			logTable: read(LOG_TABLE),
			...read(FIELDS),
		};
		return async ({ books, knack }) => {
			const { reckonSyncHealth } = await import('../../../insights/syncHealth/syncHealth');
			return await reckonSyncHealth(books, await knack(), input);
		};
	},
};
