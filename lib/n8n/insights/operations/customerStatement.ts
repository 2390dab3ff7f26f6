import { collection } from '../../parameters/collections';
import { choice, date, text, toggle } from '../../parameters/kinds';
import { fieldList, namedTable } from '../../tableParameter';
import { SettingError } from '../../parameters/settingError';
import { shownFor, type InsightOperation } from '../operation';

/** Customer Statement: what each customer owes, for a mail, and who is to be chased. */

const SHOWN = shownFor('customerStatement');

const KIND = choice({
	displayName: 'Statement',
	name: 'statementKind',
	displayOptions: SHOWN,
	options: [
		{ name: 'Activity', value: 'activity', description: 'All that happened since a day' },
		{ name: 'Open Items', value: 'openItems', description: 'What is not paid, with its due day' },
	],
	default: 'openItems',
	description: 'What a statement shows',
});

const FROM = date({
	displayName: 'From',
	name: 'statementFrom',
	displayOptions: { show: { ...SHOWN.show, statementKind: ['activity'] } },
	description: 'The first day that is shown. Empty is 30 days.',
});

const DETAIL = choice({
	displayName: 'Rows',
	name: 'statementDetail',
	displayOptions: SHOWN,
	options: [
		{
			name: 'One for Each Customer',
			value: 'customers',
			description: 'With the statement as HTML, for a node that sends mails',
		},
		{ name: 'One for Each Line', value: 'lines' },
	],
	default: 'customers',
	description: 'What a row stands for',
});

const CUSTOMERS = text({
	displayName: 'Customers',
	name: 'statementCustomers',
	displayOptions: SHOWN,
	default: '',
	placeholder: 'e.g. Harbour Cafe',
	description:
		'Names of customers as Xero has them, or their IDs, with semicolons between them. Empty is everybody.',
});

const CHASED_ALONE = toggle({
	displayName: 'Only Customers to Chase',
	name: 'chasedAlone',
	displayOptions: SHOWN,
	default: false,
	description:
		'Whether customers with nothing to chase are left out of the rows; the summary counts them',
});

const PROMISES_TABLE = namedTable({
	displayName: 'Table of Disputes and Promises',
	name: 'table',
	displayOptions: SHOWN,
	isOptional: true,
	example: 'object_4',
	description:
		'The Knack table that says which invoices are disputed or promised. Leave empty to go by the expected payment date in Xero alone.',
});

const PROMISES = collection(
	{
		displayName: 'Fields of Disputes and Promises',
		name: 'promiseFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
	},
	[
		fieldList(
			'Disputed',
			'disputed',
			'getFields',
			'A yes/no field, or any field that is blank where nothing is disputed',
		),
		fieldList('Invoice', 'invoice', 'getFields', 'Holds the number or the ID of the invoice'),
		fieldList(
			'Promised For',
			'promised',
			'getFields',
			'The day until which the customer has promised to pay',
		),
	],
);

const LINKS = toggle({
	displayName: 'Links to Pay',
	name: 'paymentLinks',
	displayOptions: SHOWN,
	default: false,
	description:
		'Whether invoices that are late are shown with their online address. Each takes a call; 100 at most.',
});

export const CUSTOMER_STATEMENT: InsightOperation = {
	value: 'customerStatement',
	resource: 'money',
	name: 'Customer Statement',
	description: 'What each customer owes, as a statement for a mail, and who is to be chased',
	action: 'Get statements for customers',
	hasDay: true,
	needsKnack: false,
	parameters: [KIND, FROM, DETAIL, CUSTOMERS, CHASED_ALONE, PROMISES_TABLE, PROMISES, LINKS],
	prepare(read) {
		const names = (read(CUSTOMERS) ?? '').split(';').map((name) => name.trim());
		const asked = {
			kind: read(KIND),
			from: read(FROM),
			detail: read(DETAIL),
			contacts: names.filter((name) => name !== ''),
			chasedAlone: read(CHASED_ALONE),
			paymentLinks: read(LINKS),
		};
		const table = read(PROMISES_TABLE);
		const { invoice, disputed, promised } = read(PROMISES);
		const fields = table === undefined ? undefined : { table, invoice: named(invoice) };
		return async ({ books, day, knack }) => {
			const { reckonStatements } = await import(
				'../../../insights/customerStatement/customerStatement'
			);
			const promises = fields && {
				source: { client: await knack(), table: fields.table },
				invoice: fields.invoice,
				disputed,
				promised,
			};
			return await reckonStatements(books, { ...asked, day, ...(promises && { promises }) });
		};
	},
};

function named(invoice: string | undefined): string {
	if (invoice !== undefined) return invoice;
	throw new SettingError(
		'Fields of Disputes and Promises does not say which invoice a record is for.',
		'Add Invoice there, and choose the field that holds the number or the ID of the invoice.',
	);
}
