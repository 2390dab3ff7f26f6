import type { CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { z } from '../../vendor/zod';
import type { WireElement } from '../../xero/documents/definition';
import { bookList } from './books';
import { bookedLines, lineElements, type BookedLine } from './lines';
import { pagesOf } from './pagesOf';
import { optionalAmount, readStrictly, wireDay, wireId, wireText } from './strictly';

/** An order that is approved and not billed in full, as Xero has it today. */
export interface BookedOrder {
	readonly id: string;
	readonly number?: string;
	readonly contactId: string;
	readonly date: CalendarDate;
	readonly currency: string;
	/** Base = amount / rate. */
	readonly rate: Decimal;
	readonly lines: readonly BookedLine[];
}

const orderElement = z.object({
	PurchaseOrderID: wireId,
	PurchaseOrderNumber: wireText,
	Contact: z.object({ ContactID: wireId }),
	Date: wireDay,
	CurrencyCode: z.string().min(1),
	CurrencyRate: optionalAmount.refine((rate) => rate === undefined || rate.gt(0)),
	LineAmountTypes: wireText,
	LineItems: lineElements,
});

function readOrder(element: WireElement): BookedOrder {
	const named = element.PurchaseOrderNumber;
	const read = readStrictly(orderElement, element, '/PurchaseOrders', named);
	return {
		id: read.PurchaseOrderID,
		number: read.PurchaseOrderNumber,
		contactId: read.Contact.ContactID,
		date: read.Date,
		currency: read.CurrencyCode,
		rate: read.CurrencyRate ?? decimal(1),
		lines: bookedLines(read.LineItems, read.LineAmountTypes),
	};
}

/** What is approved and not marked as billed today; Xero takes no other condition here. */
export const openOrders = bookList(
	async ({ client }): Promise<readonly BookedOrder[]> =>
		await pagesOf(client, 'PurchaseOrders', { status: 'AUTHORISED' }, readOrder),
);
