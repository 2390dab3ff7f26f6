import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import type { StandOnDay } from '../ageing/onDay';
import { creditsOfDays, type BookedCredit } from '../reading/credits';
import type { Books } from '../reading/books';
import { invoicesOfDays, type BookedInvoice } from '../reading/invoices';
import type { InvoiceDays } from './waits';

/** What was sold with tax, in the base currency: invoices less credit notes, by contact. */
export interface Sale {
	readonly contactId: string;
	readonly base: Decimal;
}

/** What was sold in some days. Throws ServiceFaultError. */
export async function readSales(books: Books, { side, from, to }: InvoiceDays): Promise<Sale[]> {
	const [invoices, creditNotes] = await Promise.all([
		invoicesOfDays(books, { side, from, to }),
		creditsOfDays(books, { kind: 'creditNote', side, from, to }),
	]);
	return salesOf(invoices, creditNotes, { from, to });
}

/** The same, of documents that were read for more days. */
export function salesOf(
	invoices: readonly BookedInvoice[],
	creditNotes: readonly BookedCredit[],
	{ from, to }: Pick<InvoiceDays, 'from' | 'to'>,
): Sale[] {
	const isWithin = ({ date }: BookedInvoice | BookedCredit) => date >= from && date <= to;
	return [
		...invoices.filter(isWithin).map(({ contactId, payable, rate }) => ({
			contactId,
			base: roundHalfUp(payable.div(rate), AMOUNT_PLACES),
		})),
		...creditNotes.filter(isWithin).map(({ contactId, payable, rate }) => ({
			contactId,
			base: roundHalfUp(payable.div(rate), AMOUNT_PLACES).neg(),
		})),
	];
}

/**
 * For how many days' sales the debtors stand: debtors with tax, by sales with tax, times the days of
 * the sales. To one place; undefined where nothing was sold.
 */
export function debtorDays(
	documents: ReadonlyArray<Pick<StandOnDay['documents'][number], 'base'>>,
	sales: readonly Sale[],
	days: number,
): Decimal | undefined {
	const sold = sum(sales.map(({ base }) => base));
	if (!sold.gt(0)) return undefined;
	const debtors = sum(documents.map(({ base }) => base));
	return roundHalfUp(debtors.times(days).div(sold), 1);
}
