import { decimal, parseDecimal, type Decimal } from '../../money';
import type { WireElement, XeroDocument } from './definition';
import { readId } from './reading';
import { isElement } from './wireSlots';

/** Whether a credit note is put against an invoice or bill. */
export function isAllocated(note: XeroDocument, invoiceId: string): boolean {
	return allocationsTo(note, invoiceId).length > 0;
}

/** How much of a credit note is put against an invoice or bill. */
export function allocatedAmount(note: XeroDocument, invoiceId: string): Decimal {
	return allocationsTo(note, invoiceId).reduce(
		(sum, { Amount }) => sum.plus(parseDecimal(Amount) ?? 0),
		decimal(0),
	);
}

function allocationsTo({ allocations = [] }: XeroDocument, invoiceId: string): WireElement[] {
	return allocations.filter(
		({ Invoice, IsDeleted }) =>
			IsDeleted !== true && isElement(Invoice) && readId(Invoice, 'InvoiceID') === invoiceId,
	);
}
