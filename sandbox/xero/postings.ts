import type Big from 'big.js';

import type { Call } from './call';
import { rounded, ZERO } from './decimals';
import type { AccountRow, CreditRow, DocumentRow, TrackingRef } from './model';

/** One side of an entry in the general ledger, in the base currency; debit positive. */
export interface Posting {
	readonly date: string;
	readonly accountId: string;
	readonly amount: Big;
	readonly tracking: readonly TrackingRef[];
}

const LIVE = new Set(['AUTHORISED', 'PAID']);

/** The general ledger as the documents and payments make it. */
export function postings(call: Call): Posting[] {
	const { ledger } = call;
	const debtors = systemAccount(call, 'DEBTORS');
	const creditors = systemAccount(call, 'CREDITORS');
	const list: Posting[] = [];
	for (const invoice of ledger.invoices.all()) {
		if (!LIVE.has(invoice.status)) continue;
		const sales = invoice.type === 'ACCREC';
		postDocument(call, list, invoice, sales ? debtors : creditors, sales ? 1 : -1);
	}
	for (const credit of ledger.creditNotes.all()) {
		if (!LIVE.has(credit.status)) continue;
		const sales = credit.type === 'ACCRECCREDIT';
		postDocument(call, list, credit, sales ? debtors : creditors, sales ? -1 : 1);
	}
	for (const row of ledger.bankTransactions.all()) {
		if (!LIVE.has(row.status)) continue;
		const receives = row.type.startsWith('RECEIVE');
		const control = receives ? debtors : creditors;
		postDocument(call, list, row, row.bankAccountId, receives ? 1 : -1, control);
	}
	for (const payment of ledger.payments.all()) {
		if (payment.status !== 'AUTHORISED') continue;
		const { kind, id } = payment.target;
		const sales =
			kind === 'invoice'
				? ledger.invoices.get(id)?.type === 'ACCREC'
				: isSalesCredit(ledger.credits(kind).get(id));
		// Money comes in for a sales invoice and goes out when a sales credit is refunded.
		const sign = sales === (kind === 'invoice') ? 1 : -1;
		const base = rounded(payment.amount.div(payment.currencyRate), 2).times(sign);
		const { date } = payment;
		const control = sales ? debtors : creditors;
		list.push({ date, accountId: payment.accountId, amount: base, tracking: [] });
		list.push({ date, accountId: control, amount: base.neg(), tracking: [] });
	}
	return list;
}

function isSalesCredit(credit: CreditRow | undefined): boolean {
	return credit?.type === 'ACCRECCREDIT' || credit?.type.startsWith('RECEIVE') === true;
}

/** `sign` 1: the whole goes to the debit of `against` and the lines to the credit. */
function postDocument(
	call: Call,
	list: Posting[],
	row: DocumentRow,
	against: string,
	sign: 1 | -1,
	lineFallback?: string,
): void {
	const { date } = row;
	const tax = systemAccount(call, 'GST');
	const base = (amount: Big): Big => rounded(amount.div(row.currencyRate), 2).times(sign);
	list.push({ date, accountId: against, amount: base(row.totals.total), tracking: [] });
	for (const line of row.lines) {
		if (!line.hasAmounts) continue;
		const net =
			row.lineAmountTypes === 'Inclusive' ? line.lineAmount.minus(line.taxAmount) : line.lineAmount;
		const accountId = line.accountId ?? lineFallback ?? '';
		list.push({ date, accountId, amount: base(net).neg(), tracking: line.tracking });
		if (!line.taxAmount.eq(ZERO)) {
			list.push({ date, accountId: tax, amount: base(line.taxAmount).neg(), tracking: [] });
		}
	}
}

function systemAccount(call: Call, name: string): string {
	const account = call.ledger.accounts.find((held) => held.systemAccount === name);
	return account?.accountId ?? '';
}

/** Sums by account of the postings that pass. */
export function balances(
	list: readonly Posting[],
	passes: (posting: Posting) => boolean,
): Map<string, Big> {
	const sums = new Map<string, Big>();
	for (const posting of list) {
		if (!passes(posting)) continue;
		sums.set(posting.accountId, (sums.get(posting.accountId) ?? ZERO).plus(posting.amount));
	}
	return sums;
}

/** Accounts that have at least one sum, in the order of their codes. */
export function accountsIn(call: Call, sums: readonly ReadonlyMap<string, Big>[]): AccountRow[] {
	return call.ledger.accounts
		.filter((account) => sums.some((one) => !(one.get(account.accountId) ?? ZERO).eq(ZERO)))
		.sort((a, b) => (a.code < b.code ? -1 : 1));
}
