import type { CalendarDate } from '../../dates';
import { contentHash } from '../../hash';
import { canonicalDecimal, decimal, parseDecimal, sum } from '../../money';
import type { Decimal } from '../../money';
import { failed, ok, type Result } from '../../result';
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

/** What of an invoice says which record it may write to. */
export type ClaimingInvoice = Pick<
	InvoiceSnapshot,
	'id' | 'number' | 'reference' | 'repeatingInvoiceId' | 'status'
>;

/** Whether a person took it out of the books. */
export function isGone({ status }: Pick<InvoiceSnapshot, 'status'>): boolean {
	return status === 'VOIDED' || status === 'DELETED';
}

const text = z.string().min(1).optional().catch(undefined);
/** An amount that is there is one: taken for nothing, it would make an open invoice a paid one. */
const amount = z.unknown().transform((value, context) => {
	if (value === undefined || value === null) return undefined;
	const read = parseDecimal(value);
	if (!read) context.addIssue({ code: 'custom', message: 'no amount' });
	return read;
});
const wireDate = z.unknown().transform((value) => readWireDate(value));

const paymentRow = z.object({
	PaymentID: text,
	Date: wireDate,
	Amount: amount,
	Reference: text,
	Status: text,
});
const applied = { Date: wireDate, AppliedAmount: amount };
const rowsOf = <Row extends z.ZodTypeAny>(row: Row) =>
	z
		.array(row)
		.nullish()
		.transform((rows): Array<z.output<Row>> => rows ?? []);

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
	Total: amount.transform((total, context) => {
		if (total) return total;
		context.addIssue({ code: 'custom', message: 'no amount' });
		return z.NEVER;
	}),
	AmountPaid: amount,
	AmountCredited: amount,
	AmountDue: amount,
	CISDeduction: amount,
	DueDate: wireDate,
	DueDateString: wireDate,
	FullyPaidOnDate: wireDate,
	Payments: rowsOf(paymentRow),
	CreditNotes: rowsOf(z.object({ CreditNoteID: text, CreditNoteNumber: text, ...applied })),
	Prepayments: rowsOf(z.object({ PrepaymentID: text, ...applied })),
	Overpayments: rowsOf(z.object({ OverpaymentID: text, ...applied })),
	UpdatedDateUTC: z.unknown(),
	UpdatedDateUTCString: z.unknown(),
});

/** What is said of an invoice of which something cannot be read that its settlement rests on. */
export interface UnreadableInvoice {
	readonly id?: string;
	readonly number?: string;
	readonly reference?: string;
	/** Its type, as workflows name it; empty where that cannot be told. */
	readonly kind: string;
	readonly updatedAtMs?: number;
	/** What cannot be read, by Xero's name: "Total". */
	readonly part: string;
}

const namedElement = z.object({
	InvoiceID: text,
	Type: text,
	InvoiceNumber: text,
	Reference: text,
	UpdatedDateUTC: z.unknown(),
});

/** Reads an element of `GET /Invoices`, complete or from a list, whatever the order of its parts. */
export function readInvoiceSnapshot(element: unknown): Result<InvoiceSnapshot, UnreadableInvoice> {
	const parsed = invoiceElement.safeParse(element);
	return parsed.success
		? ok(snapshotOf(parsed.data))
		: failed(unreadable(element, String(parsed.error.issues[0]?.path[0] ?? 'the whole')));
}

function unreadable(element: unknown, part: string): UnreadableInvoice {
	const { success, data } = namedElement.safeParse(element);
	if (!success) return { kind: '', part };
	return {
		id: data.InvoiceID,
		number: data.InvoiceNumber,
		reference: data.Reference,
		kind: documentOf('Invoices', { Type: data.Type })?.type ?? '',
		updatedAtMs: readWireInstant(data.UpdatedDateUTC),
		part,
	};
}

function snapshotOf(invoice: z.output<typeof invoiceElement>): InvoiceSnapshot {
	const nothing = decimal(0);
	const { Total: total } = invoice;
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
		payments: inOrder(invoice.Payments.map(paymentOf)),
		credits: inOrder(
			inWhole(
				[
					...invoice.CreditNotes.map((row) =>
						creditOf('creditNote', row, row.CreditNoteID, row.CreditNoteNumber),
					),
					...invoice.Prepayments.map((row) => creditOf('prepayment', row, row.PrepaymentID)),
					...invoice.Overpayments.map((row) => creditOf('overpayment', row, row.OverpaymentID)),
				],
				credited,
			),
		),
		updatedAtMs:
			readWireInstant(invoice.UpdatedDateUTC) ?? readWireInstant(invoice.UpdatedDateUTCString),
	};
}

function paymentOf(row: z.output<typeof paymentRow>): AppliedPayment | undefined {
	const { PaymentID: id, Date: date, Amount: value, Reference: reference, Status: status } = row;
	// A removed payment stays readable with this status, and no longer counts.
	if (id === undefined || value === undefined || status === 'DELETED') return undefined;
	return { id, date, amount: value, reference };
}

function creditOf(
	kind: AppliedCredit['kind'],
	{ Date: date, AppliedAmount: value }: { Date?: CalendarDate; AppliedAmount?: Decimal },
	id: string | undefined,
	number?: string,
): AppliedCredit | undefined {
	return id === undefined || value === undefined
		? undefined
		: { kind, id, number, date, amount: value };
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
