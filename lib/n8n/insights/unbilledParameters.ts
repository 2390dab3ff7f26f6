import type { UnbilledWork } from '../../insights/cashForecast/unbilled';
import type { KnackClient } from '../../knack/client';
import { collection } from '../parameters/collections';
import type { ParameterReader } from '../parameters/reader';
import { SettingError } from '../parameters/settingError';
import { fieldList, namedTable } from '../tableParameter';
import { optionalAmount } from './amountParameter';
import { shownFor } from './operation';

/** Work that is done and not invoiced, out of Knack: shared by the operations that count it. */

const SHOWN = shownFor('cashForecast', 'kpis');
const ON_TABLE = ['unbilledTable.value'];

export const UNBILLED_TABLE = namedTable({
	displayName: 'Table of Unbilled Work',
	name: 'unbilledTable',
	displayOptions: SHOWN,
	isOptional: true,
	example: 'object_4',
	description:
		'The Knack table whose records have what is done and not invoiced, such as Jobs. Leave empty to leave it out.',
});

export const UNBILLED_FIELDS = collection(
	{
		displayName: 'Fields of Unbilled Work',
		name: 'unbilledFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
		default: { amount: '' },
	},
	[
		fieldList(
			'Amount',
			'amount',
			'getUnbilledAmountFields',
			'What is not invoiced, without tax and in the base currency; zero or blank once it is',
			ON_TABLE,
		),
		fieldList(
			'Customer',
			'customer',
			'getUnbilledFields',
			'Names the customer as Xero does, whose habit then tells when it is paid',
			ON_TABLE,
		),
		fieldList(
			'Invoice Date',
			'date',
			'getUnbilledDateFields',
			'When it will be invoiced; today where it is blank or past',
			ON_TABLE,
		),
	],
);

/** Undefined where nobody has told it: no tax would be a guess. */
export const UNBILLED_TAX = optionalAmount({
	displayName: 'Tax on Unbilled Work (%)',
	name: 'unbilledTax',
	displayOptions: shownFor('cashForecast'),
	placeholder: 'e.g. 20',
	least: 0,
	most: 100,
	description:
		'The sales tax that its invoices will bear. Needed where a table of unbilled work is chosen; 0 for none.',
});

/** Where unbilled work is read; undefined where none is. Throws SettingError. */
export function readUnbilledSettings(
	read: ParameterReader,
): ((client: KnackClient) => UnbilledWork) | undefined {
	const table = read(UNBILLED_TABLE);
	if (table === undefined) return undefined;
	const { amount, customer, date } = read(UNBILLED_FIELDS);
	if (amount === undefined) {
		throw new SettingError(
			'A table of unbilled work is chosen, and no field with its amounts.',
			'Choose Amount under Fields of Unbilled Work.',
		);
	}
	return (client) => ({ source: { client, table }, fields: { amount, customer, date } });
}
