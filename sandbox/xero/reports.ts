import type Big from 'big.js';

import type { Call } from './call';
import { sum, ZERO } from './decimals';
import { badRequest, type Answer } from './failures';
import type { JsonObject } from './json';
import type { AccountClass, InvoiceType } from './model';
import { accountsIn, balances, postings } from './postings';
import { profitAndLoss } from './profitAndLoss';
import { accountRow, amountText, cell, headerRow, plainRow, report, section } from './reportShape';
import type { Route } from './transport';
import { columnDate, dateString, endOfMonth, longDate } from './xeroDates';

const READ = (name: string): readonly string[] => [`accounting.reports.${name}.read`];

export const reportRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Reports/ProfitAndLoss',
		scopes: READ('profitandloss'),
		handle: profitAndLoss,
	},
	{
		method: 'GET',
		path: '/Reports/BalanceSheet',
		scopes: READ('balancesheet'),
		handle: balanceSheet,
	},
	{
		method: 'GET',
		path: '/Reports/TrialBalance',
		scopes: READ('trialbalance'),
		handle: trialBalance,
	},
	{
		method: 'GET',
		path: '/Reports/BankSummary',
		scopes: READ('banksummary'),
		handle: bankSummary,
	},
	{
		method: 'GET',
		path: '/Reports/AgedReceivablesByContact',
		scopes: READ('aged'),
		handle: (call) =>
			aged(call, 'ACCREC', 'AgedReceivablesByContact', 'Aged Receivables By Contact'),
	},
	{
		method: 'GET',
		path: '/Reports/AgedPayablesByContact',
		scopes: READ('aged'),
		handle: (call) => aged(call, 'ACCPAY', 'AgedPayablesByContact', 'Aged Payables By Contact'),
	},
];

/** Documents of one contact that were not settled on a day. */
function aged(call: Call, type: InvoiceType, id: string, name: string): Answer {
	const contactId = call.query('contactId')?.toLowerCase();
	const contact = contactId === undefined ? undefined : call.ledger.contacts.get(contactId);
	if (!contact) throw badRequest(10, 'ValidationException', 'contactId must name a contact.');
	const date = call.query('date') ?? call.today();
	const from = call.query('fromDate');
	const to = call.query('toDate') ?? date;
	const open = call.ledger.invoices
		.filter(
			(invoice) =>
				invoice.type === type &&
				invoice.contactId === contact.contactId &&
				invoice.status === 'AUTHORISED' &&
				invoice.date <= to &&
				(from === undefined || invoice.date >= from),
		)
		.sort((a, b) => (a.date < b.date ? -1 : 1));
	const rows = open.map((invoice): JsonObject => {
		const link = (text: string): JsonObject => cell(text, 'invoiceID', invoice.id);
		const late = invoice.dueDate !== undefined && invoice.dueDate < date;
		return {
			RowType: 'Row',
			Cells: [
				link(dateString(invoice.date)),
				link(invoice.number),
				link(invoice.dueDate === undefined ? '' : dateString(invoice.dueDate)),
				link(late ? 'Overdue' : ''),
				link(amountText(invoice.totals.total)),
				link(amountText(invoice.amountPaid)),
				link(amountText(invoice.amountCredited)),
				link(amountText(invoice.amountDue)),
			],
		};
	});
	const total = (pick: (invoice: (typeof open)[number]) => Big): JsonObject =>
		cell(amountText(sum(open.map(pick))));
	const summary: JsonObject = {
		RowType: 'SummaryRow',
		Cells: [
			cell('Total'),
			cell(''),
			cell(''),
			cell(''),
			total((invoice) => invoice.totals.total),
			total((invoice) => invoice.amountPaid),
			total((invoice) => invoice.amountCredited),
			total((invoice) => invoice.amountDue),
		],
	};
	const titles = ['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'];
	return report(call, id, name, `${name} - ${contact.name}`, `As at ${longDate(date)}`, [
		headerRow(titles),
		section('', [...rows, summary]),
	]);
}

