import type { XeroDocument } from './definition';
import { readId } from './reading';
import { isElement } from './wireSlots';

/** Whether a credit note is put against an invoice or bill. */
export function isAllocated({ allocations }: XeroDocument, invoiceId: string): boolean {
	return (allocations ?? []).some(
		({ Invoice, IsDeleted }) =>
			IsDeleted !== true && isElement(Invoice) && readId(Invoice, 'InvoiceID') === invoiceId,
	);
}
