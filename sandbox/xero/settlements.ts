import type Big from 'big.js';

import { sum, ZERO } from './decimals';
import { isPosted } from './documents';
import type { Ledger } from './ledger';
import type { AllocationRow, CreditRow, InvoiceRow, PaymentRow } from './model';

/** What is owed of a document from the first: its total less what is kept back. */
export function payableOf(row: InvoiceRow | CreditRow): Big {
	return row.totals.total.minus(row.cisDeduction ?? ZERO);
}

/** What takes from the open amount of an invoice or a credit, on its own day. */
export type Settlement = { readonly date: string; readonly amount: Big } & (
	| { readonly payment: PaymentRow }
	| { readonly allocation: AllocationRow }
);

/** The payments and allocations that stand, oldest first; those of one day as they were made. */
export function settlementsOf(ledger: Ledger, row: InvoiceRow | CreditRow): Settlement[] {
	const payments = row.paymentIds.flatMap((id): Settlement[] => {
		const payment = ledger.payments.get(id);
		if (payment?.status !== 'AUTHORISED') return [];
		return [{ date: payment.date, amount: payment.amount, payment }];
	});
	const allocations = row.allocationIds.flatMap((id): Settlement[] => {
		const allocation = ledger.allocations.get(id);
		if (!allocation || allocation.deleted) return [];
		return [{ date: allocation.date, amount: allocation.amount, allocation }];
	});
	return [...payments, ...allocations].sort((a, b) =>
		a.date < b.date ? -1 : Number(a.date > b.date),
	);
}

/** How an invoice or a credit stood at the end of a day, in its own currency. */
export interface StandOnDay {
	readonly total: Big;
	readonly paid: Big;
	readonly credited: Big;
	/** Below zero where money came before the document's own day. */
	readonly open: Big;
}

export function standOn(ledger: Ledger, row: InvoiceRow | CreditRow, day: string): StandOnDay {
	const total = row.date <= day && isPosted(row.status) ? payableOf(row) : ZERO;
	const until = settlementsOf(ledger, row).filter((one) => one.date <= day);
	const paid = sum(until.filter((one) => 'payment' in one).map((one) => one.amount));
	const credited = sum(until.filter((one) => 'allocation' in one).map((one) => one.amount));
	return { total, paid, credited, open: total.minus(paid).minus(credited) };
}
