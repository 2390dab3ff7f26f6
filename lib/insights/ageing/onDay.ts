import { daysBetween, type CalendarDate } from '../../dates';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import { creditsOpenOn, type BookedCredit, type CreditKind } from '../reading/credits';
import type { Books } from '../reading/books';
import {
	invoicesByIds,
	invoicesSettledAfter,
	openInvoices,
	type BookedInvoice,
	type Side,
} from '../reading/invoices';

/** A document as it stood at the end of a day. Amounts are below zero for what takes from the debt. */
export interface StandingDocument {
	readonly kind: 'invoice' | CreditKind;
	readonly id: string;
	readonly number?: string;
	readonly reference?: string;
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	readonly date: CalendarDate;
	readonly dueDate: CalendarDate;
	readonly expectedOn?: CalendarDate;
	/** Days since the due day; 0 or less while it is not late. */
	readonly daysLate: number;
	/** What it came to, net of what is kept back under the Construction Industry Scheme. */
	readonly payable: Decimal;
	readonly open: Decimal;
	/** `open` in the base currency, at the document's own rate. */
	readonly base: Decimal;
}

/** What customers owed, or suppliers were owed, at the end of a day, and what lies beside it. */
export interface StandOnDay {
	readonly baseCurrency: string;
	/** In the account of debtors or creditors: invoices, credit notes and overpayments. */
	readonly documents: readonly StandingDocument[];
	/** Deposits: on the accounts of their lines until they are put against an invoice. */
	readonly deposits: readonly StandingDocument[];
	/** Not approved today: in no account. */
	readonly drafts: readonly BookedInvoice[];
	/** What was read, as it is today. */
	readonly invoices: readonly BookedInvoice[];
	readonly credits: readonly BookedCredit[];
}

/**
 * What was open at the end of a day, worked out from today's amounts by taking back what was paid and
 * allocated after it. Throws ServiceFaultError.
 */
export async function standOnDay(books: Books, side: Side, day: CalendarDate): Promise<StandOnDay> {
	return standIn(await readStanding(books, side, day), day);
}

/** What stood open on a day, or on any after it, as Xero has it today. */
export interface ReadStanding {
	readonly baseCurrency: string;
	readonly invoices: readonly BookedInvoice[];
	readonly credits: readonly BookedCredit[];
}

/** All that `standIn` needs for a day and those after it. Throws ServiceFaultError. */
export async function readStanding(
	books: Books,
	side: Side,
	day: CalendarDate,
): Promise<ReadStanding> {
	const [open, settled, creditNotes, overpayments, prepayments] = await Promise.all([
		openInvoices(books, { side }),
		invoicesSettledAfter(books, { side, day }),
		creditsOpenOn(books, { kind: 'creditNote', side, day }),
		creditsOpenOn(books, { kind: 'overpayment', side, day }),
		creditsOpenOn(books, { kind: 'prepayment', side, day }),
	]);
	const credits = [...creditNotes, ...overpayments, ...prepayments];
	const known = onceEach([...open, ...settled]);
	const invoices = onceEach([...known, ...(await readNamed(books, side, day, { known, credits }))]);
	return { baseCurrency: books.organisation.baseCurrency, invoices, credits };
}

/** What was open at the end of a day, of what was read for it or for an earlier one. */
export function standIn(
	{ baseCurrency, invoices, credits }: ReadStanding,
	day: CalendarDate,
): StandOnDay {
	const posted = invoices.filter(isPosted);
	const allocatedAfter = allocationsAfter(credits, day);
	const standing = [
		...posted.map((invoice) => invoiceOn(invoice, day, allocatedAfter.get(invoice.id))),
		...credits.filter(isPosted).map((credit) => creditOn(credit, day)),
	].filter(({ open: left, base }) => !left.eq(0) || !base.eq(0));
	return {
		baseCurrency,
		documents: standing.filter(({ kind }) => kind !== 'prepayment'),
		deposits: standing.filter(({ kind }) => kind === 'prepayment'),
		drafts: invoices.filter(
			({ status, date }) => (status === 'DRAFT' || status === 'SUBMITTED') && date <= day,
		),
		invoices: posted,
		credits: credits.filter(isPosted),
	};
}

