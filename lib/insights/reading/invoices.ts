import type { CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { dateTerm } from '../../xero/contactDocuments';
import type { WireElement } from '../../xero/documents/definition';
import { chunkByLength, LONGEST_URL } from '../../xero/urls';
import { bookList, type Books } from './books';
import { bookedLines, lineElements, type BookedLine } from './lines';
import { pagesOf } from './pagesOf';
import {
	optionalAmount,
	optionalDay,
	readStrictly,
	wireAmount,
	wireDay,
	wireId,
	wireText,
} from './strictly';

/** Whose documents: customers' or suppliers'. */
export type Side = 'sales' | 'purchases';

/** Money against a document, or out of a credit, on its own day. */
export interface BookedPayment {
	readonly id: string;
	readonly date: CalendarDate;
	readonly amount: Decimal;
}

/** An invoice or a bill as Xero has it today; amounts in its own currency. */
export interface BookedInvoice {
	readonly side: Side;
	readonly id: string;
	readonly number?: string;
	readonly reference?: string;
	readonly status: string;
	readonly contactId: string;
	readonly contact: string;
	readonly date: CalendarDate;
	readonly dueDate?: CalendarDate;
	/** When a person expects the customer to pay, or plans to pay the supplier. */
	readonly expectedOn?: CalendarDate;
	readonly fullyPaidOn?: CalendarDate;
	readonly currency: string;
	/** How much of it the base currency buys: base = amount / rate. */
	readonly rate: Decimal;
	readonly total: Decimal;
	/** Kept back under the Construction Industry Scheme. */
	readonly deduction: Decimal;
	/** The total less what is kept back: what is owed from the first. */
	readonly payable: Decimal;
	readonly paid: Decimal;
	readonly credited: Decimal;
	readonly due: Decimal;
	readonly payments: readonly BookedPayment[];
	/** The sum of what credit notes, overpayments and prepayments have settled. */
	readonly creditsApplied: Decimal;
	readonly repeatingInvoiceId?: string;
	readonly lines: readonly BookedLine[];
}

const SIDES: Readonly<Record<Side, string>> = { sales: 'ACCREC', purchases: 'ACCPAY' };

export const paymentElements: z.ZodType<BookedPayment[], z.ZodTypeDef, unknown> = z
	.array(z.object({ PaymentID: wireId, Date: wireDay, Amount: wireAmount, Status: wireText }))
	.nullish()
	.transform((payments): BookedPayment[] =>
		(payments ?? [])
			// A removed payment stays readable with this status, and no longer counts.
			.filter(({ Status }) => Status !== 'DELETED')
			.map(({ PaymentID: id, Date: date, Amount: amount }) => ({ id, date, amount })),
	);

const applied = z.array(z.object({ AppliedAmount: wireAmount })).nullish();

const invoiceElement = z.object({
	InvoiceID: wireId,
	Type: z.enum(['ACCREC', 'ACCPAY']),
	InvoiceNumber: wireText,
	Reference: wireText,
	Status: z.string().min(1),
	Contact: z.object({ ContactID: wireId, Name: wireText }),
	Date: wireDay,
	DueDate: optionalDay,
	ExpectedPaymentDate: optionalDay,
	PlannedPaymentDate: optionalDay,
	FullyPaidOnDate: optionalDay,
	CurrencyCode: z.string().min(1),
	CurrencyRate: optionalAmount.refine((rate) => rate === undefined || rate.gt(0)),
	Total: wireAmount,
	CISDeduction: optionalAmount,
	AmountPaid: optionalAmount,
	AmountCredited: optionalAmount,
	AmountDue: wireAmount,
	Payments: paymentElements,
	CreditNotes: applied,
	Overpayments: applied,
	Prepayments: applied,
	RepeatingInvoiceID: wireText,
	LineAmountTypes: wireText,
	LineItems: lineElements,
});

/** @internal */
function readInvoice(element: WireElement): BookedInvoice {
	const read = readStrictly(invoiceElement, element, '/Invoices', element.InvoiceNumber);
	const nothing = decimal(0);
	const deduction = read.CISDeduction ?? nothing;
	const credits = [read.CreditNotes, read.Overpayments, read.Prepayments].flatMap(
		(rows) => rows ?? [],
	);
	return {
		side: read.Type === 'ACCREC' ? 'sales' : 'purchases',
		id: read.InvoiceID,
		number: read.InvoiceNumber,
		reference: read.Reference,
		status: read.Status.toUpperCase(),
		contactId: read.Contact.ContactID,
		contact: read.Contact.Name ?? '',
		date: read.Date,
		dueDate: read.DueDate,
		expectedOn: read.ExpectedPaymentDate ?? read.PlannedPaymentDate,
		fullyPaidOn: read.FullyPaidOnDate,
		currency: read.CurrencyCode,
		rate: read.CurrencyRate ?? decimal(1),
		total: read.Total,
		deduction,
		payable: read.Total.minus(deduction),
		paid: read.AmountPaid ?? nothing,
		credited: read.AmountCredited ?? nothing,
		due: read.AmountDue,
		payments: read.Payments,
		creditsApplied: credits.reduce((all, { AppliedAmount }) => all.plus(AppliedAmount), nothing),
		repeatingInvoiceId: read.RepeatingInvoiceID?.toLowerCase(),
		lines: bookedLines(read.LineItems, read.LineAmountTypes),
	};
}

/**
 * Invoices of contacts that are archived too: whoever left still owes what is open, and the ledger has
 * it. Xero's OpenAPI says of this parameter only that it adds what is archived.
 */
async function invoicePages(
	{ client }: Books,
	query: Readonly<Record<string, string>>,
): Promise<readonly BookedInvoice[]> {
	return await pagesOf(client, 'Invoices', { includeArchived: 'true', ...query }, readInvoice);
}

const ofSide = (side: Side): string => `Type=="${SIDES[side]}"`;

/** What is open today, and what is not approved yet: DRAFT, SUBMITTED, AUTHORISED. */
export const openInvoices = bookList(
	async (books, { side }: { readonly side: Side }): Promise<readonly BookedInvoice[]> =>
		await invoicePages(books, { Statuses: 'DRAFT,SUBMITTED,AUTHORISED', where: ofSide(side) }),
);

/**
 * What is settled today, and was not at the end of a day: settled or dated after it. Where a credit
 * settled it, Xero's lists tell the credit's own day instead (stackoverflow.com, 63239055): those are
 * named by the allocations of the credits, see `invoicesByIds`.
 */
export const invoicesSettledAfter = bookList(
	async (
		books,
		{ side, day }: { readonly side: Side; readonly day: CalendarDate },
	): Promise<readonly BookedInvoice[]> => {
		const after = dateTerm('>', day);
		const where = `${ofSide(side)} AND (FullyPaidOn${after} OR ${after})`;
		return await invoicePages(books, { Statuses: 'PAID', where });
	},
);

/** Everything posted with a date within the days, both included: AUTHORISED and PAID. */
export const invoicesOfDays = bookList(
	async (
		books,
		{
			side,
			from,
			to,
		}: { readonly side: Side; readonly from?: CalendarDate; readonly to: CalendarDate },
	): Promise<readonly BookedInvoice[]> => {
		const days = [...(from ? [dateTerm('>=', from)] : []), dateTerm('<=', to)];
		const where = [ofSide(side), ...days].join(' AND ');
		return await invoicePages(books, { Statuses: 'AUTHORISED,PAID', where });
	},
);

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;

/** Invoices that something names. `ids` are joined by commas. */
export const invoicesByIds = bookList(
	async (books, { ids }: { readonly ids: string }): Promise<readonly BookedInvoice[]> => {
		const found: BookedInvoice[] = [];
		const wanted = ids.split(',').filter((id) => id !== '');
		for (const chunk of chunkByLength(wanted, ',', LONGEST_URL - 500, IDS_PER_CALL)) {
			for (const one of await invoicePages(books, { IDs: chunk.join(',') })) found.push(one);
		}
		return found;
	},
);
