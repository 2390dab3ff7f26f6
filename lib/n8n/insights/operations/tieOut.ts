import { choice, text } from '../../parameters/kinds';
import { CHOOSE, fieldList, namedTable } from '../../tableParameter';
import { SettingError } from '../../parameters/settingError';
import { knackFilter } from '../knackFilter';
import { shownFor, type InsightOperation } from '../operation';

/** Tie-Out: a sum of Knack's records against an account of Xero. */

const SHOWN = shownFor('tieOut');

const TABLE = namedTable({
	displayName: 'Table',
	name: 'table',
	displayOptions: SHOWN,
	example: 'object_4',
	description: 'The Knack table whose records are added up, such as deposits, loans or retention',
});

const AMOUNT = text({
	...fieldList('Amount', 'amountField', 'getNumberFields', 'The field that is added up').property,
	name: 'amountField',
	type: 'options',
	default: '',
	required: true,
	displayOptions: SHOWN,
});

const FILTER = knackFilter('tieOut');

const ACCOUNT = text({
	displayName: 'Account Name or ID',
	name: 'account',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getAccounts', loadOptionsDependsOn: ['organisation.value'] },
	default: '',
	required: true,
	displayOptions: SHOWN,
	description: `The account of the balance sheet that the sum is held against. ${CHOOSE}.`,
});

const SIGN = choice({
	displayName: 'Balance Counts',
	name: 'balanceSign',
	displayOptions: SHOWN,
	options: [
		{ name: 'As the Balance Sheet Shows It', value: 'shown' },
		{
			name: 'With the Other Sign',
			value: 'reversed',
			description:
				'Such as deposits of customers on an account of assets, which Xero shows below zero',
		},
	],
	default: 'shown',
	description: 'With which sign the balance is held against the sum',
});

const MATCH_BY = choice({
	displayName: 'Explain By',
	name: 'matchBy',
	displayOptions: SHOWN,
	options: [
		{
			name: 'Contact',
			value: 'contact',
			description: 'Sums by customer or supplier; reads every document up to the day',
		},
		{
			name: 'Number or Reference',
			value: 'number',
			description:
				'Sums by the number or reference of documents; reads every document up to the day',
		},
		{
			name: 'Records Alone',
			value: 'records',
			description: 'The records that would make up the difference; one call',
		},
		{
			name: 'Tracking Option',
			value: 'tracking',
			description: 'Sums by job or whatever else is tracked; reads every document up to the day',
		},
	],
	default: 'records',
	description: 'How records and the lines of documents are put side by side',
});

const MATCH_FIELD = text({
	...fieldList(
		'Explain By Field',
		'matchField',
		'getFields',
		'Where a record names the contact, number or tracking option, as Xero has it',
	).property,
	name: 'matchField',
	type: 'options',
	default: '',
	displayOptions: {
		show: { ...SHOWN.show, matchBy: ['contact', 'number', 'tracking'] },
	},
});

export const TIE_OUT: InsightOperation = {
	value: 'tieOut',
	resource: 'jobs',
	name: 'Tie-Out',
	description:
		'A sum of Knack records, such as deposits, retention or loans, against the balance of a Xero account',
	action: 'Tie Knack records to an account',
	hasDay: true,
	needsKnack: true,
	parameters: [TABLE, AMOUNT, ...FILTER.parameters, ACCOUNT, SIGN, MATCH_BY, MATCH_FIELD],
	prepare(read) {
		const table = required('Table', read(TABLE));
		const amount = required('Amount Name or ID', read(AMOUNT));
		const account = required('Account Name or ID', read(ACCOUNT));
		const filters = FILTER.read(read);
		const isReversed = read(SIGN) === 'reversed';
		const by = read(MATCH_BY);
		const match =
			by === 'records'
				? undefined
				: { by, field: required('Explain By Field Name or ID', read(MATCH_FIELD)) };
		return async ({ books, day, knack }) => {
			const { reckonTieOut } = await import('../../../insights/tieOut/tieOut');
			const source = { client: await knack(), table, filters };
			const asked = { day, source, amount, account, isReversed };
			return await reckonTieOut(books, { ...asked, ...(match && { match }) });
		};
	},
};

function required(label: string, value: string | undefined): string {
	if (value !== undefined) return value;
	throw new SettingError(`${label} is not set.`, 'Choose it from the list.');
}
