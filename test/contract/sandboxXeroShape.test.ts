import * as xeroNode from 'xero-node';

import { at, salesInvoice, Session } from './sandboxXeroSession';

/**
 * Xero's own client library knows the members of each object. A member that the twin makes up, or
 * spells differently, would never reach a user of the real service.
 */

/** What Xero answers beside the members in its specification. */
const BESIDE = new Set([
	'DateString',
	'DueDateString',
	'ExpectedPaymentDateString',
	'PlannedPaymentDateString',
	'ExpiryDateString',
	'DeliveryDateString',
	'ExpectedArrivalDateString',
	'UpdatedDateUTCString',
	'DateUTCString',
	'HasValidationErrors',
	'ValidationErrors',
	'HasErrors',
	'HasAccount',
	'IsDiscounted',
	'ID',
	'IsDeleted',
	'IsArchived',
	'IsActive',
	'OverpaymentID',
	'PrepaymentID',
	'BankTransactionID',
	'BatchPaymentID',
	// Lists: an option's id is left out for an empty list of options.
	'Options',
]);

interface Attribute {
	readonly baseName: string;
	readonly type: string;
}

function attributesOf(name: string): readonly Attribute[] | undefined {
	const model: unknown = Object.entries(xeroNode).find(([key]) => key === name)?.[1];
	if (typeof model !== 'function' || !('attributeTypeMap' in model)) return undefined;
	const found = model.attributeTypeMap;
	return Array.isArray(found) ? (found as readonly Attribute[]) : undefined;
}

function strangersIn(value: unknown, type: string, path: string): string[] {
	if (Array.isArray(value)) {
		const inner = type.replace(/^Array<(.+)>$/, '$1');
		return value.flatMap((member) => strangersIn(member, inner, path));
	}
	if (typeof value !== 'object' || value === null) return [];
	const attributes = attributesOf(type);
	if (!attributes) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const attribute = attributes.find((one) => one.baseName === name);
		if (attribute) return strangersIn(member, attribute.type, `${path}.${name}`);
		return BESIDE.has(name) ? [] : [`${path}.${name}`];
	});
}

describe('the Xero sandbox: members of its answers', () => {
	const xero = new Session();

	beforeAll(async () => {
		await xero.api('PUT', '/Items', { Code: 'TAP', Name: 'Tap' });
		await xero.api('PUT', '/Contacts', {
			Name: 'Harbour Cafe',
			EmailAddress: 'cafe@example.com',
			ContactPersons: [{ FirstName: 'Ida' }],
			PaymentTerms: { Sales: { Day: 30, Type: 'DAYSAFTERBILLDATE' } },
		});
		const tracking = [{ Name: 'Job', Option: 'J1003 Rewire' }];
		const line = { ItemCode: 'TAP', UnitAmount: 10, AccountCode: '200', Tracking: tracking };
		await xero.api('PUT', '/Invoices', salesInvoice({ LineItems: [line] }));
		const id = at(xero.twin.invoices(), 0, 'InvoiceID');
		await xero.api('PUT', `/Invoices/${id}/Attachments/a.txt`, 'hello');
		await xero.api('PUT', `/Invoices/${id}/History`, { HistoryRecords: [{ Details: 'note' }] });
		const credit = await xero.api('PUT', '/CreditNotes', {
			...salesInvoice({ Type: 'ACCRECCREDIT' }),
			DueDate: undefined,
		});
		await xero.api(
			'PUT',
			`/CreditNotes/${at(credit.json, 'CreditNotes', 0, 'CreditNoteID')}/Allocations`,
			{ Allocations: [{ Amount: 1, Date: '2026-11-22', Invoice: { InvoiceID: id } }] },
		);
		await xero.api('PUT', '/BatchPayments', {
			Account: { Code: '090' },
			Payments: [{ Invoice: { InvoiceID: id }, Amount: 1 }],
		});
		for (const type of ['OVERPAYMENT', 'PREPAYMENT']) {
			await xero.api('PUT', '/BankTransactions', {
				Type: `RECEIVE-${type}`,
				Contact: { Name: 'Harbour Cafe' },
				BankAccount: { Code: '090' },
				LineItems: [{ Description: 'Deposit', UnitAmount: 5, AccountCode: '200' }],
			});
		}
		const contact = { ContactID: at(xero.twin.contacts(), 0, 'ContactID') };
		await xero.api('PUT', '/Quotes', { Contact: contact, Date: '2026-11-22', LineItems: [line] });
		await xero.api('PUT', '/PurchaseOrders', { Contact: contact, LineItems: [line] });
	});

	it.each([
		['Invoices', 'Invoice'],
		['Contacts', 'Contact'],
		['Payments', 'Payment'],
		['BatchPayments', 'BatchPayment'],
		['CreditNotes', 'CreditNote'],
		['Overpayments', 'Overpayment'],
		['Prepayments', 'Prepayment'],
		['BankTransactions', 'BankTransaction'],
		['Quotes', 'Quote'],
		['PurchaseOrders', 'PurchaseOrder'],
		['Items', 'Item'],
		['Accounts', 'Account'],
		['TaxRates', 'TaxRate'],
		['TrackingCategories', 'TrackingCategory'],
		['BrandingThemes', 'BrandingTheme'],
		['Users', 'User'],
		['Currencies', 'Currency'],
		['Organisation', 'Organisation'],
	])('/%s has only members of %s', async (path, type) => {
		const reply = await xero.api('GET', `/${path}?page=1&unitdp=4`);
		const rows = at(reply.json, path === 'Organisation' ? 'Organisations' : path);
		expect(rows).not.toEqual([]);
		expect(attributesOf(type)).toBeDefined();
		expect(strangersIn(rows, `Array<${type}>`, type)).toEqual([]);
	});

	it('gives reports, history and files as the library has them', async () => {
		const report = await xero.api('GET', '/Reports/ProfitAndLoss');
		expect(
			strangersIn(at(report.json, 'Reports'), 'Array<ReportWithRow>', 'ReportWithRow'),
		).toEqual([]);
		const id = at(xero.twin.invoices(), 0, 'InvoiceID');
		const history = await xero.api('GET', `/Invoices/${id}/History`);
		expect(
			strangersIn(at(history.json, 'HistoryRecords'), 'Array<HistoryRecord>', 'HistoryRecord'),
		).toEqual([]);
		const files = await xero.api('GET', `/Invoices/${id}/Attachments`);
		expect(strangersIn(at(files.json, 'Attachments'), 'Array<Attachment>', 'Attachment')).toEqual(
			[],
		);
	});
});
