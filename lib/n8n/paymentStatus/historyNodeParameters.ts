import { collection } from '../parameters/collections';
import { choice, locator, text, toggle } from '../parameters/kinds';
import { CHOOSE, fieldList } from '../tableParameter';

const WHERE_WRITTEN = { show: { writeHistory: [true] } };

function historyList<const Name extends string>(
	displayName: string,
	name: Name,
	loadOptionsMethod: string,
	what: string,
) {
	const dependsOn = ['historyTable.value', 'table.value'];
	return fieldList(displayName, name, loadOptionsMethod, what, dependsOn);
}

/** Where in Knack each payment goes as a row of its own. */
export const WRITE_HISTORY = toggle({
	displayName: 'Write Payment History',
	name: 'writeHistory',
	default: false,
	description:
		'Whether each payment, and each credit note, prepayment and overpayment applied, is also written as a record of its own into a table that is connected to the Knack table',
});

export const HISTORY_TABLE = locator({
	displayName: 'Payment History Table',
	name: 'historyTable',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The table with one record for each payment. The list has the tables connected to the Knack table.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchHistoryTables', searchable: true },
		},
		{
			displayName: 'By Key',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. object_7',
		},
	],
	displayOptions: WHERE_WRITTEN,
});

export const HISTORY_RECORD_FIELD = text({
	displayName: 'Record Connection Name or ID',
	name: 'historyRecordField',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getHistoryRecordFields',
		loadOptionsDependsOn: ['historyTable.value', 'table.value'],
	},
	default: '',
	required: true,
	description: `Connects a payment to the record of its invoice. ${CHOOSE}.`,
	displayOptions: WHERE_WRITTEN,
});

export const HISTORY_KEY_FIELD = text({
	displayName: 'Payment ID Field Name or ID',
	name: 'historyKeyField',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getHistoryKeyFields',
		loadOptionsDependsOn: ['historyTable.value', 'table.value'],
	},
	default: '',
	required: true,
	description: `Takes the payment's ID in Xero, which keeps a payment from being written twice. A Short Text field, best set to unique values in Knack. ${CHOOSE}.`,
	displayOptions: WHERE_WRITTEN,
});

export const HISTORY_FIELDS = collection(
	{
		displayName: 'Payment History Fields',
		name: 'historyFields',
		placeholder: 'Add Field',
		default: { date: '', amount: '', status: '' },
		description: 'What goes into which field of a payment; only what differs is written',
		displayOptions: WHERE_WRITTEN,
	},
	[
		historyList(
			'Amount',
			'amount',
			'getHistoryAmountFields',
			"Takes what was paid or applied, in the invoice's currency",
		),
		historyList(
			'Currency',
			'currency',
			'getHistoryCurrencyFields',
			'Takes the currency of the amount, such as GBP',
		),
		historyList('Date', 'date', 'getHistoryDateFields', 'Takes the day of the payment'),
		historyList(
			'Kind',
			'kind',
			'getHistoryKindFields',
			'Takes Payment, Credit Note, Prepayment, Overpayment or Refund',
		),
		historyList(
			'Link',
			'link',
			'getHistoryLinkFields',
			"Takes the address of the payment's page in Xero",
		),
		historyList(
			'Reference',
			'reference',
			'getHistoryReferenceFields',
			'Takes the reference of a payment, or the number of a credit note',
		),
		historyList(
			'Status',
			'status',
			'getHistoryStatusFields',
			'Takes Recorded, and Removed once the payment was removed in Xero',
		),
	],
);

export const HISTORY_WHEN_REMOVED = choice({
	displayName: 'When a Payment Is Removed',
	name: 'historyWhenRemoved',
	options: [
		{
			name: 'Delete Its Record',
			value: 'delete',
			description: 'The record goes from the payment history',
		},
		{
			name: 'Mark Its Record as Removed',
			value: 'mark',
			description: 'The record stays, and its Status field says Removed',
		},
	],
	default: 'mark',
	description: 'What becomes of the record of a payment that is removed in Xero',
	displayOptions: WHERE_WRITTEN,
});
