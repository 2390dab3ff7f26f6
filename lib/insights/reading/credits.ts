import { addDays, type CalendarDate } from '../../dates';
import { decimal, sum, type Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { dateTerm } from '../../xero/contactDocuments';
import type { WireElement } from '../../xero/documents/definition';
import { bookList } from './books';
import { paymentElements, type BookedPayment, type Side } from './invoices';
import { bookedLines, lineElements, type BookedLine } from './lines';
import { pagesOf } from './pagesOf';
import { optionalAmount, readStrictly, wireAmount, wireDay, wireId, wireText } from './strictly';

export type CreditKind = 'creditNote' | 'overpayment' | 'prepayment';

/** A part of a credit that settles an invoice, on its own day. */
interface BookedAllocation {
	readonly invoiceId: string;
	readonly date: CalendarDate;
	readonly amount: Decimal;
}

/** A credit note, an overpayment or a prepayment (a deposit) as Xero has it today. */
export interface BookedCredit {
	readonly kind: CreditKind;
	readonly side: Side;
	readonly id: string;
	readonly number?: string;
	readonly reference?: string;
	readonly status: string;
	readonly contactId: string;
	readonly contact: string;
	readonly date: CalendarDate;
	readonly currency: string;
	/** Base = amount / rate. */
	readonly rate: Decimal;
	readonly total: Decimal;
	/** Kept back under the Construction Industry Scheme, where Xero tells it. */
	readonly deduction?: Decimal;
	/** The total less that. */
	readonly payable: Decimal;
	/** Of what is payable. */
	readonly remaining: Decimal;
	readonly allocations: readonly BookedAllocation[];
	/** Refunds. */
	readonly payments: readonly BookedPayment[];
	readonly lines: readonly BookedLine[];
}

interface KindOfCredit {
	readonly resource: string;
	readonly idName: string;
	readonly numberName: string;
	readonly types: Readonly<Record<Side, string>>;
}

const KINDS: Readonly<Record<CreditKind, KindOfCredit>> = {
	creditNote: {
		resource: 'CreditNotes',
		idName: 'CreditNoteID',
		numberName: 'CreditNoteNumber',
		types: { sales: 'ACCRECCREDIT', purchases: 'ACCPAYCREDIT' },
	},
	overpayment: {
		resource: 'Overpayments',
		idName: 'OverpaymentID',
		numberName: 'Reference',
		types: { sales: 'RECEIVE-OVERPAYMENT', purchases: 'SPEND-OVERPAYMENT' },
	},
	prepayment: {
		resource: 'Prepayments',
		idName: 'PrepaymentID',
		// "Returns Invoice number field. Reference field isn't available" (OpenAPI, Prepayment).
		numberName: 'InvoiceNumber',
		types: { sales: 'RECEIVE-PREPAYMENT', purchases: 'SPEND-PREPAYMENT' },
	},
};

const allocationElements = z
	.array(
		z.object({
			Amount: wireAmount,
			Date: wireDay,
			Invoice: z.object({ InvoiceID: wireId }),
			IsDeleted: z.boolean().nullish(),
		}),
	)
	.nullish()
	.transform((rows): BookedAllocation[] =>
		(rows ?? [])
			.filter(({ IsDeleted }) => IsDeleted !== true)
			.map(({ Amount: amount, Date: date, Invoice: { InvoiceID: invoiceId } }) => ({
				invoiceId,
				date,
				amount,
			})),
	);

const creditElement = z.object({
	/** What each kind has under a name of its own. */
	ID: wireId,
	Number: wireText,
	Reference: wireText,
	Status: z.string().min(1),
	Contact: z.object({ ContactID: wireId, Name: wireText }),
	Date: wireDay,
	CurrencyCode: z.string().min(1),
	CurrencyRate: optionalAmount.refine((rate) => rate === undefined || rate.gt(0)),
	Total: wireAmount,
	CISDeduction: optionalAmount,
	RemainingCredit: wireAmount,
	Allocations: allocationElements,
	Payments: paymentElements,
	LineAmountTypes: wireText,
	LineItems: lineElements,
});

function readCredit(kind: CreditKind, side: Side, element: WireElement): BookedCredit {
	const { resource, idName, numberName } = KINDS[kind];
	const named = { ...element, ID: element[idName], Number: element[numberName] };
	const read = readStrictly(creditElement, named, `/${resource}`, named.Number);
	const payable = read.Total.minus(read.CISDeduction ?? 0);
	const moves = [...read.Allocations, ...read.Payments].map(({ amount }) => amount);
	const unused = read.CISDeduction ? payable.minus(sum(moves)) : read.RemainingCredit;
	return {
		kind,
		side,
		id: read.ID,
		number: read.Number,
		reference: read.Reference,
		status: read.Status.toUpperCase(),
		contactId: read.Contact.ContactID,
		contact: read.Contact.Name ?? '',
		date: read.Date,
		currency: read.CurrencyCode,
		rate: read.CurrencyRate ?? decimal(1),
		total: read.Total,
		deduction: read.CISDeduction,
		payable,
		// Whether Xero takes the deduction off what is left as well was not seen: never more than payable.
		remaining: unused.lt(read.RemainingCredit) ? unused : read.RemainingCredit,
		allocations: read.Allocations,
		payments: read.Payments,
		lines: bookedLines(read.LineItems, read.LineAmountTypes),
	};
}

/** Refunds and allocations are entered with a day to come, but hardly further ahead than a quarter. */
const DAYS_AHEAD = 92;

/**
 * Credits that have something left today, and those that may have had at the end of a day: used up,
 * or dated, after it. Xero stamps a credit when it is put against something, in its own clock's UTC,
 * and what it is put against may have a later day: so more is asked for than may be needed.
 */
export const creditsOpenOn = bookList(
	async (
		{ client },
		{
			kind,
			side,
			day,
		}: { readonly kind: CreditKind; readonly side: Side; readonly day: CalendarDate },
	): Promise<readonly BookedCredit[]> => {
		const { resource, types } = KINDS[kind];
		const since = `UpdatedDateUTC>=DateTime(${addDays(day, -DAYS_AHEAD).replaceAll('-', ',')})`;
		const where = `Type=="${types[side]}" AND (Status=="AUTHORISED" OR (Status=="PAID" AND (${since} OR ${dateTerm('>', day)})))`;
		return await pagesOf(client, resource, { where }, (element) => readCredit(kind, side, element));
	},
);

/** Everything posted with a date within the days, both included: AUTHORISED and PAID. */
export const creditsOfDays = bookList(
	async (
		{ client },
		{
			kind,
			side,
			from,
			to,
		}: {
			readonly kind: CreditKind;
			readonly side: Side;
			readonly from?: CalendarDate;
			readonly to: CalendarDate;
		},
	): Promise<readonly BookedCredit[]> => {
		const { resource, types } = KINDS[kind];
		const days = [...(from ? [dateTerm('>=', from)] : []), dateTerm('<=', to)];
		const posted = '(Status=="AUTHORISED" OR Status=="PAID")';
		const where = [`Type=="${types[side]}"`, posted, ...days].join(' AND ');
		return await pagesOf(client, resource, { where }, (element) => readCredit(kind, side, element));
	},
);
