import { DOCUMENT_TYPES, documentOfType } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { HistoryRow } from './historyRows';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** The page in Xero of a payment or credit note; of the invoice for credits without a page of their own. */
export function linkOfHistoryRow(
	{ kind, documentId }: HistoryRow,
	invoice: InvoiceSnapshot,
	organisationShortCode: string | undefined,
): string {
	const [definition, id] = pageOf(kind, documentId, invoice);
	return definition?.link(id, organisationShortCode) ?? '';
}

function pageOf(
	kind: HistoryRow['kind'],
	documentId: string,
	invoice: InvoiceSnapshot,
): readonly [DocumentDefinition | undefined, string] {
	const isOfInvoice = ({ type }: DocumentDefinition) => type === invoice.kind;
	const isFor = ({ settles }: DocumentDefinition) =>
		settles?.targets.some(({ among }) => among.some(isOfInvoice)) ?? false;
	switch (kind) {
		case 'payment':
		case 'refund':
			return [DOCUMENT_TYPES.find(isFor), documentId];
		case 'creditNote':
			return [
				DOCUMENT_TYPES.find(({ allocates }) => allocates && isOfInvoice(allocates.against)),
				documentId,
			];
		case 'prepayment':
		case 'overpayment':
			return [documentOfType(invoice.kind), invoice.id];
	}
}
