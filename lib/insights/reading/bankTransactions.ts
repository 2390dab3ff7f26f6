import type { CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { dateTerm } from '../../xero/contactDocuments';
import type { WireElement } from '../../xero/documents/definition';
import { bookList } from './books';
import { bookedLines, lineElements, type BookedLine } from './lines';
import { pagesOf } from './pagesOf';
import { optionalAmount, readStrictly, wireDay, wireId, wireText } from './strictly';

/** Money spent or received without an invoice. */
export interface BookedTransaction {
	readonly id: string;
	readonly kind: 'spent' | 'received';
	readonly reference?: string;
	readonly contactId?: string;
	readonly contact: string;
	readonly date: CalendarDate;
	readonly currency: string;
	/** Base = amount / rate. */
	readonly rate: Decimal;
	readonly lines: readonly BookedLine[];
}

const KINDS: Readonly<Record<string, BookedTransaction['kind']>> = {
	SPEND: 'spent',
	RECEIVE: 'received',
};

const transactionElement = z.object({
	BankTransactionID: wireId,
	Type: z.string().min(1),
	Reference: wireText,
	Contact: z.object({ ContactID: wireText, Name: wireText }).nullish(),
	Date: wireDay,
	CurrencyCode: z.string().min(1),
	CurrencyRate: optionalAmount.refine((rate) => rate === undefined || rate.gt(0)),
	LineAmountTypes: wireText,
	LineItems: lineElements,
});

/** Undefined for what only moves money, and for deposits and overpayments, which are credits. */
function readTransaction(element: WireElement): BookedTransaction | undefined {
	const read = readStrictly(transactionElement, element, '/BankTransactions', element.Reference);
	const kind = KINDS[read.Type.toUpperCase()];
	if (kind === undefined) return undefined;
	return {
		id: read.BankTransactionID,
		kind,
		reference: read.Reference,
		contactId: read.Contact?.ContactID?.toLowerCase(),
		contact: read.Contact?.Name ?? '',
		date: read.Date,
		currency: read.CurrencyCode,
		rate: read.CurrencyRate ?? decimal(1),
		lines: bookedLines(read.LineItems, read.LineAmountTypes),
	};
}

/** Spend money and receive money dated within the days, both included. */
export const bankTransactionsOfDays = bookList(
	async (
		{ client },
		{ from, to }: { readonly from?: CalendarDate; readonly to: CalendarDate },
	): Promise<readonly BookedTransaction[]> => {
		const days = [...(from ? [dateTerm('>=', from)] : []), dateTerm('<=', to)];
		const where = ['Status=="AUTHORISED"', ...days].join(' AND ');
		const found = await pagesOf(client, 'BankTransactions', { where }, readTransaction);
		return found.filter((one) => one !== undefined);
	},
);
