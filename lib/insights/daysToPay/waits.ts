import { addDays, daysBetween, type CalendarDate } from '../../dates';
import { sum, type Decimal } from '../../money';
import type { StandOnDay } from '../ageing/onDay';
import type { Books } from '../reading/books';
import { invoicesOfDays, type BookedInvoice, type Side } from '../reading/invoices';

/** A part of an invoice that was paid on one day, or is open. The parts of an invoice weigh 1. */
export interface PaidPart {
	readonly invoiceId: string;
	readonly contactId: string;
	readonly contact: string;
	/** From the invoice's date until it was paid, or until now. */
	readonly days: number;
	/** The same from its due day; below zero where that was not reached. */
	readonly daysLate: number;
	readonly weight: number;
	readonly isOpen: boolean;
}

/** Invoices of the days up to one, both included. */
export interface InvoiceDays {
	readonly side: Side;
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** So many days that end with one. */
export function lastDays(side: Side, day: CalendarDate, count: number): InvoiceDays {
	return { side, from: addDays(day, 1 - count), to: day };
}

/**
 * How the invoices of some days were paid by the last of them. Throws ServiceFaultError.
 * @param stand what was open on the last of the days
 */
export async function readPaidParts(
	books: Books,
	days: InvoiceDays,
	stand: Pick<StandOnDay, 'documents'>,
): Promise<PaidPart[]> {
	const { side, from, to } = days;
	return paidPartsOf(await invoicesOfDays(books, { side, from, to }), days, stand);
}

/** The same, of invoices that were read for more days. */
export function paidPartsOf(
	invoices: readonly BookedInvoice[],
	{ from, to }: Pick<InvoiceDays, 'from' | 'to'>,
	{ documents }: Pick<StandOnDay, 'documents'>,
): PaidPart[] {
	const open = new Map(
		documents.filter(({ kind }) => kind === 'invoice').map((one) => [one.id, one.open]),
	);
	return invoices
		.filter(({ date }) => date >= from && date <= to)
		.flatMap((invoice) => partsOf(invoice, open.get(invoice.id), to));
}

/**
 * What credits settled counts for nothing, nor does money that came before the invoice: a deposit
 * says nothing on how an invoice is paid.
 */
function partsOf(
	invoice: BookedInvoice,
	open: Decimal | undefined,
	today: CalendarDate,
): PaidPart[] {
	const { id: invoiceId, contactId, contact, date, dueDate = date } = invoice;
	const parts = [
		...invoice.payments
			.filter((payment) => payment.date >= date && payment.date <= today)
			.map(({ date: day, amount }) => ({ day, amount, isOpen: false })),
		...(open?.gt(0) ? [{ day: today, amount: open, isOpen: true }] : []),
	];
	const whole = sum(parts.map(({ amount }) => amount));
	if (!whole.gt(0)) return [];
	return parts.map(({ day, amount, isOpen }) => ({
		invoiceId,
		contactId,
		contact,
		days: daysBetween(date, day),
		daysLate: daysBetween(dueDate, day),
		weight: amount.div(whole).toNumber(),
		isOpen,
	}));
}