function isPosted({ status }: { readonly status: string }): boolean {
	return status === 'AUTHORISED' || status === 'PAID';
}

function onceEach(invoices: readonly BookedInvoice[]): BookedInvoice[] {
	return [...new Map(invoices.map((invoice) => [invoice.id, invoice])).values()];
}

/** Invoices that a credit was put against after the day, where their own dates did not tell so. */
async function readNamed(
	books: Books,
	side: Side,
	day: CalendarDate,
	{
		known,
		credits,
	}: { readonly known: readonly BookedInvoice[]; readonly credits: readonly BookedCredit[] },
): Promise<readonly BookedInvoice[]> {
	const read = new Set(known.map(({ id }) => id));
	const named = [...allocationsAfter(credits, day).keys()].filter((id) => !read.has(id)).sort();
	if (named.length === 0) return [];
	const found = await invoicesByIds(books, { ids: named.join(',') });
	return found.filter((invoice) => invoice.side === side);
}

function allocationsAfter(
	credits: readonly BookedCredit[],
	day: CalendarDate,
): ReadonlyMap<string, Decimal> {
	const sums = new Map<string, Decimal>();
	for (const { allocations } of credits) {
		for (const { invoiceId, date, amount } of allocations) {
			if (date > day) sums.set(invoiceId, (sums.get(invoiceId) ?? decimal(0)).plus(amount));
		}
	}
	return sums;
}

function invoiceOn(
	invoice: BookedInvoice,
	day: CalendarDate,
	allocatedAfter = decimal(0),
): StandingDocument {
	const left = invoice.due.plus(movedAfter(invoice.payments, day)).plus(allocatedAfter);
	const dueDate = invoice.dueDate ?? invoice.date;
	return {
		...namesOf(invoice),
		kind: 'invoice',
		dueDate,
		expectedOn: invoice.expectedOn,
		daysLate: daysBetween(dueDate, day),
		payable: invoice.payable,
		...standing(left, invoice.payable, invoice, day),
	};
}

function creditOn(credit: BookedCredit, day: CalendarDate): StandingDocument {
	const left = credit.remaining
		.plus(movedAfter(credit.payments, day))
		.plus(movedAfter(credit.allocations, day));
	const { open, base } = standing(left, credit.payable, credit, day);
	return {
		...namesOf(credit),
		kind: credit.kind,
		dueDate: credit.date,
		daysLate: 0,
		payable: credit.payable.neg(),
		open: open.neg(),
		base: base.neg(),
	};
}

function namesOf(
	document: BookedInvoice | BookedCredit,
): Pick<
	StandingDocument,
	'id' | 'number' | 'reference' | 'contactId' | 'contact' | 'currency' | 'date'
> {
	const { id, number, reference, contactId, contact, currency, date } = document;
	return { id, number, reference, contactId, contact, currency, date };
}

function movedAfter(
	moves: ReadonlyArray<{ readonly date: CalendarDate; readonly amount: Decimal }>,
	day: CalendarDate,
): Decimal {
	return sum(moves.filter(({ date }) => date > day).map(({ amount }) => amount));
}

/**
 * What is left of the whole, also in the base currency: the ledger rounds what is open once. Before
 * its own day a document is worth nothing, so that what was paid by then is a debt the other way.
 */
function standing(
	left: Decimal,
	whole: Decimal,
	{ date, rate }: { readonly date: CalendarDate; readonly rate: Decimal },
	day: CalendarDate,
): Pick<StandingDocument, 'open' | 'base'> {
	const inBase = (amount: Decimal) => roundHalfUp(amount.div(rate), AMOUNT_PLACES);
	if (date <= day) return { open: left, base: inBase(left) };
	return { open: left.minus(whole), base: inBase(left).minus(inBase(whole)) };
}
