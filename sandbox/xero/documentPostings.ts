import type Big from 'big.js';

import type { Call } from './call';
import { rounded, sum, ZERO } from './decimals';
import type { BankTransactionRow, DocumentRow, ManualJournalRow } from './model';
import type { Part, Posting } from './posting';
import { sharedByTracking, sharesOf } from './trackingShares';

/** A document that posts: against debtors or creditors, or against a bank. */
export type PostedDocument = DocumentRow & {
	readonly type: string;
	readonly bankAccountId?: BankTransactionRow['bankAccountId'];
	readonly cisDeduction?: Big;
};

/** 1 where the document's total is a debit: a sale, a supplier's credit, money received. */
export function signOf({ type }: { readonly type: string }): 1 | -1 {
	return type === 'ACCREC' || type === 'ACCPAYCREDIT' || type.startsWith('RECEIVE') ? 1 : -1;
}

/** Whether the document concerns customers, and so the account of debtors. */
export function isForCustomers({ type }: { readonly type: string }): boolean {
	return type === 'ACCREC' || type === 'ACCRECCREDIT' || type.startsWith('RECEIVE');
}

/** A sum of a document in the base currency. */
export function inBase(row: DocumentRow, amount: Big): Big {
	return rounded(amount.div(row.currencyRate), 2);
}

/** The total on the one side, and what it is made of on the other. */
export function documentPostings(call: Call, row: PostedDocument): Posting[] {
	const total = row.totals.total.times(signOf(row));
	const parts = partsOf(call, row);
	const whole: Part = {
		accountId: row.bankAccountId ?? controlAccount(call, row),
		amount: inBase(row, total),
		tracking: [],
		foreign: foreignAmount(call, row.currencyCode, total),
	};
	const wholes = [whole, ...keptBack(call, row)];
	const shares = sharesOf(parts);
	return [...wholes.flatMap((one) => sharedByTracking(one, shares)), ...parts].map((part) => ({
		...part,
		date: row.date,
	}));
}

/** What a contractor keeps back for the tax office is owed to or by it from the first. */
function keptBack(call: Call, row: PostedDocument): Part[] {
	const deduction = row.cisDeduction ?? ZERO;
	if (deduction.eq(ZERO)) return [];
	const amount = inBase(row, deduction).times(signOf(row));
	const office = systemAccount(call, isForCustomers(row) ? 'CISASSETS' : 'CISLIABILITY');
	return [
		{ accountId: controlAccount(call, row), amount: amount.neg(), tracking: [] },
		{ accountId: office, amount, tracking: [] },
	];
}

/**
 * The lines and their tax as they are posted. Sums that were rounded each for itself in the base
 * currency leave cents, which go to the account Xero has for it.
 */
export function partsOf(call: Call, row: PostedDocument): Part[] {
	const sign = -signOf(row);
	// An overpayment stays owed: it is on debtors or creditors, rounded as the whole that is settled.
	if (row.type.endsWith('-OVERPAYMENT')) {
		const total = row.totals.total.times(sign);
		const foreign = foreignAmount(call, row.currencyCode, total);
		const amount = inBase(row, total);
		return [{ accountId: controlAccount(call, row), amount, tracking: [], foreign }];
	}
	const parts: Part[] = [];
	for (const line of row.lines) {
		if (!line.hasAmounts) continue;
		const net =
			row.lineAmountTypes === 'Inclusive' ? line.lineAmount.minus(line.taxAmount) : line.lineAmount;
		const { accountId } = line;
		if (accountId === undefined) throw new Error(`A line of ${row.id} posts without an account.`);
		parts.push({
			accountId,
			amount: inBase(row, net).times(sign),
			tracking: line.tracking,
		});
		if (!line.taxAmount.eq(ZERO)) {
			const tax = inBase(row, line.taxAmount).times(sign);
			const account = systemAccount(call, 'GST');
			parts.push({ accountId: account, amount: tax, tracking: line.tracking });
		}
	}
	const wanted = inBase(row, row.totals.total).times(sign);
	return [...parts, ...rounding(call, wanted.minus(sum(parts.map((part) => part.amount))))];
}

/** A journal's lines as they are, and their tax on its account. */
export function journalPostings(call: Call, journal: ManualJournalRow): Posting[] {
	const { date, lineAmountTypes } = journal;
	return journal.lines.flatMap(({ accountId, lineAmount, taxAmount, tracking }): Posting[] => {
		const net = lineAmountTypes === 'Inclusive' ? lineAmount.minus(taxAmount) : lineAmount;
		const line: Posting = { date, accountId, amount: net, tracking };
		if (taxAmount.eq(ZERO)) return [line];
		return [line, { date, accountId: systemAccount(call, 'GST'), amount: taxAmount, tracking }];
	});
}

/** Nothing where there is nothing to round. */
export function rounding(call: Call, amount: Big): Part[] {
	if (amount.eq(ZERO)) return [];
	return [{ accountId: systemAccount(call, 'ROUNDING'), amount, tracking: [] }];
}

export function controlAccount(call: Call, row: { readonly type: string }): string {
	return systemAccount(call, isForCustomers(row) ? 'DEBTORS' : 'CREDITORS');
}

export function foreignAmount(call: Call, currencyCode: string, amount: Big): Part['foreign'] {
	return currencyCode === call.ledger.info.value.baseCurrency
		? undefined
		: { currencyCode, amount };
}

export function systemAccount(call: Call, name: string): string {
	const account = call.ledger.accounts.find((held) => held.systemAccount === name);
	if (!account) throw new Error(`The chart of accounts has no ${name}.`);
	return account.accountId;
}
