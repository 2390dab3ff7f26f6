import { DOCUMENTS } from '../../xero/documents';
import type { HistoryRow } from './historyRows';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** The page in Xero of a payment or credit note; of the invoice for credits without a page of their own. */
export function linkOfHistoryRow(
	{ kind, documentId }: HistoryRow,
	invoice: InvoiceSnapshot,
	organisationShortCode: string | undefined,
): string {
	const isSale = invoice.kind === 'salesInvoice';
	switch (kind) {
		case 'payment':
		case 'refund':
			return DOCUMENTS.payment.link(documentId, organisationShortCode);
		case 'creditNote':
			return DOCUMENTS[isSale ? 'salesCreditNote' : 'supplierCreditNote'].link(
				documentId,
				organisationShortCode,
			);
		case 'prepayment':
		case 'overpayment':
			return DOCUMENTS[invoice.kind].link(invoice.id, organisationShortCode);
	}
}
