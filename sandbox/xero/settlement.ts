import type Big from 'big.js';

import type { Call } from './call';
import { sum, ZERO } from './decimals';
import type { CreditKind, CreditRow, InvoiceRow, PaymentRow } from './model';
import type { Ledger } from './ledger';
import { payableOf } from './settlements';

/** What an organisation's books need in order to be added up anew: no request is needed for it. */
export interface Bookkeeping {
	readonly ledger: Ledger;
	now(): number;
}

const WHAT: Readonly<Record<CreditKind, string>> = {
	creditNote: 'creditNote',
	overpayment: 'overpayment',
	prepayment: 'prepayment',
};

/**
 * Adds up an invoice's payments and credits again after one came or went: due, paid, credited, and
 * PAID or AUTHORISED accordingly.
 */
export function settleInvoice(books: Bookkeeping, invoiceId: string, touch = true): void {
	const { ledger } = books;
	const invoice = ledger.invoices.get(invoiceId);
	if (!invoice) return;
	const payments = livePayments(ledger, invoice.paymentIds);
	const allocations = invoice.allocationIds
		.map((id) => ledger.allocations.get(id))
		.filter((allocation) => allocation !== undefined && !allocation.deleted);
	const amountPaid = sum(payments.map((payment) => payment.amount));
	const amountCredited = sum(allocations.map((allocation) => allocation?.amount ?? ZERO));
	const amountDue = payableOf(invoice).minus(amountPaid).minus(amountCredited);
	const settled = amountDue.eq(0);
	const dates = [...payments, ...allocations].map((one) => one?.date ?? '');
	const changed: InvoiceRow = {
		...invoice,
		amountPaid,
		amountCredited,
		amountDue,
		status: settled ? 'PAID' : 'AUTHORISED',
		fullyPaidOn: settled ? dates.reduce((a, b) => (a > b ? a : b), '') : undefined,
		updatedMs: touch ? books.now() : invoice.updatedMs,
	};
	ledger.invoices.put(invoiceId, changed);
}

/** The same for a credit note, an overpayment or a prepayment: what is left of it. */
export function settleCredit(books: Bookkeeping, kind: CreditKind, creditId: string): void {
	const { ledger } = books;
	const table = ledger.credits(kind);
	const credit = table.get(creditId);
	if (!credit) return;
	const remainingCredit = payableOf(credit)
		.minus(creditUsed(ledger, credit))
		.minus(sum(livePayments(ledger, credit.paymentIds).map((payment) => payment.amount)));
	const spent = remainingCredit.eq(0);
	const status = spent ? 'PAID' : credit.status === 'PAID' ? 'AUTHORISED' : credit.status;
	table.put(creditId, { ...credit, remainingCredit, status, updatedMs: books.now() });
	ledger.changed(WHAT[kind], creditId, 'updated');
}

function creditUsed(ledger: Ledger, credit: CreditRow): Big {
	return sum(
		credit.allocationIds.map((id) => {
			const allocation = ledger.allocations.get(id);
			return allocation && !allocation.deleted ? allocation.amount : ZERO;
		}),
	);
}

function livePayments(ledger: Ledger, ids: readonly string[]): PaymentRow[] {
	return ids
		.map((id) => ledger.payments.get(id))
		.filter((payment): payment is PaymentRow => payment?.status === 'AUTHORISED');
}

/** Books of a request. */
export function booksOf(call: Call): Bookkeeping {
	return { ledger: call.ledger, now: () => call.now() };
}
