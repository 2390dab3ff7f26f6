import Big from 'big.js';

import { proveBooks } from '../prove/books';
import { at, salesInvoice, Session } from './sandboxXeroSession';
import { accountBalances } from './sandboxXeroReports';

/** `npm run prove -- --books 500 --seed 1001` keeps others. */
const BOOKS = 500;

describe('the Xero sandbox: its ledger', () => {
	it(`agrees with the documents in ${BOOKS} random books on ten days each`, async () => {
		const { failures, documents, batches, days } = await proveBooks({ books: BOOKS, firstSeed: 1 });
		expect(failures.slice(0, 5)).toEqual([]);
		expect(documents).toBeGreaterThan(BOOKS * 5);
		expect(batches).toBeGreaterThan(BOOKS / 5);
		expect(days).toBe(BOOKS * 10);
	}, 600_000);

	it('moves a deposit from its own account and tax to the invoice on the day of allocation', async () => {
		const xero = new Session();
		const made = await xero.api('PUT', '/Invoices', salesInvoice());
		const invoiceId = at(made.json, 'Invoices', 0, 'InvoiceID');
		await xero.api('PUT', '/BankTransactions', {
			Type: 'RECEIVE-PREPAYMENT',
			Date: '2026-11-01',
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			LineItems: [{ Description: 'Deposit', UnitAmount: 100, AccountCode: '200' }],
		});
		const list = await xero.api('GET', '/Prepayments?page=1');
		const id = at(list.json, 'Prepayments', 0, 'PrepaymentID');
		await xero.api('PUT', `/Prepayments/${id}/Allocations`, {
			Allocations: [{ Amount: 120, Date: '2026-11-21', Invoice: { InvoiceID: invoiceId } }],
		});
		const balancesOn = async (date: string): Promise<unknown> =>
			Object.fromEntries((await accountBalances(xero, 'TrialBalance', date)).byCode);
		expect(await balancesOn('2026-11-20')).toEqual({
			'090': new Big(120),
			'200': new Big(-200),
			'610': new Big(120),
			'820': new Big(-40),
		});
		expect(await balancesOn('2026-11-21')).toEqual({
			'090': new Big(120),
			'200': new Big(-100),
			'820': new Big(-20),
		});
	});

	it('posts what the rates made of a payment, and reckons what they make of what is open', async () => {
		const xero = new Session();
		const euro = { CurrencyCode: 'EUR', CurrencyRate: 1.25 };
		const line = { Description: 'Labour', UnitAmount: 100, AccountCode: '200', TaxType: 'NONE' };
		const made = await xero.api('PUT', '/Invoices', salesInvoice({ ...euro, LineItems: [line] }));
		await xero.api('PUT', '/Payments', {
			Invoice: { InvoiceID: at(made.json, 'Invoices', 0, 'InvoiceID') },
			Account: { Code: '090' },
			Date: '2026-11-21',
			Amount: 50,
			CurrencyRate: 1,
		});
		const balancesOn = async (date: string): Promise<unknown> =>
			Object.fromEntries((await accountBalances(xero, 'TrialBalance', date)).byCode);
		xero.twin.configure({ revaluesForeignBalances: false });
		expect(await balancesOn('2026-11-21')).toEqual({
			'090': new Big(50),
			'200': new Big(-80),
			'499': new Big(-10),
			'610': new Big(40),
		});
		xero.twin.configure({ revaluesForeignBalances: true });
		expect(await balancesOn('2026-11-21')).toMatchObject({
			// 50 EUR at 1.17
			'610': new Big('42.74'),
			'498': new Big('-2.74'),
		});
	});

	it('takes an advance that is deleted in the bank out of what is owed', async () => {
		const xero = new Session();
		const made = await xero.api('PUT', '/BankTransactions', {
			Type: 'RECEIVE-OVERPAYMENT',
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			LineItems: [{ Description: 'Too much', UnitAmount: 25 }],
		});
		const id = at(made.json, 'BankTransactions', 0, 'BankTransactionID');
		await xero.api('POST', `/BankTransactions/${id}`, { Status: 'DELETED' });
		const list = await xero.api('GET', '/Overpayments?page=1');
		expect(at(list.json, 'Overpayments', 0)).toMatchObject({
			Status: 'VOIDED',
			RemainingCredit: 0,
		});
		const trial = await accountBalances(xero, 'TrialBalance', '2026-11-22');
		expect([...trial.byCode]).toEqual([]);
	});
});
