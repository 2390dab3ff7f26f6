import {
	AMERICAN_TENANT_ID,
	AUSTRALIAN_TENANT_ID,
	BUILD_TENANT_ID,
	DEMO_TRADE_TENANT_ID,
} from '../../sandbox/xero/twin';
import { accountBalances } from './sandboxXeroReports';
import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: journals, bank, groups, settings', () => {
	let xero: Session;
	const errorsOf = (reply: Reply) => texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
	const journal = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
		Narration: 'Labour, week 47',
		Date: '2026-11-20',
		Status: 'POSTED',
		JournalLines: [
			{ LineAmount: 100, AccountCode: '320', Tracking: [{ Name: 'Region', Option: 'North' }] },
			{ LineAmount: -100, AccountCode: '469' },
		],
		...more,
	});
	const put = (members: unknown) => xero.api('PUT', '/ManualJournals', members);

	beforeEach(() => {
		xero = new Session();
	});

	it('posts a balanced journal on its day, and takes it out again', async () => {
		const made = await put(journal());
		expect(at(made.json, 'ManualJournals', 0)).toMatchObject({
			Status: 'POSTED',
			LineAmountTypes: 'NoTax',
			JournalLines: [{ LineAmount: 100, AccountCode: '320' }, { LineAmount: -100 }],
		});
		const before = await accountBalances(xero, 'TrialBalance', '2026-11-19');
		expect([...before.byCode]).toEqual([]);
		const after = await accountBalances(xero, 'TrialBalance', '2026-11-20');
		expect(after.byCode.get('320')?.toFixed(2)).toBe('100.00');
		const id = String(at(made.json, 'ManualJournals', 0, 'ManualJournalID'));
		await xero.api('POST', `/ManualJournals/${id}`, { Status: 'VOIDED' });
		const gone = await accountBalances(xero, 'TrialBalance', '2026-11-20');
		expect([...gone.byCode]).toEqual([]);
	});

	it.each([
		['without a narration', { Narration: '' }, 'Narration must be specified'],
		[
			'out of balance',
			{
				JournalLines: [
					{ LineAmount: 100, AccountCode: '320' },
					{ LineAmount: -99.99, AccountCode: '469' },
				],
			},
			'The total debits (100.00) must equal total credits (99.99)',
		],
		[
			'with one line',
			{ JournalLines: [{ LineAmount: 0, AccountCode: '320' }] },
			'At least two journal lines must be specified',
		],
		[
			'on debtors',
			{
				JournalLines: [
					{ LineAmount: 1, AccountCode: '610' },
					{ LineAmount: -1, AccountCode: '469' },
				],
			},
			"Account code '610' is not a valid code for this document.",
		],
		[
			'in a locked period',
			{ Date: '2026-01-31' },
			'The document date cannot be before the period lock date, currently set at 31-Jan-2026',
		],
	])('refuses one %s', async (_case, members, message) => {
		xero.twin.person.setOrganisation({ periodLockDate: '2026-01-31' });
		expect(errorsOf(await put(journal(members)))).toContain(message);
	});

	it('leaves a bank transaction alone once it is reconciled', async () => {
		const spent = {
			Type: 'SPEND',
			Contact: { Name: 'Timber Ltd' },
			BankAccount: { Code: '090' },
			Reference: 'Card 7',
			Url: 'https://example.com/receipt',
			IsReconciled: true,
			LineItems: [{ Description: 'Screws', UnitAmount: 9, AccountCode: '310' }],
		};
		const made = await xero.api('PUT', '/BankTransactions', spent);
		expect(at(made.json, 'BankTransactions', 0)).toMatchObject({
			Reference: 'Card 7',
			Url: 'https://example.com/receipt',
			IsReconciled: true,
			Total: 10.8,
		});
		const path = `/BankTransactions/${String(at(made.json, 'BankTransactions', 0, 'BankTransactionID'))}`;
		expect(errorsOf(await xero.api('POST', path, { Status: 'DELETED' }))).toEqual([
			'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.',
		]);
		const open = await xero.api('PUT', '/BankTransactions', { ...spent, IsReconciled: false });
		const other = `/BankTransactions/${String(at(open.json, 'BankTransactions', 0, 'BankTransactionID'))}`;
		expect((await xero.api('POST', other, { Date: '2026-11-02' })).status).toBe(200);
		xero.twin.configure({ spendMoneyUpdate: 'refused' });
		expect((await xero.api('POST', other, { Date: '2026-11-03' })).status).toBe(400);
		expect((await xero.api('POST', other, { Status: 'DELETED' })).status).toBe(200);
	});

	it('keeps groups of contacts', async () => {
		const [first] = xero.twin.seedContacts([{ name: 'Ash Ltd' }]);
		const made = await xero.api('PUT', '/ContactGroups', { Name: 'Regulars' });
		const path = `/ContactGroups/${String(at(made.json, 'ContactGroups', 0, 'ContactGroupID'))}`;
		await xero.api('PUT', `${path}/Contacts`, { Contacts: [{ ContactID: first?.contactId }] });
		const one = await xero.api('GET', path);
		expect(at(one.json, 'ContactGroups', 0, 'Contacts')).toMatchObject([{ Name: 'Ash Ltd' }]);
		const contact = await xero.api('GET', `/Contacts/${String(first?.contactId)}`);
		expect(at(contact.json, 'Contacts', 0, 'ContactGroups')).toMatchObject([{ Name: 'Regulars' }]);
		expect((await xero.api('POST', path, { Status: 'DELETED' })).status).toBe(400);
		expect((await xero.api('DELETE', `${path}/Contacts/${String(first?.contactId)}`)).status).toBe(
			204,
		);
		expect((await xero.api('POST', path, { Status: 'DELETED' })).status).toBe(200);
		const left = await xero.api('GET', '/ContactGroups');
		expect(at(left.json, 'ContactGroups')).toEqual([]);
	});

	it('makes accounts, and lets only unused ones be deleted', async () => {
		const wanted = { Code: '333', Name: 'Hire of Plant', Type: 'DIRECTCOSTS', TaxType: 'INPUT2' };
		const made = await xero.api('PUT', '/Accounts', wanted);
		expect(at(made.json, 'Accounts', 0)).toMatchObject({ Class: 'EXPENSE', Status: 'ACTIVE' });
		expect(errorsOf(await xero.api('PUT', '/Accounts', wanted))).toEqual([
			'Please enter a unique Code.',
		]);
		const path = `/Accounts/${String(at(made.json, 'Accounts', 0, 'AccountID'))}`;
		const line = { Description: 'Digger', UnitAmount: 1, AccountCode: '333' };
		const bill = await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({ Type: 'ACCPAY', LineItems: [line] }),
		);
		expect(bill.status).toBe(200);
		expect((await xero.api('DELETE', path)).status).toBe(400);
		const archived = await xero.api('POST', path, { Status: 'ARCHIVED' });
		expect(at(archived.json, 'Accounts', 0, 'Status')).toBe('ARCHIVED');
		await xero.api('PUT', '/Currencies', { Code: 'USD' });
		const dollars = await xero.api('PUT', '/Invoices', salesInvoice({ CurrencyCode: 'USD' }));
		expect(dollars.status).toBe(200);
	});

	it('says of a scheduled invoice which template it comes from', async () => {
		const [contact] = xero.twin.seedContacts([{ name: 'Ash Ltd' }]);
		const template = xero.twin.person.addRepeatingInvoice({
			type: 'ACCREC',
			contactId: String(contact?.contactId),
			members: { LineItems: [{ Description: 'Hosting', UnitAmount: 9, AccountCode: '200' }] },
			schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-11-30' },
		});
		const made = xero.twin.person.makeScheduledInvoice(template);
		expect(made).toMatchObject({ RepeatingInvoiceID: template, Status: 'AUTHORISED', Total: 10.8 });
		const where = encodeURIComponent(`RepeatingInvoiceID==Guid("${template}")`);
		const found = await xero.api('GET', `/Invoices?where=${where}`);
		expect(texts(at(found.json, 'Invoices'), 'InvoiceID')).toEqual([at(made, 'InvoiceID')]);
		const list = await xero.api('GET', '/RepeatingInvoices');
		expect(at(list.json, 'RepeatingInvoices', 0, 'Schedule')).toMatchObject({ Unit: 'MONTHLY' });
	});

	it.each([
		[AUSTRALIAN_TENANT_ID, '200', 'AUD', 110],
		[AMERICAN_TENANT_ID, '400', 'USD', 100],
	])('has the taxes of the country of %s', async (tenantId, AccountCode, CurrencyCode, Total) => {
		xero.token = xero.twin.signIn({ tenantIds: [tenantId] }).access_token;
		const line = { Description: 'Labour', UnitAmount: 100, AccountCode };
		const made = await xero.api('PUT', '/Invoices', salesInvoice({ LineItems: [line] }), {
			'xero-tenant-id': tenantId,
		});
		expect(at(made.json, 'Invoices', 0)).toMatchObject({ CurrencyCode, Total });
	});

	it('takes accounts of the Construction Industry Scheme from a person alone, and owes the rest', async () => {
		const tenantIds = [DEMO_TRADE_TENANT_ID, BUILD_TENANT_ID];
		xero.token = xero.twin.signIn({ tenantIds }).access_token;
		const labour = salesInvoice({
			Type: 'ACCPAY',
			LineItems: [{ Description: 'Bricklaying', UnitAmount: 1000, AccountCode: '321' }],
		});
		const reply = await xero.api('PUT', '/Invoices', labour, { 'xero-tenant-id': BUILD_TENANT_ID });
		expect(errorsOf(reply)).toEqual([
			'This organisation has Construction Industry Scheme enabled. The account code 321 cannot be used in line items via the API',
		]);
		xero.twin.configure({ cisAccountOnLine: 'taken' });
		const taken = await xero.api('PUT', '/Invoices', labour, { 'xero-tenant-id': BUILD_TENANT_ID });
		expect(at(taken.json, 'Invoices', 0)).toMatchObject({
			Total: 1200,
			CISDeduction: 200,
			AmountDue: 1000,
		});
		const settings = await xero.api(
			'GET',
			`/Organisation/${BUILD_TENANT_ID}/CISSettings`,
			undefined,
			{ 'xero-tenant-id': BUILD_TENANT_ID },
		);
		expect(at(settings.json, 'CISSettings', 0)).toMatchObject({ CISContractorEnabled: true });
	});
});
