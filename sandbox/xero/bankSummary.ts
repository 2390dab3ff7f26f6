import type Big from 'big.js';

import type { Call } from './call';
import { ZERO } from './decimals';
import type { Answer } from './failures';
import type { JsonObject } from './json';
import { balances, postings } from './postings';
import { amountText, cell, headerRow, report, section } from './reportShape';
import { endOfMonth, longDate } from './xeroDates';

/** Opening balance, money in and out, and closing balance of each bank account. */
export function bankSummary(call: Call): Answer {
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
