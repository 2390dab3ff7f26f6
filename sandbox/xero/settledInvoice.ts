import type { DocumentDraft } from './documents';
import type { InvoiceRow, LineRow } from './model';

/** Once money is against a document its texts, accounts and tracking may change, its sums not. */
export function changesAmounts(draft: DocumentDraft['common'], existing: InvoiceRow): boolean {
	if (draft.date !== existing.date) return true;
	if (draft.currencyCode !== existing.currencyCode) return true;
	if (draft.lineAmountTypes !== existing.lineAmountTypes) return true;
	if (draft.contactId !== existing.contactId && existing.amountCredited.gt(0)) return true;
	if (draft.lines.length !== existing.lines.length) return true;
	return draft.lines.some((line, index) => lineAmountsDiffer(line, existing.lines[index]));
}

function lineAmountsDiffer(line: LineRow, before: LineRow | undefined): boolean {
	return (
		!before ||
		line.lineItemId !== before.lineItemId ||
		!line.quantity.eq(before.quantity) ||
		!line.unitAmount.eq(before.unitAmount) ||
		!line.lineAmount.eq(before.lineAmount) ||
		!line.taxAmount.eq(before.taxAmount) ||
		line.taxType !== before.taxType ||
		line.itemCode !== before.itemCode
	);
}

/** DueDate and SentToContact of a part-paid document do not move UpdatedDateUTC. */
export function keepsUpdatedTime(
	existing: InvoiceRow,
	draft: DocumentDraft,
	own: Pick<InvoiceRow, 'dueDate' | 'sentToContact'>,
): boolean {
	const settled = existing.amountPaid.plus(existing.amountCredited).gt(0);
	const touchesOnlyThese =
		own.dueDate !== existing.dueDate || own.sentToContact !== existing.sentToContact;
	return (
		settled &&
		touchesOnlyThese &&
		draft.common.lines === existing.lines &&
		draft.common.reference === existing.reference &&
		draft.common.contactId === existing.contactId
	);
}
