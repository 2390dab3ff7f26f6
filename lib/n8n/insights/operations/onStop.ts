import { parseDecimal } from '../../../money';
import { collection } from '../../parameters/collections';
import { text, toggle, wholeNumber } from '../../parameters/kinds';
import { SettingError } from '../../parameters/settingError';
import { fieldList, namedTable } from '../../tableParameter';
import { knackFilter } from '../knackFilter';
import { shownFor, type InsightOperation } from '../operation';

/** On Stop: which customers get no more on credit. */

const SHOWN = shownFor('onStop');

const TABLE = namedTable({
	displayName: 'Table of Customers',
	name: 'table',
	displayOptions: SHOWN,
	example: 'object_4',
	description: 'The Knack table with a record for each customer',
});

const FIELDS = collection(
	{
		displayName: 'Fields of Customers',
		name: 'customerFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
		default: { limit: '' },
		description: 'Where in Knack a customer has what Xero does not tell',
	},
	[
		fieldList(
			'Contact',
			'contact',
			'getFields',
			'Holds the name, number or ID of the contact in Xero; else what the record is called',
		),
		fieldList(
			'Limit',
			'limit',
			'getNumberFields',
			'What the customer may owe in all, in the base currency. Blank is no limit',
		),
		fieldList('Unbilled', 'unbilled', 'getNumberFields', 'What is done and not invoiced, with tax'),
	],
);

const FILTER = knackFilter('onStop');

const MOST_DAYS_LATE = wholeNumber({
	displayName: 'Days Late',
	name: 'mostDaysLate',
	displayOptions: SHOWN,
	default: 60,
	least: 0,
	description:
		'A customer with anything later than that is on stop, unless credits and deposits cover it. 0 is for limits alone.',
});

const STOPPED_ALONE = toggle({
	displayName: 'Only Customers on Stop',
	name: 'stoppedAlone',
	displayOptions: SHOWN,
	default: false,
	description:
		'Whether customers who are not on stop are left out of the rows; the summary counts them',
});

const CUSTOMER = text({
	displayName: 'Customer',
	name: 'onStopCustomer',
	displayOptions: SHOWN,
	default: '',
	placeholder: 'e.g. Harbour Cafe',
	description:
		'One customer alone, by the record ID or the name in Knack, such as before an order is taken. Empty is everybody.',
});

const ORDER = text({
	displayName: 'This Order',
	name: 'onStopOrder',
	displayOptions: SHOWN,
	default: '',
	placeholder: 'e.g. 1250.00',
	description: 'What the customer orders now, with tax, in the base currency',
});

export const ON_STOP: InsightOperation = {
	value: 'onStop',
	resource: 'money',
	name: 'On Stop',
	description:
		'Whether each customer is over the limit or too late, counting unbilled work and this order',
	action: 'Get who is on stop',
	hasDay: true,
	needsKnack: true,
	parameters: [TABLE, FIELDS, ...FILTER.parameters, MOST_DAYS_LATE, STOPPED_ALONE, CUSTOMER, ORDER],
	prepare(read) {
		const table = read(TABLE);
		if (table === undefined) {
			throw new SettingError('Table of Customers is not set.', 'Choose it from the list.');
		}
		const days = read(MOST_DAYS_LATE);
		const customer = read(CUSTOMER);
		const asked = {
			fields: read(FIELDS),
			...(days === 0 ? {} : { mostDaysLate: days }),
			...(customer === undefined ? {} : { customer }),
			stoppedAlone: read(STOPPED_ALONE),
			order: orderOf(read(ORDER), customer),
		};
		const filters = FILTER.read(read);
		return async ({ books, day, knack }) => {
			const { reckonOnStop } = await import('../../../insights/onStop/onStop');
			return await reckonOnStop(books, {
				...asked,
				day,
				source: { client: await knack(), table, filters },
			});
		};
	},
};

function orderOf(given: string | undefined, customer: string | undefined) {
	if (given === undefined) return undefined;
	const amount = parseDecimal(given);
	if (!amount) {
		throw new SettingError(
			`This Order is set to "${given}", which is not a number.`,
			'Give digits with a point for decimals, such as 1250.00.',
		);
	}
	if (customer !== undefined) return amount;
	throw new SettingError(
		'This Order is set, but not whose it is.',
		'Set Customer to the one who orders, by an expression where each item is an order.',
	);
}
