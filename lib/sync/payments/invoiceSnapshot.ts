import type { CalendarDate } from '../../dates';
import { contentHash } from '../../hash';
import { canonicalDecimal, decimal, parseDecimal, sum } from '../../money';
import type { Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { documentOf } from '../../xero/documents';
import { readWireDate, readWireInstant } from '../../xero/wireDates';

/** One payment applied to an invoice. */
export interface AppliedPayment {
	readonly id: string;
	readonly date?: CalendarDate;
	/** In the invoice's currency. */
	readonly amount: Decimal;
	readonly reference?: string;
}

/** A credit note, prepayment or overpayment of which a part is applied to an invoice. */
export interface AppliedCredit {
	readonly kind: 'creditNote' | 'prepayment' | 'overpayment';
	readonly id: string;
	readonly number?: string;
	readonly date?: CalendarDate;
	/** The part that is applied to this invoice, in its currency. */
	readonly amount: Decimal;
}

/** What Xero said of one invoice or bill at one moment, as far as its settlement goes. */
export interface InvoiceSnapshot {
	readonly id: string;
	/** Its type, as workflows name it. */
	readonly kind: string;
	readonly number?: string;
	readonly reference?: string;
	/** The repeating invoice that it was made from. */
	readonly repeatingInvoiceId?: string;
	readonly date?: CalendarDate;
	readonly contactId?: string;
	readonly contactName?: string;
	/** DRAFT, SUBMITTED, AUTHORISED, PAID, VOIDED or DELETED. */
	readonly status: string;
	readonly currency: string;
	readonly total: Decimal;
	readonly paid: Decimal;
	readonly credited: Decimal;
	/** Kept back under the Construction Industry Scheme. */
	readonly deducted: Decimal;
	/** Net of what was kept back. */
	readonly due: Decimal;
	readonly dueDate?: CalendarDate;
	readonly fullyPaidOn?: CalendarDate;
	/** By date, then id; deleted ones are left out, and each counts once. */
	readonly payments: readonly AppliedPayment[];
	readonly credits: readonly AppliedCredit[];
	/** Epoch milliseconds of `UpdatedDateUTC`. */
	readonly updatedAtMs?: number;
}

/** Whether a person took it out of the books. */
export function isGone({ status }: Pick<InvoiceSnapshot, 'status'>): boolean {
	return status === 'VOIDED' || status === 'DELETED';
}

const text = z.string().min(1).optional().catch(undefined);
const amount = z
	.unknown()
	.transform((value) => parseDecimal(value))
	.optional();
const wireDate = z.unknown().transform((value) => readWireDate(value));
const applications = z.array(z.record(z.unknown())).catch([]);

const invoiceElement = z.object({
	InvoiceID: z.string().min(1),
	Type: text,
	InvoiceNumber: text,
	Reference: text,
	RepeatingInvoiceID: text,
	Date: wireDate,
	DateString: wireDate,
	Contact: z.object({ ContactID: text, Name: text }).partial().catch({}),
	Status: z.string().min(1),
	CurrencyCode: text,
	Total: amount,
	AmountPaid: amount,
	AmountCredited: amount,
	AmountDue: amount,
	CISDeduction: amount,
	DueDate: wireDate,
	DueDateString: wireDate,
	FullyPaidOnDate: wireDate,
	Payments: applications,
	CreditNotes: applications,
	Prepayments: applications,
	Overpayments: applications,
	UpdatedDateUTC: z.unknown(),
	UpdatedDateUTCString: z.unknown(),
});

/**
 * Reads an element of `GET /Invoices`, complete or from a list, and whatever the order of its
 * parts. Undefined when it is not an invoice (no id or no status).
 */
export function readInvoiceSnapshot(element: unknown): InvoiceSnapshot | undefined {
	const parsed = invoiceElement.safeParse(element);
	if (!parsed.success) return undefined;
	const invoice = parsed.data;
	const nothing = decimal(0);
	const total = invoice.Total ?? nothing;
	const paid = invoice.AmountPaid ?? nothing;
	const credited = invoice.AmountCredited ?? nothing;
	const deducted = invoice.CISDeduction ?? nothing;
	const outstanding = total.minus(paid).minus(credited).minus(deducted);
	return {
		id: invoice.InvoiceID,
		kind: documentOf('Invoices', { Type: invoice.Type })?.type ?? '',
		number: invoice.InvoiceNumber,
		reference: invoice.Reference,
		repeatingInvoiceId: invoice.RepeatingInvoiceID?.toLowerCase(),
		date: invoice.DateString ?? invoice.Date,
		contactId: invoice.Contact.ContactID,
		contactName: invoice.Contact.Name,
		status: invoice.Status.toUpperCase(),
		currency: invoice.CurrencyCode ?? '',
		total,
		paid,
		credited,
		deducted,
		due: invoice.AmountDue ?? outstanding,
		dueDate: invoice.DueDateString ?? invoice.DueDate,
		fullyPaidOn: invoice.FullyPaidOnDate,
		payments: inOrder(invoice.Payments.map(readPayment)),
		credits: inOrder(
			inWhole(
				[
					...invoice.CreditNotes.map((row) => readCredit('creditNote', 'CreditNote', row)),
					...invoice.Prepayments.map((row) => readCredit('prepayment', 'Prepayment', row)),
					...invoice.Overpayments.map((row) => readCredit('overpayment', 'Overpayment', row)),
				],
				credited,
			),
		),
		updatedAtMs:
			readWireInstant(invoice.UpdatedDateUTC) ?? readWireInstant(invoice.UpdatedDateUTCString),
	};
}

function readPayment(row: Record<string, unknown>): AppliedPayment | undefined {
	const id = textOf(row.PaymentID);
	const value = parseDecimal(row.Amount);
	// A removed payment stays readable with this status, and no longer counts.
	if (id === undefined || value === undefined || row.Status === 'DELETED') return undefined;
	return { id, date: readWireDate(row.Date), amount: value, reference: textOf(row.Reference) };
}

function readCredit(
	kind: AppliedCredit['kind'],
	name: string,
	row: Record<string, unknown>,
): AppliedCredit | undefined {
	const id = textOf(row[`${name}ID`]);
	const value = parseDecimal(row.AppliedAmount);
	if (id === undefined || value === undefined) return undefined;
	return {
		kind,
		id,
		number: textOf(row[`${name}Number`]),
		date: readWireDate(row.Date),
		amount: value,
	};
}

/**
 * A credit that was applied to the invoice twice comes as two rows, of which its part is the sum. A
 * row that is only repeated is not: then the rows are more than what Xero says is credited.
 */
function inWhole(
	rows: ReadonlyArray<AppliedCredit | undefined>,
	credited: Decimal,
): ReadonlyArray<AppliedCredit | undefined> {
	const all = rows.flatMap((row) => row ?? []);
	if (!sum(all.map((row) => row.amount)).eq(credited)) return rows;
	return all.map((row) => ({
		...row,
		amount: sum(all.filter(({ id }) => id === row.id).map((other) => other.amount)),
	}));
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Each once, by date and then id, so that the order of arrival leaves no trace. */
function inOrder<Row extends { readonly id: string; readonly date?: string }>(
	rows: ReadonlyArray<Row | undefined>,
): Row[] {
	const byId = new Map<string, Row>();
	for (const row of rows) if (row) byId.set(row.id, row);
	return [...byId.values()].sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function sortKey(row: { readonly id: string; readonly date?: string }): string {
	return `${row.date ?? ''} ${row.id}`;
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** What a payment status depends on, as text: equal text, equal status on the same day. */
export function settlementHash(snapshot: InvoiceSnapshot): string {
	return contentHash({
		status: snapshot.status,
		total: canonicalDecimal(snapshot.total),
		paid: canonicalDecimal(snapshot.paid),
		credited: canonicalDecimal(snapshot.credited),
		due: canonicalDecimal(snapshot.due),
		dueDate: snapshot.dueDate,
		fullyPaidOn: snapshot.fullyPaidOn,
		payments: snapshot.payments.map((payment) => [
			payment.id,
			payment.date,
			canonicalDecimal(payment.amount),
		]),
		credits: snapshot.credits.map((credit) => [credit.id, canonicalDecimal(credit.amount)]),
		number: snapshot.number,
		reference: snapshot.reference,
	});
}

/**
 * The one that Xero said last, whatever the order in which they came in. Two that claim the same
 * instant differ only when a list was read while Xero changed it; then the one that is settled
 * further wins, and after that the greater hash, so that the choice never depends on the order.
 * @internal
 */
export function newestSnapshot(
	first: InvoiceSnapshot,
	...others: readonly InvoiceSnapshot[]
): InvoiceSnapshot {
	return others.reduce((best, next) => (isNewer(next, best) ? next : best), first);
}

function isNewer(next: InvoiceSnapshot, best: InvoiceSnapshot): boolean {
	const byTime = (next.updatedAtMs ?? 0) - (best.updatedAtMs ?? 0);
	if (byTime !== 0) return byTime > 0;
	const bySettled = next.paid.plus(next.credited).cmp(best.paid.plus(best.credited));
	if (bySettled !== 0) return bySettled > 0;
	return settlementHash(next) > settlementHash(best);
}

/** One snapshot for each invoice, the newest, in order of first appearance. */
export function newestOfEach(snapshots: Iterable<InvoiceSnapshot>): InvoiceSnapshot[] {
	const byId = new Map<string, InvoiceSnapshot>();
	for (const snapshot of snapshots) {
		const known = byId.get(snapshot.id);
		byId.set(snapshot.id, known ? newestSnapshot(known, snapshot) : snapshot);
	}
	return [...byId.values()];
}
