import { addDays, type CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { standOnDay, type StandingDocument } from '../ageing/onDay';
import type { Books } from '../reading/books';
import { creditsOfDays, type BookedCredit } from '../reading/credits';
import { invoicesOfDays, type BookedInvoice } from '../reading/invoices';

/** What happened with a customer on a day; above zero where it adds to the debt. */
interface Entry {
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	readonly date: CalendarDate;
	readonly what: string;
	readonly number?: string;
	readonly amount: Decimal;
}

export interface Activity {
	/** As they stood before the first day. */
	readonly opening: readonly StandingDocument[];
	readonly entries: readonly Entry[];
}

/**
 * All that changed what customers owe within the days, both included. A credit that is put against an
 * invoice changes nothing; a deposit does, since it is no debt before. Throws ServiceFaultError.
 */
export async function activityOf(
	books: Books,
	{ from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<Activity> {
	const sales = { side: 'sales' } as const;
	const days = { ...sales, from, to };
	const [before, dated, notes, overpayments, prepayments] = await Promise.all([
		standOnDay(books, 'sales', addDays(from, -1)),
		invoicesOfDays(books, days),
		creditsOfDays(books, { kind: 'creditNote', ...days }),
		creditsOfDays(books, { kind: 'overpayment', ...days }),
		creditsOfDays(books, { kind: 'prepayment', ...days }),
	]);
	const invoices = onceEach([...before.invoices, ...dated]);
	const credits = onceEach([...before.credits, ...notes, ...overpayments, ...prepayments]);
	const entries = [...invoices.flatMap(entriesOfInvoice), ...credits.flatMap(entriesOfCredit)];
	return {
		opening: before.documents,
		entries: entries
			.filter(({ date, amount }) => date >= from && date <= to && !amount.eq(0))
			.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
	};
}

function onceEach<Document extends { readonly id: string }>(
	documents: readonly Document[],
): Document[] {
	return [...new Map(documents.map((document) => [document.id, document])).values()];
}

function entriesOfInvoice(invoice: BookedInvoice): Entry[] {
	const { contactId, contact, currency, number, date, payable, payments } = invoice;
	const of = { contactId, contact, currency, number };
	return [
		{ ...of, date, what: 'Invoice', amount: payable },
		...payments.map((one) => ({
			...of,
			date: one.date,
			what: 'Payment',
			amount: one.amount.neg(),
		})),
	];
}

function entriesOfCredit(credit: BookedCredit): Entry[] {
	const { kind, contactId, contact, currency, number, date, payable, payments, allocations } =
		credit;
	const of = { contactId, contact, currency, number };
	if (kind === 'prepayment') {
		return allocations.map((one) => ({
			...of,
			date: one.date,
			what: 'Deposit Applied',
			amount: one.amount.neg(),
		}));
	}
	return [
		{
			...of,
			date,
			what: kind === 'creditNote' ? 'Credit Note' : 'Overpayment',
			amount: payable.neg(),
		},
		...payments.map((one) => ({ ...of, date: one.date, what: 'Refund', amount: one.amount })),
	];
}
