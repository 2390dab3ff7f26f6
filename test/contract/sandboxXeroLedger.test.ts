import Big from 'big.js';

import { Random } from '../prove/random';
import { RandomBooks } from './sandboxXeroRandomBooks';
import { at, salesInvoice, Session } from './sandboxXeroSession';
import {
	accountBalances,
	agedDue,
	controlBalance,
	currentYearEarnings,
	netProfit,
	openInBase,
	openOfContact,
	readBooks,
	trialDifference,
} from './sandboxXeroReports';

const BOOKS = 500;
const DAYS_EACH = 10;
/** The balance sheet and the profit and loss are held against them on the first of these days. */
const SHEETS_EACH = 2;

describe('the Xero sandbox: its ledger', () => {
	it(`agrees with the documents in ${BOOKS} random books on ${DAYS_EACH} days each`, async () => {
		const wrong: string[] = [];
		let documents = 0;
		for (let seed = 1; seed <= BOOKS && wrong.length < 5; seed += 1) {
			const random = new Random(seed);
			const books = new RandomBooks(random);
			await books.keep(24);
			const held = await readBooks(books.session);
			documents += held.documents.length;
			for (let day = 0; day < DAYS_EACH; day += 1) {
				const date = books.anyDay();
				const about = `book ${seed} on ${date}`;
				const trial = await accountBalances(books.session, 'TrialBalance', date);
				const off = (what: string, is: Big, wanted: Big): void => {
					if (!is.eq(wanted)) wrong.push(`${about}: ${what} is ${is}, not ${wanted}`);
				};
				off('the trial balance', trialDifference(trial), new Big(0));
				off('debtors', controlBalance(trial, '610'), openInBase(held, 'sales', date));
				off('creditors', controlBalance(trial, '800').neg(), openInBase(held, 'bills', date));
				if (day >= SHEETS_EACH) continue;
				const sheet = await accountBalances(books.session, 'BalanceSheet', date);
				off('net assets', sheet.netAssets, sheet.equity);
				for (const [code, amount] of sheet.byCode) {
					off(`account ${code} on the sheet`, amount, trial.byCode.get(code) ?? new Big(0));
				}
				const earned = await netProfit(books.session, date);
				off('earnings', currentYearEarnings(sheet), earned);
			}
			const day = books.anyDay();
			for (const contact of books.contactIds) {
				for (const side of ['sales', 'bills'] as const) {
					const due = await agedDue(books.session, contact, side, day);
					const wanted = openOfContact(held, contact, side, day);
					if (due !== wanted) wrong.push(`book ${seed} on ${day}: aged ${due}, not ${wanted}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(documents).toBeGreaterThan(BOOKS * 5);
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