function balanceSheet(call: Call): Answer {
	const date = call.query('date') ?? endOfMonth(call.today());
	const all = postings(call);
	const sums = balances(all, (posting) => posting.date <= date);
	const accounts = accountsIn(call, [sums]);
	const shown = (accountId: string, debit: boolean): Big => {
		const amount = sums.get(accountId) ?? ZERO;
		return debit ? amount : amount.neg();
	};
	const total = (accountClass: AccountClass, debit: boolean): Big =>
		sum(
			accounts
				.filter((account) => account.accountClass === accountClass)
				.map((account) => shown(account.accountId, debit)),
		);
	const rowsOf = (accountClass: AccountClass, debit: boolean): JsonObject[] =>
		accounts
			.filter((account) => account.accountClass === accountClass)
			.map((account) => accountRow(account, [shown(account.accountId, debit)]));
	const assets = total('ASSET', true);
	const liabilities = total('LIABILITY', false);
	const earnings = total('REVENUE', false).minus(total('EXPENSE', true));
	const equity = total('EQUITY', false).plus(earnings);
	return report(call, 'BalanceSheet', 'Balance Sheet', 'Balance Sheet', `As at ${longDate(date)}`, [
		headerRow(['', columnDate(date)]),
		section('Assets', []),
		section('Bank and Current Assets', [
			...rowsOf('ASSET', true),
			plainRow('SummaryRow', 'Total Assets', [assets]),
		]),
		section('Liabilities', [
			...rowsOf('LIABILITY', false),
			plainRow('SummaryRow', 'Total Liabilities', [liabilities]),
		]),
		section('', [plainRow('Row', 'Net Assets', [assets.minus(liabilities)])]),
		section('Equity', [
			...rowsOf('EQUITY', false),
			plainRow('Row', 'Current Year Earnings', [earnings]),
			plainRow('SummaryRow', 'Total Equity', [equity]),
		]),
	]);
}

function trialBalance(call: Call): Answer {
	const date = call.query('date') ?? call.today();
	const all = postings(call);
	const month = `${date.slice(0, 8)}01`;
	const inMonth = balances(all, (posting) => posting.date >= month && posting.date <= date);
	const toDate = balances(all, (posting) => posting.date <= date);
	const sides = (amount: Big): Big[] => (amount.gt(0) ? [amount, ZERO] : [ZERO, amount.neg()]);
	const rows = accountsIn(call, [toDate]).map((account) => {
		const period = sides(inMonth.get(account.accountId) ?? ZERO);
		const year = sides(toDate.get(account.accountId) ?? ZERO);
		const named = { ...account, name: `${account.name} (${account.code})` };
		return accountRow(named, [...period, ...year]);
	});
	return report(call, 'TrialBalance', 'Trial Balance', 'Trial Balance', `As at ${longDate(date)}`, [
		headerRow(['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit']),
		section('', rows),
	]);
}

function bankSummary(call: Call): Answer {
	const from = call.query('fromDate') ?? `${call.today().slice(0, 8)}01`;
	const to = call.query('toDate') ?? endOfMonth(call.today());
	const all = postings(call);
	const opening = balances(all, (posting) => posting.date < from);
	const during = (sign: 1 | -1): Map<string, Big> =>
		balances(
			all,
			(posting) => posting.date >= from && posting.date <= to && posting.amount.times(sign).gt(0),
		);
	const received = during(1);
	const spent = during(-1);
	const banks = call.ledger.accounts.filter(
		(account) => account.type === 'BANK' && account.status === 'ACTIVE',
	);
	const rows = banks.map((account): JsonObject => {
		const { accountId } = account;
		const start = opening.get(accountId) ?? ZERO;
		const into = received.get(accountId) ?? ZERO;
		const out = (spent.get(accountId) ?? ZERO).neg();
		const amounts = [start, into, out, start.plus(into).minus(out)];
		return {
			RowType: 'Row',
			Cells: [
				cell(account.name, 'accountID', accountId),
				...amounts.map((amount) => cell(amountText(amount), 'accountID', accountId)),
			],
		};
	});
	const period = `From ${longDate(from)} to ${longDate(to)}`;
	return report(call, 'BankSummary', 'Bank Summary', 'Bank Summary', period, [
		headerRow([
			'Bank Accounts',
			'Opening Balance',
			'Cash Received',
			'Cash Spent',
			'Closing Balance',
		]),
		section('', rows),
	]);
}
