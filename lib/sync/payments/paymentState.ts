import { daysBetween } from '../../dates';
import type { CalendarDate } from '../../dates';
import { decimal } from '../../money';
import type { Decimal } from '../../money';
import { isGone } from './invoiceSnapshot';
import type { AppliedCredit, AppliedPayment, InvoiceSnapshot } from './invoiceSnapshot';

/**
 * Where an invoice stands with its payment; exactly one at a time.
 * @internal
 */
export const PAYMENT_STATES = [
	'draft',
	'awaitingApproval',
	'unpaid',
	'overdue',
	'partPaid',
	'partPaidOverdue',
	'paid',
	'overpaid',
	'credited',
	'voided',
	'deleted',
] as const;

export type PaymentStateName = (typeof PAYMENT_STATES)[number];

/** The settlement of one invoice on one day. Amounts are in the invoice's currency. */
export interface PaymentState {
	readonly state: PaymentStateName;
	readonly currency: string;
	readonly total: Decimal;
	readonly paid: Decimal;
	/** Credit notes, prepayments and overpayments applied. */
	readonly credited: Decimal;
	/** Kept back under the Construction Industry Scheme: it is never due. */
	readonly deducted: Decimal;
	/** Nothing is due on a voided or deleted document. */
	readonly due: Decimal;
	readonly dueDate?: CalendarDate;
	/** Of the latest payment that stands. */
	readonly lastPaymentDate?: CalendarDate;
	/** Only while nothing is due any more. */
	readonly fullyPaidDate?: CalendarDate;
	/** Whole days since the due date while something is due, else 0. */
	readonly daysOverdue: number;
	readonly payments: readonly AppliedPayment[];
	readonly credits: readonly AppliedCredit[];
}

/**
 * The payment state that follows from what Xero says of an invoice now. It depends on nothing but
 * the snapshot and the organisation's own day, so repeated, late or shuffled news of the same
 * invoice end in the same state.
 */
export function paymentStateOf(snapshot: InvoiceSnapshot, today: CalendarDate): PaymentState {
	const gone = isGone(snapshot);
	const due = gone ? decimal(0) : snapshot.due;
	const owed = isOpen(snapshot) && due.gt(0);
	const daysLate = owed && snapshot.dueDate ? daysBetween(snapshot.dueDate, today) : 0;
	const daysOverdue = Math.max(0, daysLate);
	const state = stateName(snapshot, due, daysOverdue > 0);
	const settled = state === 'paid' || state === 'credited' || state === 'overpaid';
	return {
		state,
		currency: snapshot.currency,
		total: snapshot.total,
		paid: snapshot.paid,
		credited: snapshot.credited,
		deducted: snapshot.deducted,
		due,
		dueDate: snapshot.dueDate,
		lastPaymentDate: lastPaymentDate(snapshot),
		fullyPaidDate: settled ? snapshot.fullyPaidOn : undefined,
		daysOverdue,
		payments: snapshot.payments,
		credits: snapshot.credits,
	};
}

/** Approved, so that payments can be expected. */
function isOpen(snapshot: InvoiceSnapshot): boolean {
	return snapshot.status === 'AUTHORISED' || snapshot.status === 'PAID';
}

function stateName(snapshot: InvoiceSnapshot, due: Decimal, late: boolean): PaymentStateName {
	if (snapshot.status === 'VOIDED') return 'voided';
	if (snapshot.status === 'DELETED') return 'deleted';
	if (snapshot.status === 'DRAFT') return 'draft';
	if (snapshot.status === 'SUBMITTED') return 'awaitingApproval';
	const settled = snapshot.paid.plus(snapshot.credited);
	if (due.lt(0) || (snapshot.total.gt(0) && settled.gt(snapshot.total))) return 'overpaid';
	if (due.eq(0)) return settledByCreditAlone(snapshot) ? 'credited' : 'paid';
	if (settled.gt(0)) return late ? 'partPaidOverdue' : 'partPaid';
	return late ? 'overdue' : 'unpaid';
}

/**
 * Xero counts prepayments and overpayments as credited although money came in for them, so only
 * credit notes make an invoice "credited" rather than "paid".
 */
function settledByCreditAlone(snapshot: InvoiceSnapshot): boolean {
	const moneyBefore = snapshot.credits.some((credit) => credit.kind !== 'creditNote');
	return snapshot.credited.gt(0) && snapshot.paid.eq(0) && !moneyBefore;
}

function lastPaymentDate(snapshot: InvoiceSnapshot): CalendarDate | undefined {
	const dates = snapshot.payments.flatMap((payment) => payment.date ?? []);
	const last = dates.at(-1);
	if (last !== undefined) return last;
	// Lists read without details carry no payments, but the day of the last one when settled.
	return snapshot.paid.gt(0) && snapshot.due.eq(0) ? snapshot.fullyPaidOn : undefined;
}
