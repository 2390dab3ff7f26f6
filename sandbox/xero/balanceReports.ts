import type Big from 'big.js';

import type { Call } from './call';
import { sum, ZERO } from './decimals';
import { systemAccount } from './documentPostings';
import { badRequest, type Answer } from './failures';
import type { JsonObject } from './json';
import type { AccountClass, AccountRow } from './organisationModel';
import type { Posting } from './posting';
import { accountsIn, balances, postings } from './postings';
import { accountRow, headerRow, plainRow, report, section } from './reportShape';
import { revaluationOn } from './revaluation';
import { addDays, columnDate, endOfMonth, financialYearStart, longDate } from './xeroDates';

/**
 * The whole, or what bears one option of tracking, or two (developer.xero.com, "Reports": it cannot be
 * filtered by a category alone).
 */
export function balanceSheet(call: Call): Answer {
	const date = call.query('date') ?? endOfMonth(call.today());
	const options = readOptions(call);
	const sums = balancesOn(call, postings(call), date, ({ tracking }) =>
		options.every((id) => tracking.some(({ trackingOptionId }) => trackingOptionId === id)),
	);
	if (options.length > 0) addTransfers(call, sums);
	const accounts = accountsIn(call, [sums]);
	const shown = (account: AccountRow, debit: boolean): Big => {
		const amount = sums.get(account.accountId) ?? ZERO;
		return debit ? amount : amount.neg();
	};
	// A guess from the screen: a bank account that is overdrawn is owed, and stands there.
	const isOverdrawn = (account: AccountRow): boolean =>
		account.type === 'BANK' && shown(account, true).lt(ZERO);
	const of = (accountClass: AccountClass): AccountRow[] =>
		accounts.filter(
			(account) => (isOverdrawn(account) ? 'LIABILITY' : account.accountClass) === accountClass,
		);
	const total = (accountClass: AccountClass, debit: boolean): Big =>
		sum(of(accountClass).map((account) => shown(account, debit)));
	const rowsOf = (accountClass: AccountClass, debit: boolean): JsonObject[] =>
		of(accountClass).map((account) => accountRow(account, [shown(account, debit)]));
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

export function trialBalance(call: Call): Answer {
	const date = call.query('date') ?? call.today();
	const all = postings(call);
	const month = `${date.slice(0, 8)}01`;
	const inMonth = balances(all, (posting) => posting.date >= month && posting.date <= date);
	const toDate = balancesOn(call, all, date, () => true);
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

function readOptions(call: Call): string[] {
	return ['trackingOptionID1', 'trackingOptionID2'].flatMap((name) => {
		const id = call.query(name)?.toLowerCase();
		if (id === undefined) return [];
		const isKnown = call.ledger.trackingCategories.find(({ options }) =>
			options.some(({ trackingOptionId }) => trackingOptionId === id),
		);
		if (!isKnown) throw badRequest(10, 'ValidationException', 'Tracking option not found.');
		return [id];
	});
}

/**
 * What one option has of entries whose other side bears none, or another: Xero balances its sheet by
 * the account for it (help.xero.com, "How does Xero use the Tracking Transfers account?").
 */
function addTransfers(call: Call, sums: Map<string, Big>): void {
	const rest = sum(sums.values());
	if (!rest.eq(ZERO)) sums.set(systemAccount(call, 'TRACKINGTRANSFERS'), rest.neg());
}

/**
 * Balances at the end of a day of the entries that pass. What was earned and spent in earlier financial years is retained
 * by then.
 */
function balancesOn(
	call: Call,
	all: readonly Posting[],
	day: string,
	passes: (posting: Posting) => boolean,
): Map<string, Big> {
	const start = financialYearStart(call.ledger.info.value, day);
	const retained = systemAccount(call, 'RETAINEDEARNINGS');
	const earning = new Set(
		call.ledger.accounts
			.filter(({ accountClass }) => accountClass === 'REVENUE' || accountClass === 'EXPENSE')
			.map(({ accountId }) => accountId),
	);
	const closed = all.map((posting) =>
		posting.date < start && earning.has(posting.accountId)
			? { ...posting, accountId: retained }
			: posting,
	);
	const unrealisedBefore = revaluationOn(call, all, addDays(start, -1))
		.filter(({ accountId }) => earning.has(accountId))
		.flatMap((posting) => [
			{ ...posting, accountId: retained },
			{ ...posting, amount: posting.amount.neg() },
		]);
	return balances(
		[...closed, ...unrealisedBefore, ...revaluationOn(call, all, day)],
		(posting) => posting.date <= day && passes(posting),
	);
}
