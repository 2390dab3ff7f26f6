import { decimal, parseDecimal, type Decimal } from '../../money';
import { readId } from '../../xero/documents/reading';
import { isElement } from '../../xero/documents/wireSlots';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { decimalOf, textOf } from '../check/draftValues';

/** Money that is taken off documents in the same run, by their ids. */
export type Freed = Map<string, Decimal>;

/** Adds what a document that is taken back is for: the invoice of a payment, those of a batch. */
export function free(freed: Freed, definition: DocumentDefinition, document: XeroDocument): void {
	const add = (id: string | undefined, amount: Decimal | undefined) => {
		if (id === undefined || !amount) return;
		const key = id.toLowerCase();
		freed.set(key, (freed.get(key) ?? decimal(0)).plus(amount));
	};
	const { settles, settlesEach } = definition;
	for (const { path } of settles?.targets ?? []) {
		add(
			textOf(document.fields[`${path}.id`]),
			decimalOf(document.fields[settles?.amountPath ?? '']),
		);
	}
	for (const { fields } of settlesEach ? (document.lines ?? []) : []) {
		add(textOf(fields[settlesEach?.path ?? '']), decimalOf(fields[settlesEach?.amountPath ?? '']));
	}
	for (const { Invoice, Amount, IsDeleted } of document.allocations ?? []) {
		if (IsDeleted === true || !isElement(Invoice)) continue;
		add(readId(Invoice, 'InvoiceID'), parseDecimal(Amount));
	}
}

/** What is paid or credited of a document. */
function usedOf({ amounts }: XeroDocument): Decimal | undefined {
	const { amountPaid, amountCredited, amountDue, total } = amounts ?? {};
	if (amountPaid || amountCredited) return (amountPaid ?? decimal(0)).plus(amountCredited ?? 0);
	return amountDue && total?.minus(amountDue);
}

/** The document as it is once what is taken off it in the same run is gone. */
export function withoutFreed(
	{ lifecycle: { approved } }: DocumentDefinition,
	document: XeroDocument,
	freed: Freed,
): XeroDocument {
	const taken = freed.get(document.id);
	const { amounts } = document;
	if (!taken || !document.hasPaymentsOrCredits || usedOf(document)?.lte(taken) !== true) {
		return document;
	}
	const [first] = approved;
	return {
		...document,
		hasPaymentsOrCredits: false,
		...(approved.includes(document.status ?? '') ? { status: first } : {}),
		...(amounts
			? {
					amounts: {
						...amounts,
						amountDue: amounts.total,
						...(amounts.amountPaid ? { amountPaid: decimal(0) } : {}),
						...(amounts.amountCredited ? { amountCredited: decimal(0) } : {}),
					},
				}
			: {}),
	};
}
